from django.urls import path

from klapkarre.foundation.duties.models import Document
from klapkarre.foundation.duties.views import breaches, dpia, holds, questions, register, terms

app_name = "duties"
urlpatterns = [
    path("bewaartermijnen/", terms.list_page, name="terms"),
    path("bewaartermijnen/<str:kind>/", terms.change, name="term"),
    path("vasthouden/", holds.list_page, name="holds"),
    path("vasthouden/nieuw/", holds.add, name="hold"),
    path("vasthouden/<uuid:pk>/opheffen/", holds.lift, name="lift"),
    path("verwerkingsregister/", register.page, name="register"),
    path("verwerkingsregister/csv/", register.as_csv, name="register_csv"),
    path("verwerkingsregister/json/", register.as_json, name="register_json"),
    path(
        "verwerkingsregister/vraag/<slug:name>/",
        questions.change,
        {"document": Document.REGISTER},
        name="register_question",
    ),
    path("dpia/", dpia.page, name="dpia"),
    path("dpia/json/", dpia.as_json, name="dpia_json"),
    path("dpia/html/", dpia.as_html, name="dpia_html"),
    path("dpia/vastleggen/", dpia.freeze, name="dpia_freeze"),
    path("dpia/versie/<uuid:pk>/", dpia.version, name="dpia_version"),
    path("dpia/vraag/<slug:name>/", questions.change, {"document": Document.DPIA}, name="dpia_question"),
    path("datalekken/", breaches.list_page, name="breaches"),
    path("datalekken/nieuw/", breaches.add, name="breach_new"),
    path("datalekken/csv/", breaches.as_csv, name="breaches_csv"),
    path("datalekken/<uuid:pk>/", breaches.detail, name="breach"),
    path("datalekken/<uuid:pk>/aanvullen/", breaches.add_line, name="breach_add"),
]
