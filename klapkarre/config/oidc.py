"""The logins of other houses (Entra ID, ACM/IDM) as `KLAPKARRE_OIDC` names them, in the words of allauth."""

from django.core.exceptions import ImproperlyConfigured

NEEDED = {"id", "name", "server", "client", "secret"}
MORE = {"scope", "uid", "userinfo", "strong", "only"}


def oidc_apps(logins):
    """Settings for allauth; a mistake in the variable gets a sentence, and never shows the secret."""
    if not isinstance(logins, list) or not all(isinstance(one, dict) and _is_whole(one) for one in logins):
        raise ImproperlyConfigured(
            "KLAPKARRE_OIDC begrijp ik niet. Kijk in .env.example hoe je het schrijft."
        )
    return [_app(one) for one in logins]


def _is_whole(one):
    return NEEDED <= set(one) <= NEEDED | MORE and str(one["id"]).isidentifier()


def _app(one):
    return {
        "provider_id": one["id"],
        "name": one["name"],
        "client_id": one["client"],
        "secret": one["secret"],
        "settings": {
            "server_url": one["server"],
            "scope": one.get("scope", "openid profile").split(),
            "uid_field": one.get("uid", "sub"),
            "fetch_userinfo": one.get("userinfo", False),
            "oauth_pkce_enabled": True,
            # Does this house itself ask a second factor?
            "strong": one.get("strong", False),
            # Claims that must have one of these values: {"vo_orgcode": ["OVO000001"]}
            "only": one.get("only", {}),
        },
    }
