from django.urls import path

from klapkarre.foundation.accounts import invitation_views
from klapkarre.foundation.accounts.views import confirm, houses, login, own, set_up

app_name = "accounts"
urlpatterns = [
    path("login/", login.login_page, name="login"),
    path("login/demo/", login.demo_login, name="demo_login"),
    path("login/tweede/", login.second_factor, name="second_factor"),
    path("login/herstel/", login.recover, name="recover"),
    path("login/vraag/", login.passkey_question, name="passkey_question"),
    path("login/bij/<slug:provider_id>/", houses.leave, name="oidc_leave"),
    path("login/bij/<slug:provider_id>/terug/", houses.come_back, name="oidc_back"),
    path("login/opnieuw/", confirm.confirm, name="confirm"),
    path("login/instellen/", set_up.set_up_login, name="set_up_login"),
    path("login/instellen/vraag/", set_up.new_passkey_question, name="new_passkey_question"),
    path("login/instellen/app/", set_up.set_up_app, name="set_up_app"),
    path("login/instellen/codes/", set_up.set_up_codes, name="set_up_codes"),
    path("login/mijn/", own.own, name="own"),
    path("login/mijn/sleutel/", own.add_passkey, name="add_passkey"),
    path("login/mijn/sleutel/<int:pk>/", own.passkey, name="passkey"),
    path("login/mijn/sleutel/<int:pk>/weg/", own.remove_factor, name="remove_factor"),
    path("login/mijn/codes/", own.new_codes, name="new_codes"),
    path("login/mijn/wachtwoord/", own.password, name="password"),
    path("login/mijn/koppeling/<int:pk>/weg/", own.unlink, name="unlink"),
    path("login/mijn/elders/", own.end_other_sessions, name="end_other_sessions"),
    path("login/mijn/elders/<int:pk>/", own.end_session, name="end_session"),
    path("uitnodiging/", invitation_views.by_code, name="invitation_by_code"),
    path("uitnodiging/<slug:token>/", invitation_views.come_in, name="invitation"),
    path("logout/", login.logout_page, name="logout"),
]
