"""The form by which a file is put in a child's case."""

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from hemvag.dossiers import attachments
from hemvag.dossiers.opened import Opened
from hemvag.dossiers.refusals import Refused
from hemvag.staff.models import Worker
from hemvag.web.forms import Form


class AttachForm(Form):
    """One file."""

    file = forms.FileField(
        label=_("Fil"),
        allow_empty_file=True,
        help_text=_("PDF, PNG, JPEG eller ren text, högst 5 MB. Filen förseglas i akten."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.txt"}),
        error_messages={"required": _("Välj en fil."), "invalid": _("Välj en fil.")},
    )

    def attach(self, opened: Opened, *, by: Worker, at: dt.datetime) -> bool:
        """Put the file in the case; say beside the field what stands in the way, and return whether nothing did."""
        sent = self.cleaned_data["file"]
        try:
            if sent.size > attachments.MOST_BYTES:
                raise attachments.TooLarge
            said = sent.content_type or ""
            attachments.attach(opened, name=sent.name, content_type=said, data=sent.read(), by=by, at=at)
        except Refused as fact:
            self.add_error("file", fact.sentence)
        return not self.errors
