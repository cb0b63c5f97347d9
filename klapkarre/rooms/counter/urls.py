from django.urls import path

from klapkarre.rooms.counter import views

app_name = "counter"
urlpatterns = [
    path("", views.choose, name="choose"),
    path("<slug:slug>/", views.tally, name="tally"),
    path("<slug:slug>/tik/", views.tap, name="tap"),
    path("<slug:slug>/ongedaan/", views.undo, name="undo"),
]
