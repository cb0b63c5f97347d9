from django.urls import path

from klapkarre.foundation.accounts import choice_views, colleague_views, goal_views, invitation_views

app_name = "organisation"
urlpatterns = [
    path("rechten/", colleague_views.rights, name="rights"),
    path("kiezen/", choice_views.choose, name="choose"),
    path("doelen/", goal_views.goals, name="goals"),
    path("doelen/<int:pk>/", goal_views.team_goals, name="team_goals"),
    path("medewerkers/", colleague_views.colleagues, name="colleagues"),
    path("medewerkers/rol/", colleague_views.give_role, name="give_role"),
    path("medewerkers/<int:pk>/", colleague_views.colleague, name="colleague"),
    path("medewerkers/<int:pk>/laatste-dag/", colleague_views.change_end, name="change_end"),
    path("medewerkers/<int:pk>/brief/", invitation_views.renew, name="renew"),
    path("medewerkers/<int:pk>/afmelden/", colleague_views.end_sessions, name="end_sessions"),
    path("medewerkers/<int:pk>/<slug:deed>/", colleague_views.change_state, name="change_state"),
    path("uitnodigingen/nieuw/", invitation_views.invite, name="invite"),
    path("uitnodigingen/<uuid:pk>/", invitation_views.invitation, name="invitation"),
    path("uitnodigingen/<uuid:pk>/brief/", invitation_views.letter, name="letter"),
    path("uitnodigingen/<uuid:pk>/intrekken/", invitation_views.withdraw, name="withdraw"),
]
