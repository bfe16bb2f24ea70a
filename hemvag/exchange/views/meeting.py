"""The page of a meeting with several parties: support's own form, whose verb writes the ledger too."""

import datetime as dt

from hemvag.dossiers.opened import Opened
from hemvag.exchange import conference
from hemvag.staff.models import Worker
from hemvag.support.conference_form import ConferenceForm
from hemvag.support.views.steps import step_page


class MeetingForm(ConferenceForm):
    """The same form; what each party is told stands in the ledger."""

    def act(self, opened: Opened, *, by: Worker, at: dt.datetime) -> None:
        said = self.cleaned_data
        conference.hold(
            opened,
            table=said["table"],
            parties=self.parties(),
            text=said["text"],
            held_at=self.when,
            by=by,
            at=at,
        )


meeting = step_page(MeetingForm)
