"""The four things that are measured, as a signed-in browser sends them and as the bare floor is asked for the same."""

import http.client
import json
import random
import re
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from allauth.account.internal.userkit import user_id_to_str
from django.conf import settings
from django.contrib import auth
from django.contrib.sessions.backends.db import SessionStore

from bench.cases import Laid
from bench.load import CLIENTS, Request
from bench.town import Town
from hemvag.lib import clock
from hemvag.staff.models import Worker

ROWS_OF_TODAY = 100
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
TEXT = "Barnet har varit borta från skolan i flera veckor och ingen har kunnat nå hemmet på telefon. " * 6


class NotAsExpected(RuntimeError):
    """A page did not answer as it should, so that measuring it would say nothing."""


@dataclass(frozen=True)
class Measure:
    """One measure: its name, the requests to Hemväg and to the floor, and whether they may be sent again."""

    name: str
    hemvag: list[Request]
    floor: list[Request]
    again: bool


@dataclass(frozen=True)
class Visitor:
    """A worker's session in one browser, with the token that the browser got on a page."""

    worker: Worker
    cookie: str
    token: str

    def get(self, path: str) -> Request:
        """Return a request for a page."""
        return Request("GET", path, headers={"Cookie": self.cookie, "Accept-Language": "sv"})

    def post(self, path: str, typed: dict[str, str]) -> Request:
        """Return a request that sends a form once: it leads on to another page when all is well."""
        body = urlencode(typed | {"csrfmiddlewaretoken": self.token, "once": str(uuid.uuid4())})
        return Request("POST", path, body=body, headers={"Cookie": self.cookie, **FORM}, status=302)


def sign_in(base: str, worker: Worker) -> Visitor:
    """Make a session directly in the database, and fetch a page with it as a browser would."""
    key = session_of(worker)
    answer, page = fetch(base, Request("GET", "/today/", headers={"Cookie": f"sessionid={key}"}))
    found = TOKEN.search(page)
    cookies = re.findall(r"csrftoken=\w+", answer.headers.get("Set-Cookie", ""))
    if found is None or not cookies:
        raise NotAsExpected(f"Today answered {answer.status} with no form for {worker.email}.")
    return Visitor(worker, f"sessionid={key}; {cookies[0]}", found[1])


