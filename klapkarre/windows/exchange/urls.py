from django.urls import path

from klapkarre.windows.exchange import views

app_name = "exchange"
urlpatterns = [
    path("agenda.ics", views.town, name="town"),
    path("agenda.atom", views.town_news, name="town_news"),
    path("buurten/<slug:slug>/agenda.atom", views.neighbourhood_news, name="neighbourhood_news"),
    path("buurten/<slug:slug>/agenda.ics", views.neighbourhood, name="neighbourhood"),
    path("buurtpunten/<slug:slug>/agenda.ics", views.point, name="point"),
    path("buurtpunten/<slug:slug>/openingsuren.json", views.hours, name="hours"),
    path("uitdatabank.json", views.leisure, name="leisure"),
    path("activiteiten/<int:pk>/agenda.ics", views.activity, name="activity"),
]
