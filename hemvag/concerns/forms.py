"""The forms on which the steps of a child's case are taken. Each knows its verb; what was typed is kept."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from hemvag.concerns import (
    case,
    feedback,
    investigation,
    meeting,
    notes,
    pass_on,
    preliminary_assessment,
    protection_assessment,
    voice,
)
from hemvag.concerns.models import DecisionKind, StepKind
from hemvag.dossiers.act_forms import ActForm, DatedActForm
from hemvag.dossiers.opened import Opened
from hemvag.staff.models import Worker
from hemvag.web.forms import ChoiceRow, DayField, TextField

ROWS = 10


class StepForm(ActForm):
    """A form by which one act is done in a child's case."""

    kind: ClassVar[StepKind | None] = None

    step = forms.UUIDField(widget=forms.HiddenInput, required=False)


class DatedForm(StepForm, DatedActForm):
    """A step's form that asks when it happened; now, when nothing else is said."""


def _text(label: Any, **facts: Any) -> TextField:
    return TextField(label=label, max_length=case.MOST_TEXT, rows=ROWS, **facts)


class ProtectionForm(DatedForm):
    heading = _("Skyddsbedömning")
    lead = _("Behöver barnet skydd nu? Bedöm genast, och skriv varför.")
    button = _("Spara skyddsbedömningen")
    kind = StepKind.PROTECTION
    code = "protection"

    outcome = ChoiceRow(label=_("Bedömning"), choices=protection_assessment.Outcome.choices)
    reasons = _text(_("Skäl"), help_text=_("Vad bedömningen bygger på, och vad som görs nu."))

    def act(self, opened: Opened, *, by: Worker, at: dt.datetime) -> None:
        data = self.cleaned_data
        protection_assessment.record(
            opened,
            data["step"],
            outcome=data["outcome"],
            reasons=data["reasons"],
            assessed_at=self.when,
            by=by,
            at=at,
        )


class PreliminaryForm(DatedForm):
    heading = _("Förhandsbedömning")
    lead = _("Ska en utredning inledas? Beslutet signeras och låses när du trycker på knappen.")
    button = _("Signera beslutet")
    kind = StepKind.PRELIMINARY
    code = "preliminary"

    outcome = ChoiceRow(
        label=_("Beslut"), choices=[(kind.value, kind.label) for kind in preliminary_assessment.OUTCOMES]
    )
    reasons = _text(_("Skäl för beslutet"), help_text=_("Så som det ska stå i beslutet."))

    def act(self, opened: Opened, *, by: Worker, at: dt.datetime) -> None:
        data = self.cleaned_data
        preliminary_assessment.decide(
            opened,
            data["step"],
            outcome=DecisionKind(data["outcome"]),
            reasons=data["reasons"],
            decided_at=self.when,
            by=by,
            at=at,
        )


class UntilForm(StepForm):
    """A form that asks for a later day and the reasons for it."""

    until = DayField(label=_("Till och med"), toward="future", help_text=_("Till exempel 14/5 eller 2026-05-14."))
    reasons = _text(_("Skäl"))


class MoreTimeForm(UntilForm):
    heading = _("Längre tid för förhandsbedömningen")
    lead = _("Fjorton dagar får överskridas bara om det finns synnerliga skäl. Skriv vilka de är.")
    button = _("Signera beslutet om längre tid")
    kind = StepKind.PRELIMINARY
    code = "more_time"

    def act(self, opened: Opened, *, by: Worker, at: dt.datetime) -> None:
        data = self.cleaned_data
        preliminary_assessment.extend(opened, data["step"], until=data["until"], reasons=data["reasons"], by=by, at=at)


class ExtendForm(UntilForm):
    heading = _("Förläng utredningstiden")
    lead = _("Fyra månader får överskridas bara om det finns särskilda skäl. Skriv vilka de är.")
    button = _("Signera beslutet om förlängning")
    kind = StepKind.INVESTIGATION
    code = "extension"

    def act(self, opened: Opened, *, by: Worker, at: dt.datetime) -> None:
        data = self.cleaned_data
        investigation.extend(opened, data["step"], until=data["until"], reasons=data["reasons"], by=by, at=at)


class ClosingForm(DatedForm):
    heading = _("Avsluta utredningen")
    lead = _("Beslutet signeras och låses när du trycker på knappen.")
    button = _("Signera beslutet")
    kind = StepKind.INVESTIGATION
    code = "closing"

    outcome = ChoiceRow(label=_("Beslut"), choices=[(kind.value, kind.label) for kind in investigation.CLOSINGS])
    reasons = _text(_("Skäl för beslutet"), help_text=_("Så som det ska stå i beslutet."))

    def act(self, opened: Opened, *, by: Worker, at: dt.datetime) -> None:
        data = self.cleaned_data
        investigation.close(
            opened,
            data["step"],
            outcome=DecisionKind(data["outcome"]),
            reasons=data["reasons"],
            decided_at=self.when,
            by=by,
            at=at,
        )


