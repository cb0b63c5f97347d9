"""Every setting of Klapkarre, from the environment only; `.env.example` documents each variable."""

import sqlite3
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from klapkarre.config.oidc import oidc_apps
from klapkarre.config.public import PUBLIC  # noqa: F401  (read by the access middleware)
from klapkarre.config.tiles import tile_host
from klapkarre.config.typed import TypedEnv
from klapkarre.foundation.kit.headers import CLOSED

env = TypedEnv()

DEMO = env.bool("KLAPKARRE_DEMO", False)
DEBUG = env.bool("KLAPKARRE_DEBUG", False)
TESTING = "pytest" in sys.modules

# Where things lie. The key file stands outside the data folder, so that a copy of the data opens nothing.
DATA = Path(env.str("KLAPKARRE_DATA", "./data")).resolve()
KEY_FILE = Path(env.str("KLAPKARRE_KEY_FILE", "") or DATA.parent / "klapkarre.keys").resolve()
# What was erased, as row ids: beside the key file and in no backup, so that a restore erases it again.
LEDGER = env.str("KLAPKARRE_LEDGER", "")  # empty: the key file's name with .erased behind it
PORT = env.int("KLAPKARRE_PORT", 8000)

SECRET_KEY = env.str("KLAPKARRE_SECRET_KEY", "")
if not SECRET_KEY:
    # The demo and a first look must start without a step by hand; `./kar serve` refuses to run like this.
    SECRET_KEY = "insecure-" + "not-for-production-" * 3
# Keys of before, which still open what they signed: slips on paper, sessions, the log of readings.
SECRET_KEY_FALLBACKS = env.list("KLAPKARRE_OLD_SECRET_KEYS", [])
SECRET_KEY_IS_UNSAFE = SECRET_KEY.startswith("insecure-")
ALLOWED_HOSTS = env.list("KLAPKARRE_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
HTTPS = env.bool("KLAPKARRE_HTTPS", not (DEMO or DEBUG or TESTING))
# How many proxies in front may be believed when they say from which address a request comes.
TRUSTED_PROXIES = env.int("KLAPKARRE_TRUSTED_PROXIES", 0)
if TRUSTED_PROXIES < 0:
    raise ImproperlyConfigured("KLAPKARRE_TRUSTED_PROXIES: het aantal proxy's is 0 of meer.")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "klapkarre.foundation.kit",
    "klapkarre.foundation.plain",
    "klapkarre.foundation.places",
    "klapkarre.foundation.finding",
    "klapkarre.foundation.accounts",
    "klapkarre.foundation.duties",
    "klapkarre.foundation.people",
    "klapkarre.foundation.voices",
    "klapkarre.rooms.agenda",
    "klapkarre.rooms.outreach",
    "klapkarre.rooms.counter",
    "klapkarre.rooms.news",
    "klapkarre.windows.website",
    "klapkarre.windows.workday",
    "klapkarre.windows.results",
    "klapkarre.windows.exchange",
    "klapkarre.windows.field",
]

MIDDLEWARE = [
    # Outside all others: somebody waits for every answer, also for a refusal.
    "klapkarre.foundation.kit.courtesy.counted",
    # Before what answers, so that also what the next ones refuse or send elsewhere carries every header.
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "klapkarre.foundation.kit.headers.on_every_answer",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "klapkarre.foundation.kit.middleware.PoliteGZip",
    "klapkarre.foundation.kit.languages.spoken",
    "klapkarre.foundation.kit.middleware.hostile_input",
    "klapkarre.foundation.kit.methods.known_methods_only",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "klapkarre.foundation.kit.middleware.posts_of_strangers",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "klapkarre.foundation.accounts.middleware.closed_unless_public",
    "django.contrib.messages.middleware.MessageMiddleware",
    "klapkarre.foundation.kit.middleware.sealed_shut",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "klapkarre.config.urls"
WSGI_APPLICATION = "klapkarre.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "klapkarre.foundation.kit.context.frame",
            ],
            "builtins": ["klapkarre.foundation.kit.templatetags.kit", "django.templatetags.i18n"],
        },
    },
]

