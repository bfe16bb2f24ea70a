"""Every component in every state, with invented people, for the tests that look at them."""

import datetime as dt
from pathlib import Path

from django import forms as django_forms
from django.contrib.staticfiles import finders
from django.template import engines
from django.template.loader import render_to_string

from hemvag.lib.clock import STOCKHOLM
from hemvag.web import changed, forms
from hemvag.web.components import Clock, Fact, Frame, Happening, Room

AT = dt.datetime(2026, 5, 12, 10, 42, tzinfo=STOCKHOLM)


class Pattern(forms.Form):
    """One field of each kind."""

    born = forms.DayField(label="Födelsedag", help_text="Skriv till exempel 14/5 2020.")
    met = forms.DayField(label="Möte", toward="future", required=False)
    at = forms.TimeField(label="Klockslag", required=False)
    number = forms.PersonNumberField(label="Personnummer", required=False)
    school = forms.TextField(label="Skola", max_length=20)
    note = forms.TextField(label="Anteckning", rows=4, max_length=200, required=False)
    caller = forms.ChoiceRow(
        label="Vem ringer?",
        choices=[("parent", "Förälder"), ("sibling", "Syskon"), ("friend", "Vän")],
        keys={"parent": "1", "sibling": "2", "friend": "3"},
    )
    themes = forms.ChoicesRow(
        label="Tema",
        help_text="Högst två.",
        choices=[("fear", "Rädsla"), ("school", "Skola"), ("home", "Hemma")],
        most=2,
        required=False,
    )
    unit = django_forms.ChoiceField(label="Enhet", choices=[("n", "Norra enheten"), ("s", "Södra enheten")])
    version = forms.VersionField()


WRONG = {
    "born": "31/2",
    "number": "20120514-2380",
    "school": "En mycket lång skola utan slut",
    "note": "أخت صغيرة\n💚",
    "themes": ["fear", "school", "home"],
    "version": "1",
    "unit": "n",
}
RIGHT = {
    "born": "14/5 2020",
    "at": "1430",
    "school": "Bergsjöskolan",
    "caller": "parent",
    "themes": ["fear"],
    "unit": "s",
    "version": "1",
}


def html() -> str:
    """Return the pattern page with the stylesheets' addresses as the browser will fetch them."""
    wrong = Pattern(WRONG)
    right = Pattern({f"good-{name}": value for name, value in RIGHT.items()}, prefix="good")
    kept = {"note": "Mormor ringde i går kväll och vill bli uppringd efter klockan 17."}
    sent = Pattern({"note": "Mormor ringde. Hon har pratat med skolan."})
    frame = Frame(
        town="Malmö",
        worker_name="Amir Lindqvist",
        unit_name="Norra enheten, Stödtelefonen",
        navigation=[
            Room("I dag", "/today/", "today", 7, current=True),
            Room("Stödtelefonen", "/contacts/", "phone", 2),
            Room("Ny orosanmälan", "/reports/new/", "report"),
            Room("Enheten", "/unit/", "unit"),
            Room("Antal", "/counts/", "numbers"),
        ],
        new_contact_url="/contacts/new/",
        search_url="/people/search/",
        account_url="/account/",
        sign_out_url="/sign-out/",
        language_url="/language/",
        demo=True,
    )
    context = {
        **frame.context(),
        **changed.context(sent, kept, at=AT),
        "today": AT.date(),
        "steps": [
            Clock("Anmälan", "done", "måndag 11 maj", "SoL 19 kap. 1 §"),
            Clock("Skyddsbedömning", "late", "1 dag sen", "SoL 20 kap. 1 §", "Senast dagen efter att anmälan kom in."),
            Clock("Förhandsbedömning", "soon", "måndag 25 maj", "SoL 20 kap. 2 §"),
            Clock("Utredning", "now", "fredag 11 september", "SoL 20 kap. 3 §"),
            Clock("Återkoppling", "next", "en vecka efter beslutet", "SoL 19 kap. 6 §"),
        ],
        "waiting": [("late", "3 dagar sen"), ("now", "i dag"), ("soon", "torsdag 14 maj")],
        "happenings": [
            Happening(AT, "Förlängde utredningen", "Amir Lindqvist", "SoL 20 kap. 3 §", "Till den 11 oktober.", "#now"),
            Happening(AT - dt.timedelta(days=1), "Anmälan kom in", "Sara Öberg", body="Från en polis i yttre tjänst."),
        ],
        "items": [
            Fact("Barn", "ليلى حداد", person=True),
            Fact("Född", "14 maj 2020"),
            Fact("Vistelse", "utomlands"),
        ],
        "form": wrong,
        "good": right,
    }
    engine = engines["django"]
    source = (Path(__file__).parent / "templates/patterns/patterns.html").read_text(encoding="utf-8")
    return str(engine.from_string(source).render(context))


def error_page(status: int) -> str:
    """Return one of the error pages."""
    return render_to_string(f"web/errors/{status}.html")


def static_file(path: str) -> Path:
    """Return the file that /static/`path` serves."""
    found = finders.find(path)
    assert isinstance(found, str), path
    return Path(found)
