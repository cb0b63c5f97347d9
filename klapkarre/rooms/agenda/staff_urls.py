from django.urls import path

from klapkarre.rooms.agenda.views import (
    afterwards,
    calling,
    handing_over,
    lists,
    paper,
    paper_back,
    planning,
    repeating,
)

app_name = "agenda_staff"
urlpatterns = [
    path("", planning.list_page, name="list"),
    path("nieuw/", planning.add, name="add"),
    path("bellen/", calling.to_call, name="to_call"),
    path("<int:pk>/lijst/<uuid:sign_up>/herinnerd/", calling.reminded, name="reminded"),
    path("<int:pk>/wijzigen/", planning.change, name="change"),
    path("<int:pk>/herhaling/", repeating.repeat, name="repeat"),
    path("<int:pk>/afzeggen/", planning.cancel, name="cancel"),
    path("<int:pk>/na/", afterwards.after, name="after"),
    path("<int:pk>/na/overgenomen/", afterwards.let_go, name="let_go"),
    path("<int:pk>/overdracht/", handing_over.hand_over, name="hand_over"),
    path("<int:pk>/overdracht/blad.pdf", handing_over.hand_over_sheet, name="hand_over_sheet"),
    path("<int:pk>/overdracht/stop/", handing_over.hand_over_end, name="hand_over_end"),
    path("<int:pk>/overdracht/<int:change>/terug/", handing_over.hand_over_undo, name="hand_over_undo"),
    path("<int:pk>/papier/", paper.paper, name="paper"),
    path("<int:pk>/papier/terug/", paper_back.paper_back, name="paper_back"),
    path("<int:pk>/papier/namen.pdf", paper.attendance_sheet, name="attendance_sheet"),
    path("<int:pk>/papier/<slug:kind>.pdf", paper.sheet, name="sheet"),
    path("<int:pk>/aanwezig/", lists.attendance, name="attendance"),
    path("<int:pk>/lijst/", lists.participants, name="participants"),
    path("<int:pk>/lijst/afdrukken/", lists.print_list, name="print_list"),
    path("<int:pk>/lijst/toevoegen/", lists.add_participant, name="add_participant"),
    path("<int:pk>/lijst/<uuid:sign_up>/verwittigd/", lists.tell, name="tell"),
    path("<int:pk>/lijst/<uuid:sign_up>/briefje/", lists.participant_slip, name="participant_slip"),
    path("<int:pk>/lijst/<uuid:sign_up>/afmelden/", lists.remove_participant, name="remove_participant"),
]
