from django.urls import path

from klapkarre.rooms.agenda.views import handovers, joining, public, slip_changes, slips

app_name = "agenda"
urlpatterns = [
    path("", public.list_page, name="list"),
    path("briefje/", slips.slip_by_code, name="slip_by_code"),
    path("briefje/<slug:token>/", slips.slip, name="slip"),
    path("briefje/<slug:token>/wijzigen/", slip_changes.change, name="slip_change"),
    path("briefje/<slug:token>/vrijgeven/", slip_changes.cancel, name="slip_cancel"),
    path("overdracht/", handovers.handover_by_code, name="handover_by_code"),
    path("overdracht/<slug:token>/", handovers.handover, name="handover"),
    path("overdracht/<slug:token>/<int:pk>/", handovers.handover_run, name="handover_run"),
    path("<int:pk>/", public.detail, name="detail"),
    path("<int:pk>/aanmelden/", joining.sign_up, name="sign_up"),
    path("<int:pk>/aanmelden/alle-keren/", joining.sign_up_series, name="sign_up_series"),
]
