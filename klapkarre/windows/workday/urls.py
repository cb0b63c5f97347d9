from django.urls import path

from klapkarre.windows.workday import views

app_name = "workday"
urlpatterns = [path("", views.home, name="home")]
