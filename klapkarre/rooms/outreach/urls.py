from django.urls import path

from klapkarre.rooms.outreach.views import contacts as views
from klapkarre.rooms.outreach.views import steps, visits

app_name = "outreach"
urlpatterns = [
    path("", views.contacts, name="list"),
    path("nieuw/", views.add, name="add"),
    path("<uuid:pk>/", views.detail, name="detail"),
    path("<uuid:pk>/bewaard/", views.done, name="done"),
    path("<uuid:pk>/aanpassen/", views.change, name="change"),
    path("<uuid:pk>/ongedaan/", views.undo, name="undo"),
    path("<uuid:pk>/stap/", views.tick, name="tick"),
    path("<uuid:pk>/anders/", steps.plan, name="plan"),
    path("<uuid:pk>/geschiedenis/", steps.history, name="history"),
    path("<uuid:pk>/huisbezoek/", visits.visit, name="visit"),
    path("<uuid:pk>/huisbezoek/weg/", visits.visit_away, name="visit_away"),
]
