"""Logging in with another house: Entra ID, ACM/IDM. allauth speaks the protocol (code and PKCE); we are stricter.

The token is always verified by its signature, only the claims below are looked at or kept, and who we do not know gets
no account: somebody who is logged in here links the two.
"""

import hashlib
import hmac

import requests
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

# All that we ever look at; a national number (rrn) is dropped before anything sees it.
CLAIMS = ("sub", "oid", "vo_id", "vo_doelgroepcode", "vo_orgcode")
SIGNED_WITH = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384")


class House(OpenIDConnectOAuth2Adapter):
    """One run of the protocol with one house."""

    def get_callback_url(self, request, app):
        return request.build_absolute_uri(reverse("accounts:oidc_back", args=[self.provider_id]))

    def get_access_token_data(self, request, app, client, pkce_code_verifier=None):
        self.nonce = nonce_of(pkce_code_verifier)
        return super().get_access_token_data(request, app, client, pkce_code_verifier)

    def complete_login(self, request, app, token, **kwargs):
        try:
            claims = self._decode_id_token(app, kwargs["response"]["id_token"])
            self._check_claims(app, claims)
            if app.settings["fetch_userinfo"]:
                more = self._fetch_user_info(token.token)
                if more["sub"] != claims["sub"]:
                    raise OAuth2Error("userinfo of somebody else")
                claims = more | claims
            kept = {name: claims[name] for name in CLAIMS if name in claims}
            _check_only(app, kept)
            return self.get_provider().sociallogin_from_response(request, {"id_token": kept})
        except (KeyError, TypeError, ValueError) as error:
            raise OAuth2Error("an answer that is not whole") from error

    def _check_claims(self, app, claims):
        """What allauth does not look at: this very attempt, an end to the token, and that it was made for us."""
        if not hmac.compare_digest(str(claims["nonce"]), self.nonce):
            raise OAuth2Error("an answer to another attempt")
        float(claims["exp"])
        if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims["azp"] != app.client_id:
            raise OAuth2Error("a token that was made for another site")

    def _decode_id_token(self, app, id_token):
        try:
            signed_with = jwtkit.jwt.get_unverified_header(id_token).get("alg")
        except jwtkit.jwt.PyJWTError as error:
            raise OAuth2Error("not a token") from error
        if signed_with not in SIGNED_WITH:
            raise OAuth2Error("a signature that anyone can make")
        return jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )


def nonce_of(verifier):
    """Ties the token to one attempt: only the session that keeps the secret of that attempt can know it."""
    return hashlib.sha256(b"klapkarre.accounts.nonce|" + verifier.encode()).hexdigest()


def _check_only(app, claims):
    for name, allowed in app.settings["only"].items():
        found = claims.get(name)
        found = found if isinstance(found, list) else [found]
        if not set(map(str, found)) & set(allowed):
            raise OAuth2Error(f"{name} is not one of those that may log in")


class HouseProvider(OpenIDConnectProvider):
    oauth2_adapter_class = House

    def get_pkce_params(self):
        params = super().get_pkce_params()
        return params | {"nonce": nonce_of(params["code_verifier"])}

    def extract_email_addresses(self, data):
        return []


class LinkedOnly(DefaultSocialAccountAdapter):
    """Houses come from the settings only, and nobody gets an account by logging in there."""

    def list_apps(self, request, provider=None, client_id=None):
        found = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in found.values() for app in apps]

    def get_provider(self, request, provider, client_id=None):
        return HouseProvider(request, app=self.get_app(request, provider=provider))

    def is_open_for_signup(self, request, sociallogin):
        return False

    def populate_user(self, request, sociallogin, data):
        return sociallogin.user

    def pre_social_login(self, request, sociallogin):
        """Here the protocol is over: our own pages go on."""
        request.came_back = sociallogin
        raise ImmediateHttpResponse(None)

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        request.came_back = None
        raise ImmediateHttpResponse(HttpResponse(status=403))  # without an answer allauth goes on


def houses():
    """Id and name of each house that one can log in with."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return [(app["provider_id"], app["name"]) for app in apps]


def house(request, provider_id):
    """The protocol with this house; raises SocialApp.DoesNotExist."""
    found = House(request, provider_id)
    found.get_provider()
    return found


def is_strong(account):
    """Did the house of this account ask a second factor itself?"""
    return account.get_provider(allauth_context.request).app.settings["strong"]


def links(user):
    """(link, name of the house) for each login of another house that opens this account."""
    names = dict(houses())
    rows = SocialAccount.objects.filter(user=user).order_by("pk")
    return [(row, names.get(row.provider, row.provider)) for row in rows]


def link(user, account):
    """Link what came back from a house to this user; False when it is somebody else's."""
    if account.pk:
        return account.user_id == user.pk
    account.user = user
    account.save()
    return True


def unlink(user, pk):
    """Says whether there was something to end."""
    return bool(SocialAccount.objects.filter(user=user, pk=pk).delete()[0])


Unknown = SocialApp.DoesNotExist
# What a house that does not answer, or answers nonsense, makes of the protocol.
Broken = (OAuth2Error, requests.RequestException, KeyError, ValueError)
