from django.urls import path

from klapkarre.windows.workday import (
    paper_views,
    person_views,
    picture_views,
    point_views,
    stop_views,
    translation_views,
    views,
    voice_views,
)

app_name = "workday"
urlpatterns = [
    path("", views.home, name="home"),
    path("mijn-week/", views.week, name="my_week"),
    path("personen/<uuid:pk>/", person_views.person, name="person"),
    path("vertalen/", translation_views.translation_list, name="translations"),
    path("vertalen/verouderd/", translation_views.out_of_date, name="out_of_date"),
    path("vertalen/activiteit/<int:pk>/", translation_views.translate_activity, name="translate_activity"),
    path("vertalen/nieuws/<int:pk>/", translation_views.translate_news, name="translate_news"),
    path("vertalen/buurtpunt/<slug:slug>/", translation_views.translate_point, name="translate_point"),
    path("inspreken/activiteit/<int:pk>/", voice_views.voice_activity, name="voice_activity"),
    path("inspreken/nieuws/<int:pk>/", voice_views.voice_news, name="voice_news"),
    path("inspreken/buurtpunt/<slug:slug>/", voice_views.voice_point, name="voice_point"),
    path("haltes/", stop_views.stop_list, name="stops"),
    path("haltes/<int:pk>/", stop_views.stop_tally, name="stop_tally"),
    path("haltes/<int:pk>/tik/", stop_views.stop_tap, name="stop_tap"),
    path("haltes/<int:pk>/ongedaan/", stop_views.stop_undo, name="stop_undo"),
    path("buurtpunten/", point_views.point_list, name="points"),
    path("buurtpunten/<slug:slug>/", point_views.point_days, name="point_days"),
    path("buurtpunten/<slug:slug>/dicht/", point_views.point_close, name="point_close"),
    path("buurtpunten/<slug:slug>/open/", point_views.point_open, name="point_open"),
    path("buurtpunten/<slug:slug>/foto/", picture_views.point_picture, name="point_picture"),
    path("buurtpunten/<slug:slug>/foto/weg/", picture_views.point_picture_away, name="point_picture_away"),
    path("buurtpunten/<slug:slug>/papier/", paper_views.point_paper, name="point_paper"),
    path("buurtpunten/<slug:slug>/papier/<slug:kind>.pdf", paper_views.point_sheet, name="point_sheet"),
    path("buurtpunten/<slug:slug>/weg/", point_views.point_withdraw, name="point_withdraw"),
]
