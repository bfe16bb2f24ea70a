"""A space is opened and erased whole, however often it is cut off, and nothing but an exercise can be erased."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from hemvag.config import addresses
from hemvag.config.database import installation, roles
from hemvag.config.exercise import erasing, opening
from hemvag.config.exercise.place import DATABASE, Busy, Place
from hemvag.config.plain import Told
from hemvag.lib import clock
from tests import database
from tests.exercise import making


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A place with a key and the facts of a space."""
    found = Place(tmp_path)
    found.write(making.space())
    found.key.write_text("secret")
    found.secret()
    return found


@pytest.mark.parametrize("kind", ["real", "demo"])
def test_a_database_of_another_kind_is_not_an_exercises_whatever_it_is_called(named: str, kind: str) -> None:
    making.marked(named, kind)
    with database.connect("owner", named) as owner, pytest.raises(opening.NotAnExercise, match=f"was made as {kind}"):
        opening.demand_exercise(owner)
    making.marked(named, "exercise")
    with database.connect("owner", named) as owner:
        opening.demand_exercise(owner)


def test_a_database_of_another_name_is_not_an_exercises_whatever_it_says(own_database: str) -> None:
    making.marked(own_database, "exercise")
    with database.connect("owner", own_database) as owner, pytest.raises(opening.NotAnExercise, match=own_database):
        opening.demand_exercise(owner)


def test_a_database_without_a_mark_is_only_taken_for_a_cut_off_opening_when_it_is_empty(named: str) -> None:
    with database.connect("owner", named) as owner:
        owner.execute("DROP TABLE hemvag.installation")
        with pytest.raises(opening.NotAnExercise, match="something unknown"):
            opening.demand_exercise(owner)
        with pytest.raises(opening.NotAnExercise):
            opening.empty(owner)
        for schema in ("hemvag", "keys", "log", "counts"):
            owner.execute(f"DROP SCHEMA {schema} CASCADE")
        opening.demand_exercise(owner)


