"""The living kit page; only in the demo, in debug and in tests."""

from django.urls import path

from klapkarre.foundation.kit import living

app_name = "kit"

urlpatterns = [
    path("", living.living, name="living"),
]
