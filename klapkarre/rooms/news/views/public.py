"""What residents read: the list, and one piece of news."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, render

from klapkarre.foundation.kit.pages import public_page
from klapkarre.foundation.places.models import Neighbourhood
from klapkarre.foundation.places.towns import chosen_town, towns_to_pick
from klapkarre.foundation.voices.playing import voices_of, with_voices
from klapkarre.rooms.news.models import News

ON_A_PAGE = 20


@public_page(params=("buurt", "gemeente", "letter", "pagina"))
def list_page(request):
    """The newest first, of one town or one buurt of it. With many towns: first choose yours."""
    slug = request.GET.get("buurt", "")
    buurten = Neighbourhood.objects.select_related("municipality")
    here = get_object_or_404(buurten, slug=slug) if slug else None
    town, many = chosen_town(here.municipality.slug if here else request.GET.get("gemeente", ""))
    if many and not town:
        return render(request, "news/pick_town.html", towns_to_pick(request.GET.get("letter", "")))
    rows = News.objects.published().select_related("neighbourhood", "place")
    if town:
        rows = rows.filter(neighbourhood__municipality=town)
    if here:
        rows = rows.filter(Q(neighbourhood=here) | Q(neighbourhood__parent=here))
    asked = request.GET.get("pagina")
    page = Paginator(rows, ON_A_PAGE).get_page(asked)
    request.is_rare = str(page.number) != (asked or "1")
    return render(request, "news/list.html", {"page_obj": page, "here": here, "town": town if many else None})


@public_page
def detail(request, pk):
    """Only while it is on the site: what is withdrawn is not there any more."""
    rows = News.objects.published().select_related("neighbourhood__municipality", "place", "picture")
    news = get_object_or_404(with_voices(rows, news_news="pk"), pk=pk)
    town = news.neighbourhood.municipality
    human = {"name": town.desk or town.name, "phone": town.phone}
    picture = getattr(news, "picture", None)
    context = {"news": news, "picture": picture, "voices": voices_of(news), "human": human}
    return render(request, "news/detail.html", context)