@pytest.mark.parametrize("kind", ["real", "demo"])
def test_erasing_touches_neither_database_nor_key_of_what_is_no_exercise(
    named: str, place: Place, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    making.marked(named, kind)
    server, recorded = making.server(named, monkeypatch), []
    with pytest.raises(opening.NotAnExercise):
        erasing.erase(server, place, making.space(named), by="", at=making.AT, record=recorded.append)
    assert making.exists(named)
    assert place.key.read_text() == "secret"
    assert place.read() == making.space()
    assert recorded == []


class CutOff(Exception):
    """As kill -9 would."""


STEPS = ("database", "secrets", "record", "clear")


@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize("step", STEPS)
def test_an_erasing_that_is_cut_off_at_any_step_is_finished_by_the_next_as_it_was_begun(
    named: str, place: Place, step: str, own: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    making.marked(named, "exercise")
    server, recorded = making.server(named, monkeypatch, own=own), []

    def cut(*_: object, **__: object) -> None:
        raise CutOff

    with monkeypatch.context() as patched:
        if step == "database":
            patched.setattr(erasing, "_take_database", cut)
        elif step == "secrets":
            patched.setattr(Place, "destroy_secrets", cut)
        elif step == "clear":
            patched.setattr(Path, "rmdir", cut)
        with pytest.raises(CutOff):
            record = cut if step == "record" else recorded.append
            erasing.erase(server, place, making.space(named), by="a@b", at=making.AT, record=record)  # type: ignore[arg-type]
    known = place.read()
    if step == "clear":
        assert known is None
        assert not list(place.path.iterdir())
        return
    assert known is not None
    assert (known.erasing_by, known.erasing_at) == ("a@b", making.AT)
    erasing.erase(server, place, known, by="other", at=clock.now(), record=recorded.append)
    assert [(one.id, one.erasing_by, one.erasing_at) for one in recorded] == [(known.id, "a@b", making.AT)]
    assert making.is_gone(named, server)
    assert not place.path.exists()


def test_what_is_left_of_the_place_is_nothing(place: Place) -> None:
    (place.path / "more").mkdir()
    (place.path / "more" / "draft").touch()
    place.destroy_secrets()
    assert sorted(one.name for one in place.path.iterdir()) == ["more", "space.json"]
    place.clear()
    assert not place.path.exists()


def test_the_page_of_facts_goes_last_so_that_what_is_left_is_known(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, unlink = [], Path.unlink

    def noted(path: Path, **facts: bool) -> None:
        gone.append(path.name)
        unlink(path, **facts)

    monkeypatch.setattr(Path, "unlink", noted)
    place.clear()
    assert sorted(gone[:-1]) == ["cookies", "key"]
    assert gone[-1] == "space.json"


def test_facts_come_back_as_they_were_and_nobody_else_may_read_them(place: Place) -> None:
    for one in (making.space(), making.space().begun_to_erase(by="a@b", at=making.AT)):
        place.write(one)
        assert place.read() == one
    assert place.path.stat().st_mode & 0o077 == 0
    assert all(one.stat().st_mode & 0o077 == 0 for one in place.path.iterdir() if one.name != "key")
    (place.path / "space.json").write_text("{")
    with pytest.raises(Told, match="cannot be read"):
        place.read()


def test_one_at_a_time_works_in_the_place(place: Place) -> None:
    with place.held():
        assert place.is_served()
        with pytest.raises(Busy), place.held():
            pass
    assert not place.is_served()


def test_an_exercises_processes_know_no_secret_address_or_sign_in_of_the_real_installation(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HEMVAG_KEY", "HEMVAG_KEY_FILE", "HEMVAG_SECRET_KEY", "HEMVAG_OIDC_SECRET", "HEMVAG_BEHIND_PROXY"):
        monkeypatch.setenv(name, "the-real-one")
    monkeypatch.setenv("HEMVAG_DATABASE_NAME", "the-real-one")
    for role in ("OWNER", "STAFF", "LOG", "NUMBERS", "JOB"):
        monkeypatch.delenv(f"HEMVAG_DATABASE_{role}_URL", raising=False)
    found = opening.environment(making.space(), place)
    assert "the-real-one" not in found.values()
    assert found["HEMVAG_DATABASE_NAME"] == DATABASE
    assert found["HEMVAG_KEY_FILE"] == str(place.key)
    monkeypatch.setenv("HEMVAG_EXERCISE_DATABASE_STAFF_URL", "postgresql://u@h/hemvag_exercise")
    with pytest.raises(Told, match="HEMVAG_EXERCISE_DATABASE_OWNER_URL"):
        opening.environment(making.space(), place)


def test_settings_of_an_exercise_refuse_a_database_of_another_name() -> None:
    code = "import hemvag.config.exercise.settings"
    known = {name: value for name, value in os.environ.items() if not re.fullmatch(r"HEMVAG_DATABASE_\w+", name)}
    for name, refused in (("hemvag", True), (f"{DATABASE}_2", False)):
        variables = known | {"HEMVAG_DATABASE_NAME": name}
        done = subprocess.run([sys.executable, "-c", code], env=variables, capture_output=True, text=True, check=False)
        assert ("An exercise's database has a name" in done.stderr) is refused, done.stderr


def test_what_is_real_cannot_be_marked_as_an_exercise(named: str) -> None:
    making.marked(named, "real")
    with database.connect("owner", named) as owner, pytest.raises(installation.OtherInstallation):
        installation.mark(owner, kind="exercise", municipality="malmo")


@pytest.mark.parametrize("step", ["mark", "set_up", "_fill", "mark_filled"])
def test_an_opening_that_is_cut_off_is_made_whole_by_the_next(
    named: str, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tables and the staff are left out here: what is tried is the order of the steps."""
    for name, value in database.environment(named).items():
        monkeypatch.setenv(name, value)
    server = making.server(named, monkeypatch)
    if server is not None:
        server.drop_database(named)
    places = {"mark": opening.installation, "mark_filled": opening.installation, "set_up": opening.setting_up}
    monkeypatch.setattr(opening.setting_up, "set_up", lambda *_, **__: None)
    monkeypatch.setattr(opening, "_fill", lambda *_: None)

    def cut(*_: object, **__: object) -> None:
        raise CutOff

    with monkeypatch.context() as patched:
        patched.setattr(places.get(step, opening), step, cut)
        with pytest.raises(CutOff):
            opening.make_ready(server, making.space(named), None, say=print)
    if step != "mark":
        with database.connect("owner", named) as owner:
            owner.execute("CREATE TABLE hemvag.half_done (x int)")
    opening.make_ready(server, making.space(named), None, say=print)
    with database.connect("owner", named) as owner:
        assert installation.kind(owner) == "exercise"
        assert installation.is_filled(owner)
        if server is not None:  # what was half done there is not gone on with
            assert owner.execute("SELECT to_regclass('hemvag.half_done')").fetchone() == (None,)


@pytest.mark.parametrize("kind", ["real", "demo"])
def test_opening_changes_nothing_in_a_database_of_another_kind(
    named: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in database.environment(named).items():
        monkeypatch.setenv(name, value)
    making.marked(named, kind)
    before = making.tables(named)
    with pytest.raises(opening.NotAnExercise):
        opening.make_ready(making.server(named, monkeypatch), making.space(named), None, say=print)
    assert making.tables(named) == before


def test_an_exercise_has_cookies_of_its_own_sends_no_mail_and_asks_for_no_factor() -> None:
    """Cookies know no ports: with the real names, entering the exercise would sign a worker out of real life."""
    code = (
        "from hemvag.config.exercise import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.EMAIL_BACKEND, s.HEMVAG_KIND, len(s.MIDDLEWARE))"
    )
    variables = os.environ | {"HEMVAG_DATABASE_NAME": DATABASE}
    known = {name: value for name, value in variables.items() if not re.fullmatch(r"HEMVAG_DATABASE_\w+_URL", name)}
    done = subprocess.run([sys.executable, "-c", code], env=known, capture_output=True, text=True, check=True)
    session, forms, mail, kind, middleware = done.stdout.split()
    assert session not in {"sessionid", settings.SESSION_COOKIE_NAME}
    assert forms not in {"csrftoken", settings.CSRF_COOKIE_NAME}
    assert mail.endswith("dummy.EmailBackend")
    assert kind == "exercise"
    assert int(middleware) == len(settings.MIDDLEWARE) - 1


def test_on_a_server_of_ones_own_the_space_goes_by_its_own_five_addresses(
    named: str, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    making.on_its_own(named, monkeypatch)
    monkeypatch.setattr(opening.setting_up, "set_up", lambda *_, **__: None)
    monkeypatch.setattr(opening, "_fill", lambda *_: None)
    for name, value in opening.environment(making.space(), place).items():
        monkeypatch.setenv(name, value)
    for role in roles.ROLES:
        assert addresses.address(role)["NAME"] == named
    opening.make_ready(None, making.space(named), None, say=print)
    with database.connect("owner", named) as owner:
        assert installation.is_filled(owner)