class FeedbackForm(DatedForm):
    heading = _("Återkoppling till anmälaren")
    lead = _("Anmälaren får veta om en utredning har inletts, inte har inletts eller redan pågår, och inget mer.")
    button = _("Spara återkopplingen")
    kind = StepKind.FEEDBACK
    code = "feedback"

    outcome = ChoiceRow(label=_("Återkoppling"), choices=feedback.Outcome.choices)
    text = TextField(
        label=_("Vad som sades, och hur; eller varför det är olämpligt"), max_length=case.MOST_TEXT, rows=5
    )

    def act(self, opened: Opened, *, by: Worker, at: dt.datetime) -> None:
        data = self.cleaned_data
        report = opened.dossier.steps.get(id=data["step"], kind=StepKind.FEEDBACK).report_id
        if report is not None:
            feedback.give(opened, report, outcome=data["outcome"], text=data["text"], given_at=self.when, by=by, at=at)


class AskedForm(DatedForm):
    heading = _("Anmälaren ber om återkoppling")
    lead = _("Skriv när anmälaren bad om det. Är beslutet redan fattat lämnas återkopplingen genast.")
    button = _("Spara")
    code = "feedback_asked"

    def act(self, opened: Opened, *, by: Worker, at: dt.datetime) -> None:
        feedback.ask(opened, self.cleaned_data["step"], asked_at=self.when, by=by, at=at)


class VoiceForm(DatedForm):
    heading = _("Barnets egen röst")
    lead = _("Hur barnet har fått komma till tals, och vad barnet själv sade. Eller varför barnet inte har hörts.")
    button = _("Spara")
    code = "voice"

    how = ChoiceRow(label=_("Hur"), choices=voice.How.choices)
    text = _text(_("Barnets egna ord, eller varför barnet inte har hörts"))

    def act(self, opened: Opened, *, by: Worker, at: dt.datetime) -> None:
        data = self.cleaned_data
        voice.record(opened, how=data["how"], heard_at=self.when, text=data["text"], by=by, at=at)


class MeetingForm(DatedForm):
    heading = _("Anmälarmöte")
    lead = _("Ett möte mellan barnet, vårdnadshavarna, anmälaren och socialtjänsten, när det är bäst för barnet.")
    button = _("Spara")
    code = "meeting"

    outcome = ChoiceRow(label=_("Mötet är"), choices=meeting.Outcome.choices)
    text = _text(_("Vilka som var med och vad som sades, eller varför mötet inte blev av"))

    def act(self, opened: Opened, *, by: Worker, at: dt.datetime) -> None:
        data = self.cleaned_data
        meeting.record(opened, data["step"], outcome=data["outcome"], on=self.when, text=data["text"], by=by, at=at)


class NoteForm(DatedForm):
    heading = _("Ny anteckning")
    lead = _("Det som har betydelse för ärendet: vad som hände, när och med vem.")
    button = _("Spara anteckningen")
    code = "note"

    about = ChoiceRow(label=_("Vad gäller det?"), choices=notes.About.choices)
    text = _text(_("Anteckning"))

    def act(self, opened: Opened, *, by: Worker, at: dt.datetime) -> None:
        data = self.cleaned_data
        notes.write(opened, about=data["about"], happened_at=self.when, text=data["text"], by=by, at=at)


class PassOnForm(DatedForm):
    heading = _("Lämna över till en annan kommun")
    lead = _("Barnet hör till en annan kommun. Tills den har kvitterat svarar vi för det som är akut.")
    button = _("Anmälan är överlämnad")
    kind = StepKind.PASS_ON
    code = "pass_on"

    municipality = TextField(label=_("Kommun"), max_length=200)
    how = TextField(label=_("Hur, och till vem där"), max_length=500)

    def act(self, opened: Opened, *, by: Worker, at: dt.datetime) -> None:
        data = self.cleaned_data
        pass_on.send(
            opened,
            data["step"],
            municipality=data["municipality"],
            how=data["how"],
            sent_at=self.when,
            by=by,
            at=at,
        )


class ReceiptForm(DatedForm):
    heading = _("Kvittens från den andra kommunen")
    lead = _("Skriv vem som har tagit emot anmälan, och när. Då är den inte längre vår.")
    button = _("Spara kvittensen")
    kind = StepKind.PASS_ON
    code = "receipt"

    by_whom = TextField(label=_("Vem som har tagit emot"), max_length=500)

    def act(self, opened: Opened, *, by: Worker, at: dt.datetime) -> None:
        data = self.cleaned_data
        pass_on.receipt(opened, data["step"], received_at=self.when, by_whom=data["by_whom"], by=by, at=at)