# SQLite before 3.51.3 can corrupt a WAL database when several connections checkpoint at once.
OLDEST_SQLITE = (3, 51, 3)
ALLOW_OLD_SQLITE = env.bool("KLAPKARRE_ALLOW_OLD_SQLITE", False)

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA trusted_schema=OFF; PRAGMA secure_delete=ON;"
    " PRAGMA mmap_size=0; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;"
)

DATABASE_URL = env.str("DATABASE_URL", "")
if DATABASE_URL:
    DATABASES = {"default": env.dj_db_url("DATABASE_URL", conn_max_age=600)}
    if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured("DATABASE_URL: alleen postgres://... of leeg (SQLite in de datamap)")
else:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE and not ALLOW_OLD_SQLITE:
        raise ImproperlyConfigured(
            f"SQLite {sqlite3.sqlite_version} is te oud: {'.'.join(map(str, OLDEST_SQLITE))} of nieuwer is nodig."
            " Installeer pysqlite3, of zet KLAPKARRE_ALLOW_OLD_SQLITE=1 als je het risico kent."
        )
    DATABASES = {
        "default": {
            "ENGINE": "klapkarre.config.sqlite",
            "NAME": DATA / "klapkarre.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "init_command": SQLITE_PRAGMAS,
                # IMMEDIATE: a writer waits its turn at BEGIN; DEFERRED fails with "database is locked".
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
            },
            "TEST": {"NAME": None},
        }
    }

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "/werk/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "klapkarre.foundation.accounts.passwords.NotGuessable"},
]

# allauth does the maths of second factors and OIDC; its own pages are not routed (docs/decisions/0012-login.md).
ACCOUNT_ADAPTER = "klapkarre.foundation.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "klapkarre.foundation.accounts.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODE_DIGITS = 10
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
SOCIALACCOUNT_ADAPTER = "klapkarre.foundation.accounts.oidc.LinkedOnly"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": oidc_apps(env.json("KLAPKARRE_OIDC", []))}}

LANGUAGE_CODE = "nl"
# Each with the name that its readers give it. Residents' pages are in all of them (`kit.languages`), the rest in Dutch.
LANGUAGES = [
    ("nl", "Nederlands"),
    ("fr", "Français"),
    ("en", "English"),
    ("ar", "العربية"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
]
LOCALE_PATHS = [Path(__file__).parents[1] / "locale"]
TIME_ZONE = "Europe/Brussels"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
# Tests and debugging serve files from where they are written; everything else from what was collected.
SERVE_SOURCES = TESTING or DEBUG
STATIC_ROOT = None if SERVE_SOURCES else Path(env.str("KLAPKARRE_STATIC", "") or DATA / "static")
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if SERVE_SOURCES
        else "klapkarre.foundation.kit.collected.CollectedFiles"
    },
}
WHITENOISE_USE_FINDERS = SERVE_SOURCES
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False


# On every answer: pages, refusals and files.
HEADERS_EVERYWHERE = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def WHITENOISE_ADD_HEADERS_FUNCTION(headers, path, url):
    """Files are for our own pages only, like the pages themselves; opened alone they may do nothing."""
    for name, value in HEADERS_EVERYWHERE.items():
        headers[name] = value
    headers["Content-Security-Policy"] = CLOSED


CACHES = {
    "default": env.dj_cache_url("CACHE_URL", "locmem://klapkarre?max_entries=2000"),
    # Apart, so that nobody pushes the count of wrong attempts out by asking for many pages.
    "limits": env.dj_cache_url("CACHE_URL", "locmem://limits?max_entries=50000"),
}
_email = env.dj_email_url("EMAIL_URL", "console://")
if "EMAIL_BACKEND" not in _email:
    raise ImproperlyConfigured("EMAIL_URL begrijp ik niet. Kijk in .env.example hoe je het schrijft.")
