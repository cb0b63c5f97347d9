from django.urls import path

from klapkarre.rooms.news.views import staff

app_name = "news_staff"
urlpatterns = [
    path("", staff.list_page, name="list"),
    path("nieuw/", staff.add, name="add"),
    path("<int:pk>/wijzigen/", staff.change, name="change"),
    path("<int:pk>/weg/", staff.withdraw, name="withdraw"),
]
