from django.urls import path

from klapkarre.foundation.accounts import invitation_views, set_up_views, views

app_name = "accounts"
urlpatterns = [
    path("login/", views.login_page, name="login"),
    path("login/demo/", views.demo_login, name="demo_login"),
    path("login/instellen/", set_up_views.set_up_login, name="set_up_login"),
    path("uitnodiging/", invitation_views.by_code, name="invitation_by_code"),
    path("uitnodiging/<slug:token>/", invitation_views.come_in, name="invitation"),
    path("logout/", views.logout_page, name="logout"),
]
