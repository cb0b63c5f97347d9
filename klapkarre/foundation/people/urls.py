from django.urls import path

from klapkarre.foundation.people.views import consents, erasing, merging, network, persons, requests

# The page of one person, `<uuid>/`, is composed by a window (`windows/workday`).
app_name = "people"
urlpatterns = [
    path("", persons.list_page, name="list"),
    path("nieuw/", persons.add, name="add"),
    path("toestemmingsblad/", consents.sheet, name="consent_sheet"),
    path("dubbel/", merging.doubles, name="doubles"),
    path("rechten/", requests.requests_page, name="requests"),
    path("rechten/los/<str:kind>/<uuid:pk>/", requests.ask_loose, name="ask_loose"),
    path("rechten/<uuid:pk>/", requests.request_page, name="request"),
    path("rechten/<uuid:pk>/afsluiten/", requests.close, name="close_request"),
    path("rechten/<uuid:pk>/inzage/", requests.export_page, name="export"),
    path("rechten/<uuid:pk>/inzage.json", requests.export_json, name="export_json"),
    path("rechten/<uuid:pk>/beperken/", requests.restrict, name="restrict"),
    path("rechten/<uuid:pk>/wissen/", erasing.erase, name="erase"),
    path("<uuid:pk>/rechten/", requests.ask, name="ask"),
    path("<uuid:pk>/beperkt/", requests.restricted, name="restricted"),
    path("<uuid:pk>/wijzigen/", persons.change, name="change"),
    path("<uuid:pk>/wijzigen/<uuid:correction>/terug/", requests.put_back, name="put_back"),
    path("<uuid:pk>/toestemming/", consents.give, name="consent"),
    path("<uuid:pk>/intrekken/", consents.withdraw, name="withdraw"),
    path("<uuid:pk>/stap/", network.add_step, name="add_step"),
    path("<uuid:pk>/stap/<uuid:step>/", network.settle_step, name="settle_step"),
    path("<uuid:pk>/stap/<uuid:step>/aanpassen/", network.change_step, name="change_step"),
    path("<uuid:pk>/stap/<uuid:step>/weg/", network.remove_step, name="remove_step"),
    path("<uuid:pk>/band/", network.add_tie, name="add_tie"),
    path("<uuid:pk>/band/<uuid:tie>/aanpassen/", network.change_tie, name="change_tie"),
    path("<uuid:pk>/band/<uuid:tie>/weg/", network.remove_tie, name="remove_tie"),
    path("<uuid:pk>/samenvoegen/<uuid:other>/", merging.merge, name="merge"),
    path("<uuid:pk>/losmaken/<uuid:merge>/", merging.undo, name="undo_merge"),
]
