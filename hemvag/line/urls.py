"""The line's pages."""

from django.urls import path

from hemvag.line.views import call, call_back, gate, hand_over, listing, return_code

app_name = "line"
CONTACT = "contacts/<uuid:contact_id>/"
urlpatterns = [
    path("contacts/", listing.contacts, name="list"),
    path("contacts/new/", call.new, name="new"),
    path("contacts/return/", return_code.enter, name="enter"),
    path("contacts/received/", listing.received, name="received"),
    path(CONTACT, call.call, name="call"),
    path(CONTACT + "draft/", call.draft, name="draft"),
    path(CONTACT + "close/", call.close, name="close"),
    path(CONTACT + "code/", return_code.code, name="code"),
    path(CONTACT + "call-back/", call_back.promise, name="call_back"),
    path(CONTACT + "gate/", gate.ask, name="gate"),
    path(CONTACT + "report/", gate.receive, name="report"),
    path(CONTACT + "report/draft/", gate.draft, name="report_draft"),
    path(CONTACT + "help/", hand_over.ask, name="hand_over"),
    path(CONTACT + "help/draft/", hand_over.draft, name="hand_over_draft"),
    path("call-backs/<uuid:call_back_id>/", call_back.went, name="went"),
]
