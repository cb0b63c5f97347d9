from django.urls import path

from klapkarre.windows.website import embed, photos, search, statements, town_map, views, voices

app_name = "website"
urlpatterns = [
    path("", views.home, name="home"),
    path("buurten/", views.neighbourhoods, name="neighbourhoods"),
    path("buurten/<slug:slug>/", views.neighbourhood, name="neighbourhood"),
    path("buurtpunten/", views.points, name="points"),
    path("buurtpunten/<slug:slug>/", views.point, name="point"),
    path("kaart/", town_map.town_map, name="map"),
    path("kaart/tegels/<int:z>/<int:x>/<int:y>", town_map.tile, name="tile"),
    path("foto/<slug:digest>.webp", photos.photo, name="photo"),
    path("stem/<slug:digest>.<slug:ending>", voices.voice, name="voice"),
    path("zoeken/", search.search, name="search"),
    path("insluiten/", embed.choose, name="embed"),
    path("insluiten/buurten/<slug:slug>/", embed.neighbourhood, name="embed_neighbourhood"),
    path("insluiten/buurtpunten/<slug:slug>/", embed.point, name="embed_point"),
    path(".well-known/security.txt", statements.security, name="security"),
    path("privacy/", statements.privacy, name="privacy"),
    path("toegankelijkheid/", statements.accessibility, name="accessibility"),
]
