from django.urls import path

from klapkarre.windows.website import photos, views

app_name = "website"
urlpatterns = [
    path("", views.home, name="home"),
    path("buurten/", views.neighbourhoods, name="neighbourhoods"),
    path("buurten/<slug:slug>/", views.neighbourhood, name="neighbourhood"),
    path("buurtpunten/", views.points, name="points"),
    path("buurtpunten/<slug:slug>/", views.point, name="point"),
    path("foto/<slug:digest>.webp", photos.photo, name="photo"),
    path("privacy/", views.privacy, name="privacy"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
]
