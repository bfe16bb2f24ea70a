"""Every text in both languages: Swedish in the source, English in each room's catalogue, nothing left over."""

from pathlib import Path

import pytest

from hemvag.web import messages


def test_every_text_has_its_english() -> None:
    found = [fault for room in messages.rooms() for fault in messages.faults(room)]
    assert not found, "\n" + "\n".join(found)


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A house of one room with a text of each kind."""
    monkeypatch.setattr(messages, "HOUSE", tmp_path / "hemvag")
    room = tmp_path / "hemvag" / "hall"
    (room / "templates").mkdir(parents=True)
    (room / "apps.py").touch()
    (room / "views.py").write_text('_("Ett")\nngettext("%(n)s dag", "%(n)s dagar", n)\npgettext("månad", "Mars")\n')
    (room / "templates" / "page.html").write_text(
        '{% load i18n %}\n  {% translate "Två" %} {{ _("Tre") }}\n{% blocktranslate trimmed %}\n  Hej\n  {{ name }}\n'
        "{% endblocktranslate %}{% blocktranslate count n=n %}en{% plural %}{{ n }} st{% endblocktranslate %}"
    )
    return room


def test_texts_of_every_kind_are_found(room: Path) -> None:
    messages.update(room)
    text = (room / messages.PLACE).read_text()
    for wanted in ["Ett", "%(n)s dagar", "Mars", 'msgctxt "månad"', "Två", "Tre", "Hej %(name)s", "%(n)s st"]:
        assert wanted in text, wanted
    assert all("untranslated" in fault for fault in messages.faults(room))


def test_a_translation_survives_and_what_is_gone_goes(room: Path) -> None:
    messages.update(room)
    place = room / messages.PLACE
    place.write_text(place.read_text().replace('msgid "Ett"\nmsgstr ""', 'msgid "Ett"\nmsgstr "One"'))
    (room / "templates" / "page.html").unlink()
    messages.update(room)
    assert 'msgstr "One"' in place.read_text()
    assert "Två" not in place.read_text()


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('msgid "Ett"\nmsgstr "x"', 'msgid "Ett"\nmsgstr ""', "untranslated: 'Ett'"),
        ('msgid "Ett"\nmsgstr "x"', '#, fuzzy\nmsgid "Ett"\nmsgstr "x"', "untranslated: 'Ett'"),
        ('msgid "Ett"\n', 'msgid "Annat"\n', "missing: 'Ett'"),
        ('msgid "Ett"\n', 'msgid "Annat"\n', "no longer used: 'Annat'"),
        ('msgstr[0] "%(n)s"', 'msgstr[0] "%(m)s"', "placeholder"),
    ],
)
def test_what_is_wrong_is_named(room: Path, before: str, after: str, fault: str) -> None:
    messages.update(room)
    place = room / messages.PLACE
    good = place.read_text().replace('msgstr ""\n\n', 'msgstr "x"\n\n')
    good = good.replace('Hej %(name)s"\nmsgstr "x"', 'Hej %(name)s"\nmsgstr "%(name)s"')
    good = good.replace('msgstr[0] ""', 'msgstr[0] "%(n)s"').replace('msgstr[1] ""', 'msgstr[1] "%(n)s"')
    assert before in good
    place.write_text(good.replace(before, after, 1))
    assert any(fault in found for found in messages.faults(room)), list(messages.faults(room))


def test_catalogues_are_compiled_when_stale(room: Path) -> None:
    messages.update(room)
    assert messages.compile_catalogues() == 1
    assert messages.compile_catalogues() == 0
    assert (room / messages.PLACE).with_suffix(".mo").stat().st_size
