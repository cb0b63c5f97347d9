"""What stands under `/onderweg/`: the app on a phone, and the intake of what it noted."""

from django.urls import path

from klapkarre.windows.field import shell_views, views

app_name = "field"
urlpatterns = [
    path("", shell_views.app, name="app"),
    path("sw.js", shell_views.worker, name="worker"),
    path("app.webmanifest", shell_views.manifest, name="manifest"),
    path("koppelen/", views.couple, name="couple"),
    path("ontvangen/", views.receive, name="receive"),
    path("vandaag.json", views.today, name="today"),
]
