"""`serve` and `check` name what is unsafe, one fact at a time. Each rule is seen to pass and to fail."""

import pytest

from klapkarre.commands import facts, keyfacts

SAFE = {
    "DEMO": False,
    "DEBUG": False,
    "SECRET_KEY": "abcdefghijklmnopqrstuvwxyz" * 2,
    "SECRET_KEY_IS_UNSAFE": False,
    "ALLOWED_HOSTS": ["buurt.voorbeeld.be"],
    "HTTPS": True,
    "TRUSTED_PROXIES": 1,
}


@pytest.fixture
def safe(settings, monkeypatch, tmp_path):
    """An installation without a fault."""
    for name, value in SAFE.items():
        setattr(settings, name, value)
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir(mode=0o700)
    settings.KEY_FILE = tmp_path / "klapkarre.keys"
    settings.KEY_FILE.write_text("{}")
    settings.KEY_FILE.chmod(0o600)
    monkeypatch.setenv("KLAPKARRE_DATA", str(settings.DATA))
    monkeypatch.setenv("KLAPKARRE_HOSTS", "buurt.voorbeeld.be")
    return settings


def dutch(problems):
    return [problem[0] for problem in problems]


def test_a_safe_installation_has_nothing_to_do(safe):
    assert [*facts.unsafe_settings(), *facts.unsafe_files()] == []


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DEMO", True, "KLAPKARRE_DEMO"),
        ("DEBUG", True, "KLAPKARRE_DEBUG"),
        ("SECRET_KEY_IS_UNSAFE", True, "KLAPKARRE_SECRET_KEY"),
        ("SECRET_KEY", "kort", "KLAPKARRE_SECRET_KEY"),
        ("SECRET_KEY", "k" * 60, "KLAPKARRE_SECRET_KEY"),
        ("SECRET_KEY", "abcdefghijklmnopqrs" * 4, "KLAPKARRE_SECRET_KEY"),
        ("ALLOWED_HOSTS", ["*"], "KLAPKARRE_HOSTS"),
        ("ALLOWED_HOSTS", ["buurt.voorbeeld.be", ".be"], "KLAPKARRE_HOSTS"),
        ("ALLOWED_HOSTS", ["."], "KLAPKARRE_HOSTS"),
        ("HTTPS", False, "KLAPKARRE_HTTPS"),
        ("TRUSTED_PROXIES", 0, "KLAPKARRE_TRUSTED_PROXIES"),
    ],
)
def test_an_unsafe_setting_is_named(safe, name, value, said):
    setattr(safe, name, value)
    found = dutch(facts.unsafe_settings())
    assert len(found) == 1
    assert said in found[0]


def test_more_processes_without_a_shared_cache_are_named(safe):
    safe.CACHES = {"limits": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    [said] = dutch(facts.loose_counts(3))
    assert "3 serverprocessen" in said
    assert dutch(facts.loose_counts(1)) == []
    safe.CACHES = {"limits": {"BACKEND": "django.core.cache.backends.redis.RedisCache"}}
    assert dutch(facts.loose_counts(3)) == []


def test_hosts_must_be_chosen(safe, monkeypatch):
    monkeypatch.delenv("KLAPKARRE_HOSTS")
    assert "KLAPKARRE_HOSTS" in dutch(facts.unsafe_settings())[0]


def test_demo_data_are_never_served(safe):
    (safe.DATA / "demo.json").write_text('{"complete": true}')
    assert "demo" in dutch(facts.unsafe_settings())[0]


def test_a_key_file_that_others_can_read(safe):
    safe.KEY_FILE.chmod(0o640)
    assert dutch(facts.unsafe_files()) == [
        f"Anderen kunnen het sleutelbestand lezen. Doe: chmod 600 {safe.KEY_FILE}"
    ]


def test_a_key_file_that_lies_with_the_data(safe):
    safe.KEY_FILE = safe.KEY_FILE.rename(safe.DATA / "klapkarre.keys")
    found = dutch(facts.unsafe_files())
    assert len(found) == 1
    assert "staat in de datamap" in found[0]


def test_a_key_file_that_is_gone(safe):
    safe.KEY_FILE.unlink()
    assert "is er niet" in dutch(facts.unsafe_files())[0]


def test_a_data_folder_that_everyone_can_enter(safe):
    safe.DATA.chmod(0o755)
    assert dutch(facts.unsafe_files())[0].endswith(f"chmod 700 {safe.DATA}")


def test_a_full_disk(safe, monkeypatch):
    assert list(facts.disk_problems()) == []
    monkeypatch.setattr(facts, "ROOM_ON_DISK", 10**18)
    assert "bijna vol" in dutch(facts.disk_problems())[0]


@pytest.mark.django_db
def test_a_database_of_this_version_is_well(safe):
    assert list(facts.database_problems()) == []


@pytest.mark.django_db
def test_a_damaged_database_is_named(safe, tmp_path):
    from django.db import connections

    assert list(facts.damage()) == []
    if connections["default"].vendor != "sqlite":
        return
    file = tmp_path / "damaged.sqlite3"
    file.write_bytes(b"SQLite format 3\0" + b"\xff" * 4084)
    other = connections["default"].copy()
    other.settings_dict["NAME"] = str(file)
    own, connections["default"] = connections["default"], other
    try:
        assert "beschadigd" in dutch(facts.damage())[0]
    finally:
        connections["default"] = own
        other.close()


@pytest.mark.django_db
def test_a_missing_migration_is_named(safe):
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.filter(app="places").last().delete()
    assert "./kar manage migrate" in dutch(facts.database_problems())[0]


@pytest.mark.django_db
def test_a_key_file_of_another_installation(organisation, settings):
    from klapkarre.foundation.accounts.keyring import KeyFile, forget_opened_keys

    assert list(keyfacts.organisation_problems()) == []
    settings.KEY_FILE.unlink()
    KeyFile(settings.KEY_FILE).key_or_new(organisation.pk)
    forget_opened_keys()
    found = dutch(keyfacts.organisation_problems())
    assert len(found) == 1
    assert organisation.name in found[0]
