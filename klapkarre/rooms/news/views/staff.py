"""The team's own news: look, write, change, take off the site."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import PLAN, allowed_to
from klapkarre.foundation.accounts.models import Team
from klapkarre.foundation.kit.pictures import takes_picture
from klapkarre.rooms.news import actions
from klapkarre.rooms.news.forms import NewsForm
from klapkarre.rooms.news.models import News

ON_A_PAGE = 30
SHOWN = ("title", "text", "neighbourhood", "place")


@never_cache
@allowed_to(PLAN)
def list_page(request):
    rows = News.objects.visible_to(request.user).select_related("neighbourhood", "place", "picture")
    page = Paginator(rows.order_by("-saved_at", "-pk"), ON_A_PAGE).get_page(request.GET.get("pagina"))
    return render(request, "news/staff/list.html", {"page_obj": page})


@takes_picture
@never_cache
@allowed_to(PLAN)
def add(request):
    reach = request.user.reach
    if request.method != "POST":
        return _form_page(request, NewsForm(reach=reach, initial={"key": uuid.uuid4()}))
    form = NewsForm(request.POST, request.FILES, reach=reach)
    if not form.is_valid():
        return _form_page(request, form)
    values = form.cleaned_data
    team = Team.objects.get(pk=form.team_for(values["neighbourhood"]))
    return _saved(request, actions.add(team, values, key=values["key"]))


@takes_picture
@never_cache
@allowed_to(PLAN)
def change(request, pk):
    news = _own_or_404(request, pk)
    options = {"reach": request.user.reach, "news": news}
    if request.method != "POST":
        initial = {name: getattr(news, name) for name in SHOWN} | {"version": news.version}
        initial["state"] = news.state if news.state == News.State.DRAFT else News.State.PUBLISHED
        initial["alt"] = news.picture.alt if hasattr(news, "picture") else ""
        return _form_page(request, NewsForm(initial=initial, **options), news)
    form = NewsForm(request.POST, request.FILES, **options)
    if form.is_valid():
        try:
            return _saved(request, actions.change(news, form.cleaned_data, form.cleaned_data["version"] or 0))
        except actions.Changed as clash:
            form.add_error(None, clash)
            form.data = form.data.copy()
            form.data["version"] = str(clash.news.version)
            return _form_page(request, form, clash.news, status=409)
    return _form_page(request, form, news)


@never_cache
@allowed_to(PLAN)
def withdraw(request, pk):
    """Off the site at once. GET is where a login sends people back to: on to the list."""
    news = _own_or_404(request, pk)
    if request.method == "POST":
        if actions.withdraw(news):
            messages.success(request, _("Het nieuws is van de site. Foto en opnames zijn gewist."))
        else:
            messages.warning(request, _("Dit nieuws was al van de site."))
    return redirect("news_staff:list")


def _own_or_404(request, pk):
    rows = News.objects.visible_to(request.user).select_related("picture", "neighbourhood", "place")
    return get_object_or_404(rows, pk=pk)


def _form_page(request, form, news=None, status=200):
    return render(request, "news/staff/form.html", {"form": form, "news": news}, status=status)


def _saved(request, news):
    if news.is_published:
        messages.success(request, _("Het staat op de site. Bewoners zien het nu."))
    else:
        messages.success(request, _("Bewaard als ontwerp."))
    return redirect("news_staff:list")
