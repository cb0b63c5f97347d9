from django.urls import path

from klapkarre.rooms.outreach.views import round_paper, rounds

app_name = "rounds"
urlpatterns = [
    path("", rounds.rounds, name="list"),
    path("nieuw/", rounds.add, name="add"),
    path("met-rust/", rounds.away, name="away"),
    path("<uuid:pk>/", rounds.detail, name="detail"),
    path("<uuid:pk>/straat/", rounds.add_street, name="add_street"),
    path("<uuid:pk>/aanpassen/", rounds.change, name="change"),
    path("<uuid:pk>/deur/<uuid:door>/", rounds.door, name="door"),
    path("<uuid:pk>/deur/<uuid:door>/terug/", rounds.undo, name="undo"),
    path("<uuid:pk>/deur/<uuid:door>/weg/", rounds.remove, name="remove"),
    path("<uuid:pk>/lijst.pdf", round_paper.walking_list, name="walking_list"),
    path("<uuid:pk>/briefje.pdf", round_paper.flyer, name="flyer"),
    path("<uuid:pk>/einde/", rounds.end, name="end"),
    path("<uuid:pk>/bewijs/", rounds.certificate, name="certificate"),
]
