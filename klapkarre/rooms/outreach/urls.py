from django.urls import path

from klapkarre.rooms.outreach import views

app_name = "outreach"
urlpatterns = [
    path("", views.contacts, name="list"),
    path("nieuw/", views.add, name="add"),
    path("<uuid:pk>/", views.detail, name="detail"),
    path("<uuid:pk>/bewaard/", views.done, name="done"),
    path("<uuid:pk>/aanpassen/", views.change, name="change"),
    path("<uuid:pk>/ongedaan/", views.undo, name="undo"),
    path("<uuid:pk>/stap/", views.tick, name="tick"),
]
