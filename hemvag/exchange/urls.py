"""The addresses of telling, receiving and the ledger."""

from django.urls import path

from hemvag.exchange.views import inbox, ledger, lookup, meeting, telling, told

app_name = "exchange"
CASE = "told/<uuid:dossier_id>/"
urlpatterns = [
    path(CASE, told.told, name="told"),
    path(CASE + "new/", telling.tell_page, name="tell"),
    path(CASE + "new/draft/", telling.draft, name="draft"),
    path(CASE + "received/", told.received_page, name="received"),
    path(CASE + "<uuid:disclosure_id>/receipt/", told.arrived, name="arrived"),
    path(CASE + "<uuid:disclosure_id>/recall/", told.recall, name="recall"),
    path(CASE + "<uuid:disclosure_id>/incident/", told.incident_step, name="incident"),
    path(CASE + "offers/<uuid:offer_id>/withdraw/", told.withdraw, name="withdraw"),
    path(CASE + "offers/<uuid:offer_id>/answer/", told.written_in, name="written_in"),
    path("look-up/", lookup.look_up, name="look_up"),
    path("adults/<uuid:dossier_id>/conference/", meeting.meeting, name="conference"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/<uuid:envelope_id>/", inbox.envelope, name="envelope"),
    path("inbox/<uuid:envelope_id>/register/", inbox.register, name="register"),
    path("consultations/new/", inbox.consult, name="consult"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger.csv", ledger.export, name="export"),
]
