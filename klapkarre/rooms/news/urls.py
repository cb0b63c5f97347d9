from django.urls import path

from klapkarre.rooms.news.views import public

app_name = "news"
urlpatterns = [
    path("", public.list_page, name="list"),
    path("<int:pk>/", public.detail, name="detail"),
]
