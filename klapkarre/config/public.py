"""The one list of pages that need no login. A route that is not here is closed; a test walks them all."""

PUBLIC = frozenset(
    {
        "accounts:invitation",
        "accounts:invitation_by_code",
        "accounts:login",
        "accounts:demo_login",
        "accounts:logout",
        "accounts:oidc_back",
        "accounts:oidc_leave",
        "accounts:passkey_question",
        "accounts:recover",
        "accounts:second_factor",
        "agenda:list",
        "agenda:detail",
        "agenda:sign_up",
        "agenda:slip",
        "agenda:slip_by_code",
        "agenda:slip_cancel",
        "healthz",
        "readyz",
        "kit:living",
        "website:home",
        "website:neighbourhoods",
        "website:neighbourhood",
        "website:points",
        "website:photo",
        "website:point",
        "website:privacy",
        "website:accessibility",
    }
)
