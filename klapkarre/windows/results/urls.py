from django.urls import path

from klapkarre.windows.results import views

app_name = "results"
urlpatterns = [
    path("", views.results_page, name="home"),
    path("csv/", views.results_csv, name="csv"),
]