MAILERS = {
    "default": {
        "BACKEND": _email["EMAIL_BACKEND"],
        "OPTIONS": {
            "host": _email["EMAIL_HOST"],
            "port": _email["EMAIL_PORT"],
            "username": _email["EMAIL_HOST_USER"],
            "password": _email["EMAIL_HOST_PASSWORD"],
            "use_tls": _email["EMAIL_USE_TLS"],
            "use_ssl": _email["EMAIL_USE_SSL"],
            "timeout": 10,
        }
        if "smtp" in _email["EMAIL_BACKEND"]
        else {},
    }
}
MAIL_FROM = env.str("KLAPKARRE_MAIL_FROM", f"klapkarre@{ALLOWED_HOSTS[0].lstrip('.')}")
# A gateway for text messages: where, the form to post (empty: all stands in the address), and who we are.
SMS_URL = env.str("KLAPKARRE_SMS_URL", "")
SMS_FORM = env.str("KLAPKARRE_SMS_FORM", "")
SMS_TOKEN = env.str("KLAPKARRE_SMS_TOKEN", "")
if SMS_URL and not SMS_URL.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
    raise ImproperlyConfigured("KLAPKARRE_SMS_URL: begin met https:// . Kijk in .env.example.")

# Whom to tell about a hole in the security (/.well-known/security.txt).
SECURITY_CONTACT = env.str("KLAPKARRE_SECURITY_CONTACT", "")
if SECURITY_CONTACT and not SECURITY_CONTACT.startswith(("mailto:", "https://", "tel:")):
    raise ImproperlyConfigured("KLAPKARRE_SECURITY_CONTACT begint met mailto:, https:// of tel:.")

# The map with streets: one file here, or a server elsewhere, whose host then stands in the policy of that one page.
TILES_FILE = env.str("KLAPKARRE_TILES_FILE", "")
TILES_FILE = str(Path(TILES_FILE).resolve()) if TILES_FILE else ""
TILES_URL = env.str("KLAPKARRE_TILES_URL", "")
TILES_HOST = tile_host(TILES_URL)  # with https:// in front
TILES_ZOOM = env.int("KLAPKARRE_TILES_ZOOM", 18)
TILES_CREDIT = env.str("KLAPKARRE_TILES_CREDIT", "")
if TILES_FILE and TILES_URL:
    raise ImproperlyConfigured("KLAPKARRE_TILES_FILE en KLAPKARRE_TILES_URL: kies er één.")
if not 1 <= TILES_ZOOM <= 22:
    raise ImproperlyConfigured("KLAPKARRE_TILES_ZOOM: een getal van 1 tot 22.")

# The browser keeps what it may: our own files, nothing inline, nothing from elsewhere.
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "media-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "require-trusted-types-for": ["'script'"],
    "trusted-types": ["klapkarre"],
}
X_FRAME_OPTIONS = HEADERS_EVERYWHERE["X-Frame-Options"]
SECURE_REFERRER_POLICY = HEADERS_EVERYWHERE["Referrer-Policy"]
SECURE_CROSS_ORIGIN_OPENER_POLICY = HEADERS_EVERYWHERE["Cross-Origin-Opener-Policy"]
SECURE_SSL_REDIRECT = HTTPS and env.bool("KLAPKARRE_SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = 63072000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
HSTS = f"max-age={SECURE_HSTS_SECONDS}; includeSubDomains"
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SESSION_ENGINE = "klapkarre.foundation.accounts.kept_sessions"
SESSION_COOKIE_NAME = "__Host-sessie" if HTTPS else "sessie"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "klapkarre.foundation.kit.views.csrf_failed"

# A form is at most a few texts: more is refused before it is read. Only who may send a picture or a voice may send more
# (`takes_picture`, `takes_sound`). Neither touches the disk as it came, with all that the phone wrote in it.
LONGEST_FORM = 2_500_000
LONGEST_PICTURE = LONGEST_SOUND = 10 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_UPLOAD_MAX_MEMORY_SIZE = LONGEST_PICTURE + 200_000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
DATA_UPLOAD_MAX_NUMBER_FILES = 5
MEDIA_ROOT = DATA / "media"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# Forms that nobody signs in for: the fewest seconds in which a person fills one in (0 is no clock), and how many one
# address may send within ten minutes, of all kinds together. A buurtpunt or a library is one address for many people.
TIME_TRAP = env.int("KLAPKARRE_TIME_TRAP", 0 if TESTING else 1)
MOST_PUBLIC_POSTS = 300

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"own_faults_only": {"()": "klapkarre.config.logs.OwnFaultsOnly"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["own_faults_only"]}},
    # The framework's own handlers would print the same without the filter.
    "loggers": {"django": {"handlers": [], "level": "WARNING"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
