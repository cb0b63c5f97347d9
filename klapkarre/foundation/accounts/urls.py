from django.urls import path

from klapkarre.foundation.accounts import views

app_name = "accounts"
urlpatterns = [
    path("login/", views.login_page, name="login"),
    path("login/demo/", views.demo_login, name="demo_login"),
    path("logout/", views.logout_page, name="logout"),
]
