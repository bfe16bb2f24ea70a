"""How long and how often one is signed in, and where: an idle hour, ten hours in all, three places at once."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from hemvag.lib import clock
from hemvag.staff.models import Worker

AT_ONCE: Final = 3
"""In how many places a worker may be signed in; the one that began first ends when she signs in at a fourth."""
LONGEST: Final = dt.timedelta(hours=10)
NOTED: Final = 60
"""After how many seconds it is noted anew that a session is used."""
FAMILIES: Final = (
    *(("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox")),
    *(("Chrom", "Chrome"), ("Safari/", "Safari")),
)


@dataclass(frozen=True, order=True)
class Running:
    """A session that lasts: when it began and was used last, and in which family of browsers."""

    began: dt.datetime
    seen: dt.datetime
    browser: str
    key: str


class Limits:
    """End a session that was idle or has lasted too long, and note when a session began and is used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as for somebody who is signed out when the session's time is over."""
        if isinstance(request.user, Worker):
            self._limit(request, request.user, request.session)
        return self.get_response(request)

    def _limit(self, request: HttpRequest, worker: Worker, session: SessionBase) -> None:
        now = clock.now().timestamp()
        if "began" not in session:
            end(worker, but=session.session_key, keep=AT_ONCE - 1)
            session.update({"began": now, "seen": now, "browser": family(request.META.get("HTTP_USER_AGENT", ""))})
            session.save()
        elif now - session["seen"] > settings.HEMVAG_IDLE_MINUTES * 60:
            logout(request)
            messages.info(request, _("Du har loggats ut, för att Hemväg inte användes på en stund."))
        elif now - session["began"] > LONGEST.total_seconds():
            logout(request)
            messages.info(request, _("Du har loggats ut, för att det har gått tio timmar. Logga in igen."))
        elif now - session["seen"] > NOTED:
            session["seen"] = now


def family(agent: str) -> str:
    """Return the browser's family, or nothing when it is none of the common ones."""
    return next((name for sign, name in FAMILIES if sign in agent), "")


def running(worker: Worker) -> list[Running]:
    """Return the worker's sessions, the newest first."""
    return sorted(_running(worker), reverse=True)


def end(worker: Worker, *, but: str | None = None, keep: int = 0) -> int:
    """End the worker's sessions save `but` and the newest `keep` of the others; return how many ended."""
    others = [one.key for one in running(worker) if one.key != but]
    return Session.objects.filter(session_key__in=others[keep:]).delete()[0]


def _running(worker: Worker) -> Iterator[Running]:
    now = clock.now()
    for row in Session.objects.filter(expire_date__gt=now):
        facts = row.get_decoded()
        if facts.get(SESSION_KEY) == str(worker.pk):
            began, seen = (facts.get(name, now.timestamp()) for name in ("began", "seen"))
            yield Running(_moment(began), _moment(seen), facts.get("browser", ""), row.session_key)


def _moment(stamp: float) -> dt.datetime:
    return dt.datetime.fromtimestamp(stamp, dt.UTC)
