from django.urls import path

from klapkarre.rooms.agenda.views import public, slips

app_name = "agenda"
urlpatterns = [
    path("", public.list_page, name="list"),
    path("briefje/", slips.slip_by_code, name="slip_by_code"),
    path("briefje/<slug:token>/", slips.slip, name="slip"),
    path("briefje/<slug:token>/vrijgeven/", slips.slip_cancel, name="slip_cancel"),
    path("<int:pk>/", public.detail, name="detail"),
    path("<int:pk>/aanmelden/", public.sign_up, name="sign_up"),
]
