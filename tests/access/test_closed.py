"""Every route, with every method, is closed to who is not signed in, unless it stands in the one PUBLIC set."""

import re
import uuid

import pytest
from django.conf import settings
from django.urls import URLPattern, converters, get_resolver

pytestmark = pytest.mark.access

METHODS = ("get", "head", "post")
REFUSED = ("put", "patch", "delete", "options", "trace")
SAMPLES = {
    converters.IntConverter: 1,
    converters.StringConverter: "voorbeeld",
    converters.SlugConverter: "voorbeeld",
    converters.PathConverter: "een/voorbeeld",
    converters.UUIDConverter: uuid.UUID(int=7),
}


def sample_path(pattern):
    """A part of a path, with a sample for each argument. A new kind of argument needs a sample above."""

    def sample(match):
        converter = pattern.converters[match["name"]]
        kind = next((kind for kind in SAMPLES if isinstance(converter, kind)), None)
        assert kind, f"give {type(converter).__name__} a sample, so that {pattern} can be tried"
        return converter.to_url(SAMPLES[kind])

    return re.sub(r"<(?:\w+:)?(?P<name>\w+)>", sample, str(pattern))


def routes(resolver=None, path="/", spaces=()):
    """(view name, path) of every route."""
    for found in (resolver or get_resolver()).url_patterns:
        here = path + sample_path(found.pattern)
        if isinstance(found, URLPattern):
            yield ":".join([*spaces, found.name or ""]), here
        else:
            yield from routes(found, here, (*spaces, *([found.namespace] if found.namespace else [])))


def closed(answer):
    """Refused, or sent to the login page."""
    return answer.status_code in (401, 403) or (
        answer.status_code == 302 and answer.headers["Location"].startswith("/login/?next=")
    )


def open_routes(client, public):
    """Routes that answer someone who is not signed in, and are not public."""
    return [
        f"{method.upper()} {path} ({name})"
        for name, path in routes()
        if name not in public
        for method in METHODS
        if not closed(getattr(client, method)(path))
    ]


def test_every_route_is_public_or_closed(client, db):
    assert len(list(routes())) > 20
    assert open_routes(client, settings.PUBLIC) == []


def test_every_public_name_is_a_route():
    assert set(settings.PUBLIC) - {name for name, _ in routes()} == set()


@pytest.mark.slow
def test_public_routes_never_break(client, db):
    for name, path in routes():
        if name in settings.PUBLIC:
            for method in METHODS:
                answer = getattr(client, method)(path)
                assert answer.status_code < 500, f"{method.upper()} {path}"
                assert not closed(answer) or name == "accounts:logout", f"{method.upper()} {path}"


@pytest.mark.slow
def test_every_route_refuses_other_methods(client, worker):
    client.force_login(worker)
    for _, path in routes():
        for method in REFUSED:
            answer = getattr(client, method)(path)
            found = (
                answer.status_code,
                answer.headers["Allow"],
                answer.headers.get("Cross-Origin-Resource-Policy"),
            )
            assert found == (405, "GET, HEAD, POST", "same-origin"), f"{method.upper()} {path}"


@pytest.mark.slow
def test_a_door_left_open_is_found(client, db, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "closed_unless_public" not in name]
    client.raise_request_exception = False
    found = open_routes(client, settings.PUBLIC)
    assert any("/werk/" in route for route in found)


def test_a_new_kind_of_argument_is_found():
    class NewConverter:
        regex = "x"

    pattern = type("Pattern", (), {"converters": {"day": NewConverter()}, "__str__": lambda self: "<day>/"})()
    with pytest.raises(AssertionError, match="give NewConverter a sample"):
        sample_path(pattern)
