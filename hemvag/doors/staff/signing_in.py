"""Sign-in as the staff's room knows it, with each refusal in the read log, which that room cannot reach."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from hemvag.audit import log
from hemvag.audit.models import Act, Purpose
from hemvag.lib import clock
from hemvag.staff import forms, sign_in
from hemvag.staff.models import Worker


class Adapter(sign_in.Adapter):
    """Logs who was refused, and never what was typed."""

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Log the refusal, of an address that is nobody's too: else the time it takes would tell which are workers'.

        Tries past an account's limit do not come here.
        """
        super().authentication_failed(request, **credentials)
        found = Worker.objects.filter(email__iexact=credentials.get("email") or "")
        _refused(found.values_list("id", flat=True).first())


class _Logged:
    """A form for a second factor's code, whose wrong codes are logged. Tries past the limit are another error."""

    user: Worker

    def clean_code(self) -> str:
        """Return the code. Raises ValidationError."""
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except ValidationError as wrong:
            if wrong.code == "incorrect_code":
                _refused(self.user.pk)
            raise
        return code


class Code(_Logged, forms.Code):
    """The app's code, or a recovery code."""


class CodeAgain(_Logged, forms.CodeAgain):
    """The app's code, or a recovery code, once more."""


def _refused(worker: uuid.UUID | None) -> None:
    log.write(Act.REFUSED, worker=worker, dossiers=[], purpose=Purpose.SIGN_IN, at=clock.now())
