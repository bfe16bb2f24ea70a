"""Paste or upload counts, and say of each list what it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hemvag.estimate import Lists
from hemvag.picture import pasted, words
from hemvag.picture.calculate import Described
from hemvag.web.fields import CHOOSE, REQUIRED
from hemvag.web.forms import Form, TextField

BIGGEST = 100_000
NOBODY = "none"


class PasteForm(Form):
    """Counts, pasted or from a file. What a file holds comes back in the field, so that it can be mended there."""

    text = TextField(
        label=_("Antal, som tabell"),
        max_length=BIGGEST,
        rows=10,
        required=False,
        help_text=_(
            "Första raden: listornas namn och sist count. Sedan en rad för varje kombination av listor: 1 eller 0 för "
            "varje lista, och hur många som står så. Skilj med komma, semikolon eller tabb. Bara antal, aldrig namn."
        ),
    )
    file = forms.FileField(
        label=_("Eller en fil (CSV)"), required=False, max_length=200, help_text=_("Filen sparas inte, bara antalen.")
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:
        sent = files.get("file") if files else None
        self.unreadable = False
        if sent is not None and data is not None:
            data = data.copy()
            try:
                data["text"] = sent.read(BIGGEST).decode("utf-8-sig")
            except UnicodeDecodeError:
                self.unreadable = True
        super().__init__(data, files)

    def clean_file(self) -> None:
        """Refuse what is no text."""
        if self.unreadable:
            raise ValidationError(_("Filen är ingen text i UTF-8. Spara den som CSV (UTF-8) eller klistra in den."))

    def clean_text(self) -> Lists | None:
        """Return the lists, or say what is wrong with line and column."""
        typed: str = self.cleaned_data["text"]
        if self.unreadable:
            return None
        if not typed.strip():
            raise ValidationError(REQUIRED)
        try:
            return pasted.read(typed)
        except pasted.Wrong as wrong:
            raise ValidationError(str(wrong)) from None


@dataclass(frozen=True)
class Listed:
    """One list in the form: its name and size, its fields, and the pair that must be merged, if it feeds another."""

    name: str
    size: str
    fields: Sequence[forms.BoundField]
    pair: str = ""
    pair_names: str = ""


class DescribeForm(Form):
    """What each list is: whose, what it counts, and which other list it feeds."""

    def __init__(self, lists: Lists, data: Any = None, *, known: Sequence[Described] = ()) -> None:
        initial = {f"whose_{i}": said.whose for i, said in enumerate(known)}
        initial |= {f"what_{i}": said.what for i, said in enumerate(known)}
        super().__init__(data, initial=initial)
        self.lists = lists
        for i, name in enumerate(lists.names):
            others = [(str(j), other) for j, other in enumerate(lists.names) if j != i]
            self.fields[f"whose_{i}"] = TextField(
                label=gettext("Vem för listan %(name)s?") % {"name": name}, max_length=200
            )
            self.fields[f"what_{i}"] = TextField(
                label=gettext("Vad räknar %(name)s, och hur kommer man med?") % {"name": name}, max_length=2000, rows=2
            )
            self.fields[f"feeds_{i}"] = forms.ChoiceField(
                label=gettext("Lämnas uppgifter från %(name)s till en annan lista?") % {"name": name},
                choices=[("", gettext("Välj")), (NOBODY, gettext("Nej, inte till någon av de andra")), *others],
                error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
            )

    def clean(self) -> dict[str, Any]:
        """Refuse lists that feed one another: they are one witness and must be one list."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for i, name in enumerate(self.lists.names):
            fed = found.get(f"feeds_{i}", "")
            if fed not in {"", NOBODY}:
                facts = {"name": name, "other": self.lists.names[int(fed)]}
                self.add_error(f"feeds_{i}", _words_of_feeding(self.lists.k) % facts)
        return found

    def listed(self) -> list[Listed]:
        """Return the form list by list."""
        return [self._listed(i, name) for i, name in enumerate(self.lists.names)]

    def described(self) -> list[Described]:
        """Return what was typed of each list, whether or not all of it could be taken."""
        return [Described(self._typed(f"whose_{i}"), self._typed(f"what_{i}")) for i in range(self.lists.k)]

    def _typed(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or self.data.get(name, ""))

    def _listed(self, i: int, name: str) -> Listed:
        fields = [self[f"{what}_{i}"] for what in ("whose", "what", "feeds")]
        size = words.count(int(self.lists.sizes[i]))
        fed = str(fields[-1].value() or "")
        if not self.is_bound or self.lists.k < 3 or not fed.isdecimal() or int(fed) >= self.lists.k:
            return Listed(name, size, fields)
        return Listed(name, size, fields, f"{i}-{fed}", f"{name} + {self.lists.names[int(fed)]}")


def _words_of_feeding(k: int) -> str:
    if k < 3:
        return gettext(
            "%(name)s matar %(other)s, så de är ett enda vittne. Med bara dem går inget att räkna: "
            "skaffa en lista till."
        )
    return gettext("%(name)s matar %(other)s, så de är ett enda vittne. Slå ihop dem innan något räknas.")
