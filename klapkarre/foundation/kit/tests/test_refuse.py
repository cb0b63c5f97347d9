"""Hostile addresses get a calm page; the frame's own error pages speak Dutch."""

import pytest
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from klapkarre.foundation.kit import middleware, views

gate = middleware.hostile_input(lambda request: HttpResponse("binnen"))


def ask(path="/", query=""):
    request = RequestFactory().get("/")
    request.META["PATH_INFO"] = path
    request.META["QUERY_STRING"] = query
    return gate(request)


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/a\0b", ""),
        ("/", "q=%00"),
        ("/", "%00=1"),
        ("/", "q=%FF%FE"),
        ("/", "q=%ED%A0%80"),
        ("/%FF", ""),
        ("/" + "a" * 2000, ""),
        ("/", "q=" + "a" * 2000),
    ],
)
def test_hostile_address_gets_a_calm_400(path, query):
    answer = ask(path, query)
    assert answer.status_code == 400
    assert "Dit adres klopt niet" in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/", ""),
        ("/buurten/محمد/", ""),
        ("/buurten/café/", ""),
        ("/", "q=%D9%85%D8%AD%D9%85%D8%AF"),
        ("/", "q=%F0%9F%98%80"),
    ],
)
def test_honest_address_passes(path, query):
    answer = ask(path, query)
    assert answer.content == b"binnen"


@given(st.binary(max_size=60), st.text(alphabet="%0Ff=&;a\0é", max_size=60))
def test_no_address_breaks_the_gate(path, query):
    assert ask("/" + path.decode(errors="replace"), query).status_code in (200, 400)


@pytest.mark.parametrize(
    ("view", "status", "words"),
    [
        (lambda r: views.bad_request(r, ValueError()), 400, "Dit adres klopt niet"),
        (lambda r: views.bad_request(r, RequestDataTooBig()), 413, "Dat is te veel in één keer"),
        (views.forbidden, 403, "Deze pagina is niet voor jou"),
        (views.not_found, 404, "Deze pagina vinden we niet"),
        (views.server_error, 500, "Er ging iets mis bij ons"),
        (lambda r: views.csrf_failed(r, "old"), 403, "Dit formulier stond te lang open"),
    ],
)
def test_error_page_is_dutch_and_leads_to_a_human(view, status, words):
    answer = view(RequestFactory().get("/activiteiten/3/aanmelden/"))
    page = answer.content.decode()
    assert answer.status_code == status
    assert f"<h1>{words}</h1>" in page
    assert 'href="/buurtpunten/"' in page


class Someone:
    """Whoever is signed in, as the frame sees them."""

    is_authenticated = True

    def __init__(self, *roles):
        self.role_names = set(roles)

    def get_full_name(self):
        return "Nele Voorbeeld"


def refuse(path, user=None):
    request = RequestFactory().get(path)
    if user:
        request.user = user
    return views.forbidden(request).content.decode()


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        (["worker"], "Vraag het aan je coördinator."),
        (["coordinator"], "Vraag het aan de beheerder."),
        (["worker", "coordinator"], "Vraag het aan de beheerder."),
        (["city"], "Vraag het aan de beheerder."),
        (["administrator"], "Je rol heeft geen toegang tot deze pagina."),
    ],
)
def test_who_is_refused_at_work_stays_at_work(roles, words):
    page = refuse("/werk/onthaal/", Someone(*roles))
    assert (words in page, "Log uit" in page, "Naar vandaag" in page) == (True, True, True)


@pytest.mark.parametrize(("path", "user"), [("/werk/", None), ("/buurten/x/", Someone("worker"))])
def test_strangers_and_pages_of_residents_keep_the_frame_of_residents(path, user):
    assert "Log uit" not in refuse(path, user)


def test_old_form_offers_the_form_again():
    page = views.csrf_failed(RequestFactory().post("/activiteiten/3/aanmelden/")).content.decode()
    assert 'href="/activiteiten/3/aanmelden/"' in page


def test_server_error_survives_broken_templates(settings):
    settings.TEMPLATES = []
    assert "Er ging iets mis bij ons" in views.server_error(RequestFactory().get("/")).content.decode()