def session_of(worker: Worker) -> str:
    """Return the key of a new session of the worker, who has shown a second factor."""
    session = SessionStore()
    session[auth.SESSION_KEY] = str(worker.pk)
    session[auth.BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[auth.HASH_SESSION_KEY] = worker.get_session_auth_hash()
    session["account_authentication_methods_user"] = user_id_to_str(worker)
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session.create()
    return str(session.session_key)


def fetch(base: str, request: Request) -> tuple[http.client.HTTPResponse, str]:
    """Send one request; return the answer and its text."""
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=60)
    connection.request(request.method, request.path, body=request.body or None, headers=request.headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer, text


def measures(base: str, town: Town, laid: Laid, *, most: int) -> list[Measure]:
    """Return the four measures; of those that can be sent only once at most `most` requests, if there are cases."""
    chance = random.Random(0)
    registrars = [sign_in(base, worker) for worker in town.registrars[:CLIENTS]]
    leads = [sign_in(base, worker) for worker in busiest(town, laid)]
    workers = {row.id: row for unit in town.workers for row in unit}
    cases = [
        (visitor, dossier)
        for visitor in (sign_in(base, workers[key]) for key in chance.sample(sorted(laid.of_worker), CLIENTS))
        for dossier in laid.of_worker[visitor.worker.id]
    ]
    chance.shuffle(cases)
    visitors = {key: sign_in(base, workers[key]) for key in {row.worker for row in laid.waiting if row.worker}}
    waiting = [(visitors[row.worker], row) for row in laid.waiting if row.worker]
    chance.shuffle(waiting)
    return [
        Measure(
            "Receive a report",
            [registrars[number % CLIENTS].post("/reports/new/", reported(town, number)) for number in range(most)],
            [floor_receives(number) for number in range(100)],
            again=False,
        ),
        Measure(
            "Today, 100 rows",
            [visitor.get("/today/") for visitor in leads],
            [Request("GET", "/newest/")],
            again=True,
        ),
        Measure(
            "One case page",
            [visitor.get(f"/children/{dossier}/") for visitor, dossier in cases],
            [Request("GET", f"/one/{chance.randint(1, most)}/") for _ in range(500)],
            again=True,
        ),
        Measure(
            "Record a decision",
            [
                visitor.post(f"/children/{row.dossier}/preliminary/", decided(str(row.step)))
                for visitor, row in waiting[:most]
            ],
            [Request("POST", f"/update/{chance.randint(1, most)}/") for _ in range(500)],
            again=False,
        ),
    ]


def busiest(town: Town, laid: Laid) -> Sequence[Worker]:
    """Return the leads with most cases waiting to be given out, one a client."""
    by_work = sorted(zip(town.units, town.leads, strict=True), key=lambda pair: -laid.unassigned[pair[0].id])
    return [lead for _unit, lead in by_work[:CLIENTS]]


def reported(town: Town, number: int) -> dict[str, str]:
    """Return what a registrar types for a report about one child."""
    now = clock.local(clock.now())
    born = 2012 + number % 12
    return {
        "day": now.date().isoformat(),
        "time": "00.00",
        "channel": "written",
        "source": "police",
        "name": "Bo Ek",
        "title": "Polisassistent",
        "organisation": "Polisen",
        "contact": "114 14",
        "feedback": "yes",
        "text": TEXT,
        "children-TOTAL_FORMS": "1",
        "children-INITIAL_FORMS": "0",
        "children-MIN_NUM_FORMS": "1",
        "children-MAX_NUM_FORMS": "12",
        "children-0-given": ("Noor", "Elsa", "Adam", "Hugo")[number % 4],
        "children-0-family": f"Provsson{number}",
        "children-0-birth_kind": "exact",
        "children-0-birth_date": f"{born}-05-04",
        "children-0-number_kind": "none",
        "children-0-number_reason": "not_known",
        "children-0-whereabouts": "here",
        "children-0-guardians": "Sara Ek, mamma, 070-174 06 05",
        "children-0-district_code": town.districts[number % len(town.districts)].code,
    }


def decided(step: str) -> dict[str, str]:
    """Return what a social worker types to decide a preliminary assessment."""
    now = clock.local(clock.now())
    return {
        "step": step,
        "outcome": "not_open",
        "reasons": TEXT[:300],
        "day": now.date().isoformat(),
        "time": f"{now:%H.%M}",
    }


def floor_receives(number: int) -> Request:
    """Return the floor's own report: six fields."""
    typed = {
        "name": f"Noor Provsson{number}",
        "phone": "070-174 06 05",
        "email": "bo@example.test",
        "district": "Område 3",
        "text": TEXT,
        "received": clock.today().isoformat(),
    }
    return Request("POST", "/receive/", body=urlencode(typed), headers=FORM, status=201)


def check(base: str, found: Sequence[Measure]) -> None:
    """Send one request of each measure and see that the answer is what is to be measured. Raises NotAsExpected."""
    for measure in found:
        request = taken(measure)
        answer, page = fetch(base, request)
        if answer.status != request.status:
            raise NotAsExpected(f"{measure.name}: {request.method} {request.path} answered {answer.status}.\n{page}")
        rows = page.count('class="waiting-row"')
        if request.path == "/today/" and rows < ROWS_OF_TODAY:
            raise NotAsExpected(f"Today shows {rows} rows, not {ROWS_OF_TODAY}.")


def taken(measure: Measure) -> Request:
    """Return one request of the measure; one that can be sent only once is not measured any more."""
    return measure.hemvag[0] if measure.again else measure.hemvag.pop()


def floor_rows(number: int) -> Iterator[tuple[str, ...]]:
    """Give rows like those of the cases, for the floor's table."""
    for place in range(number):
        typed = json.dumps(place)
        yield (f"Noor {typed}", "070-174 06 05", "bo@example.test", "Område 3", TEXT, "2026-01-01", "new")
