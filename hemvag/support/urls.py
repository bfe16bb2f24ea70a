"""The addresses of an adult's case."""

from django.urls import path

from hemvag.support.views import agreements, assign, begin, case_page, steps, unit

app_name = "support"
CASE = "adults/<uuid:dossier_id>/"
AGREEMENT = CASE + "agreements/<uuid:agreement_id>"
urlpatterns = [
    path("adults/", unit.unit, name="unit"),
    path("adults/own/", begin.own, name="own"),
    path("adults/own/draft/", begin.own_draft, name="own_draft"),
    path("adults/told/", begin.told, name="told"),
    path("adults/told/draft/", begin.told_draft, name="told_draft"),
    path("adults/shared/", unit.shared, name="shared"),
    path(CASE, case_page.case, name="case"),
    path(CASE + "shared/", unit.agreed, name="agreed"),
    path(CASE + "assign/", assign.assign, name="assign"),
    path(CASE + "step-off/", assign.step_off, name="step_off"),
    path(CASE + "draft/<slug:code>/", steps.draft, name="draft"),
    path(CASE + "attempt/", steps.attempt, name="attempt"),
    path(CASE + "came-back/", steps.came_back, name="came_back"),
    path(CASE + "agreements/new/", agreements.agree, name="agree"),
    path(AGREEMENT + ".pdf", agreements.given_pdf, name="given"),
    path(AGREEMENT + "/withdraw/", agreements.withdraw, name="withdraw"),
    path(AGREEMENT + "/receipt.pdf", agreements.receipt_pdf, name="receipt"),
    path(CASE + "plan/", steps.make_plan, name="plan"),
    path(CASE + "follow-up/", steps.follow_up, name="follow_up"),
    path(CASE + "notes/", steps.note, name="note"),
    path(CASE + "police/", steps.police, name="police"),
    path(CASE + "close/", steps.close, name="close"),
]
