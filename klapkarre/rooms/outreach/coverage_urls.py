from django.urls import path

from klapkarre.rooms.outreach.views import coverage

app_name = "coverage"
urlpatterns = [
    path("", coverage.coverage, name="list"),
    path("dekking.csv", coverage.sheet, name="csv"),
    path("straten/", coverage.streets, name="streets"),
    path("ondersteuning/", coverage.support, name="support"),
    path("ondersteuning/<int:pk>/weg/", coverage.support_away, name="support_away"),
]
