"""The addresses of a child's case."""

from django.urls import path

from hemvag.concerns.views import (
    assign,
    attachments,
    case_page,
    decisions,
    known,
    links,
    match,
    register,
    steps,
    unit,
)

app_name = "concerns"
CASE = "children/<uuid:dossier_id>/"
urlpatterns = [
    path("reports/new/", register.register, name="register"),
    path("reports/new/draft/", register.draft, name="register_draft"),
    path("reports/<uuid:report_id>/known/", known.known, name="known"),
    path("unit/", unit.unit, name="unit"),
    path("decisions/<uuid:decision_id>.pdf", decisions.pdf, name="decision"),
    path(CASE, case_page.case, name="case"),
    path(CASE + "match/<uuid:other_id>/", match.match, name="match"),
    path(CASE + "check/", match.check, name="check"),
    path("merges/<uuid:merge_id>/", match.merging, name="merging"),
    path(CASE + "together/", links.together, name="links"),
    path(CASE + "attachments/", attachments.attach, name="attach"),
    path(CASE + "attachments/<uuid:attachment_id>/", attachments.download, name="attachment"),
    path(CASE + "assign/", assign.assign, name="assign"),
    path(CASE + "step-off/", assign.step_off, name="step_off"),
    path(CASE + "late/", unit.explain, name="late"),
    path(CASE + "draft/<slug:code>/", steps.draft, name="draft"),
    path(CASE + "protection/", steps.protection, name="protection"),
    path(CASE + "preliminary/", steps.preliminary, name="preliminary"),
    path(CASE + "preliminary/more-time/", steps.more_time, name="more_time"),
    path(CASE + "investigation/extension/", steps.extension, name="extension"),
    path(CASE + "investigation/closing/", steps.closing, name="closing"),
    path(CASE + "feedback/", steps.feedback, name="feedback"),
    path(CASE + "feedback/asked/", steps.feedback_asked, name="feedback_asked"),
    path(CASE + "voice/", steps.voice, name="voice"),
    path(CASE + "meeting/", steps.meeting, name="meeting"),
    path(CASE + "notes/", steps.note, name="note"),
    path(CASE + "pass-on/", steps.pass_on, name="pass_on"),
    path(CASE + "pass-on/receipt/", steps.receipt, name="receipt"),
]
