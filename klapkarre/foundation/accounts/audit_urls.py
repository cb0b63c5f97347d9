from django.urls import path

from klapkarre.foundation.accounts import audit_views, opening_views, role_views

app_name = "audit"
urlpatterns = [
    path("", audit_views.readings, name="readings"),
    path("<int:number>/", audit_views.reading, name="reading"),
    path("csv/", audit_views.sheet, name="sheet"),
    path("medewerkers/", audit_views.people, name="people"),
    path("rollen/", role_views.roles, name="roles"),
    path("inloggen/", audit_views.logins, name="logins"),
    path("teams/", opening_views.openings, name="openings"),
    path("teams/<uuid:pk>/", opening_views.opening, name="opening"),
    path("open/", opening_views.open_team, name="open_team"),
    path("open/<uuid:pk>/stop/", opening_views.stop, name="stop"),
]
