"""The objects whose addresses the table tries, each made by the house's own verbs when it is asked for."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from allauth.mfa.models import Authenticator

from hemvag.access import giving
from hemvag.concerns import assignment, hours, merge, report
from hemvag.concerns.models import ConcernReport, Decision, Merge
from hemvag.dossiers import agreement, attachments, glass
from hemvag.dossiers.models import Agreement, BrokenGlass, GivenBy
from hemvag.dossiers.opened import Opened
from hemvag.exchange import incident, offer, tell
from hemvag.exchange.models import Offer
from hemvag.lib import clock
from hemvag.line import call_back, contact
from hemvag.line.models import CallBack, Contact
from hemvag.oversight import draw, found
from hemvag.oversight import review as log_review
from hemvag.oversight.models import Review
from hemvag.staff import workers
from hemvag.staff.models import Proposal, Worker
from hemvag.support import agreements
from tests.concerns import making
from tests.conftest import Town
from tests.exchange.making import sent, telling
from tests.reception import making as receiving
from tests.rules.story_town import TOWN
from tests.support import making as adults


def working_day(town: Town) -> dt.datetime:
    """Return ten o'clock on an open day about 200 days ago, so that what waits from then is late."""
    day = clock.now().replace(hour=10, minute=0) - dt.timedelta(days=200)
    while not hours.is_open(town.municipality, day):
        day -= dt.timedelta(days=1)
    return day


def case(town: Town) -> ConcernReport:
    """A child's case of the unit "children" that is the social worker's, under investigation and late."""
    day = working_day(town)
    made = making.case(town, at=day)
    making.decide(town, made, at=day + making.MINUTE)
    return made


def said_same(town: Town) -> Merge:
    """What the registrar has said: a new report is about the case's child. It waits for a second person."""
    day = working_day(town)
    known = case(town)
    [new] = making.receive(town, at=day)
    return merge.suggest(new.dossier_id, into=known.dossier_id, by=town.workers["registrar"], at=day)


def protected(town: Town) -> ConcernReport:
    """The case of a child with protected identity."""
    child = report.Child(identity=making.identity(protected="secrecy_marking"), district=town.district)
    [made] = making.receive(town, at=working_day(town), children=[child])
    assert made.dossier.unit == town.protected_desk
    return made


REASON = "Barnet sitter hos jouren och ingen svarar på enheten."


def under_glass(town: Town, *, minutes_ago: int = 0) -> ConcernReport:
    """The social worker's case, whose glass the other unit's worker has broken."""
    made = case(town)
    at = clock.now() - dt.timedelta(minutes=minutes_ago)
    glass.break_glass([made.dossier_id], reason=REASON, by=town.workers["other_worker"], at=at)
    return made


def moved(town: Town) -> ConcernReport:
    """The same, gone over to the protected desk meanwhile."""
    made = under_glass(town)
    made.dossier.unit, made.dossier.worker = town.protected_desk, None
    made.dossier.save()
    return made


def stepped_off(town: Town, made: ConcernReport) -> ConcernReport:
    """The case when the social worker has stepped off it."""
    worker, at = town.workers["social_worker"], clock.now()
    assignment.step_off(making.opened(town, made, at=at), reasons="Min granne.", by=worker, at=at)
    return made


def granted(town: Town) -> ConcernReport:
    """The case, with an agreement that lets the other unit's worker read who it is about."""
    made, at = case(town), clock.now()
    agreement.agree(
        making.opened(town, made, at=at),
        given_by=GivenBy.GUARDIAN,
        words=agreement.Words(what="Vem", to_whom="Söder", purpose="Samordning", read_back_by="Kim"),
        openings=[agreement.Opening(kinds=["identity", "report"], worker=town.workers["other_worker"])],
        valid_from=at,
        valid_to=at + dt.timedelta(days=7),
        by=town.workers["social_worker"],
        at=at,
    )
    return made


def broken(made: ConcernReport) -> BrokenGlass:
    """The broken glass of the case."""
    return BrokenGlass.objects.get(dossier=made.dossier_id)


def decision(made: ConcernReport) -> Decision:
    """The first decision of the case."""
    return Decision.objects.filter(dossier=made.dossier_id)[0]


def attached(town: Town, made: ConcernReport) -> dict[str, Any]:
    """The parts of the address of a file in the case."""
    worker, at = town.workers["social_worker"], clock.now()
    held = making.opened(town, made, at=at)
    key = attachments.attach(held, name="brev.txt", content_type="text/plain", data=b"Hej", by=worker, at=at)
    return {"dossier_id": made.dossier_id, "attachment_id": key}


def begun(town: Town) -> Contact:
    """A contact that a counsellor has begun."""
    return contact.start(by=town.workers["counsellor"], at=clock.now())


def promised(town: Town) -> CallBack:
    """A call-back that a counsellor has promised."""
    at = clock.now()
    return call_back.promise(
        begun(town).id,
        call_back.Promise(number="0701740605"),
        due_from=at + dt.timedelta(hours=1),
        due_to=at + dt.timedelta(hours=2),
        by=town.workers["counsellor"],
        at=at,
    )


def review(town: Town) -> Review:
    """An opening of the social worker's that her lead is to review."""
    day = clock.local(case(town).registered_at).date()
    week = day - dt.timedelta(days=day.weekday())
    draw.draw(town.children, week=week, by=None, at=found.starts(week + found.A_WEEK))
    return Review.objects.filter(worker=town.workers["social_worker"], lead=town.workers["unit_lead"])[0]


def asked(town: Town) -> Review:
    """The same when the lead has asked."""
    row = review(town)
    log_review.ask(row.id, by=town.workers["unit_lead"], at=clock.now())
    return row


def link(town: Town) -> dict[str, Any]:
    """The parts of a link to choose a password."""
    number, _, key = workers.password_link(town.workers["colleague"]).rstrip("/").rsplit("/", 1)[-1].partition("-")
    return {"uidb36": number, "key": key}


def key(town: Town) -> int:
    """The social worker's security key; everyone has one."""
    Authenticator.objects.bulk_create(
        Authenticator(user=worker, type="webauthn", data={"name": "1", "credential": {}})
        for worker in Worker.objects.all()
    )
    return int(Authenticator.objects.get(user=town.workers["social_worker"], type="webauthn").pk)


def proposal(town: Town) -> Proposal:
    """A role in the unit "children" that the only administrator has proposed: the unit's lead confirms it."""
    made = giving.give(
        town.workers["other_worker"],
        unit=town.children,
        role="social_worker",
        valid_from=clock.today(),
        valid_to=None,
        by=town.workers["administrator"],
        at=clock.now(),
    )
    assert isinstance(made, Proposal)
    return made


def told(town: Town, *, wrong: bool = False) -> dict[str, Any]:
    """The parts of an address about something told from the social worker's case; `wrong` when it was recalled."""
    opened = making.opened(town, case(town), at=clock.now())
    by, at = town.workers["social_worker"], clock.now()
    row = tell.record(opened, telling(opened), told_at=at, by=by, at=at)
    if wrong:
        incident.recall(opened, row, discovered_at=at, text="Fel nummer.", by=by, at=at)
    return {"dossier_id": opened.dossier.id, "disclosure_id": row.id}


def offered(town: Town, *, returned: bool = False) -> Offer:
    """An envelope from the social worker to the other children's unit; `returned` when it was taken back."""
    opened = making.opened(town, case(town), at=clock.now())
    made = sent(town, opened, at=clock.now())
    if returned:
        offer.withdraw(opened, made, by=town.workers["social_worker"], at=clock.now())
    return made


def adult(town: Town, **facts: Any) -> Opened:
    """The support worker's case, begun by the person's own contact."""
    return adults.own(town, at=clock.now(), **facts)


def adult_agreement(town: Town, *, withdrawn: bool = False, granted: bool = False) -> Agreement:
    """An agreement in the support worker's case; it may let "other_children" read the plan, or be taken back."""
    opened, at = adult(town), clock.now()
    scope: dict[str, Any] = {"unit": town.other_children, "kinds": ("plan",), "receivers": ()} if granted else {}
    made = adults.agree(town, opened, at=at, **scope)
    if withdrawn:
        agreements.withdraw(opened, made.id, by=town.workers["support_worker"], at=at)
    return made


def of_agreement(made: Agreement) -> dict[str, Any]:
    """The parts of an agreement's address."""
    return {"dossier_id": made.dossier_id, "agreement_id": made.id}


def plan(town: Town, *, hidden: bool = False) -> Opened:
    """A plan for the case's child, led by its unit; `hidden` when the child's identity is protected."""
    part = "protected_desk" if hidden else "social_worker"
    made = protected(town) if hidden else case(town)
    child = making.opened(town, made, part=part, at=clock.now())
    return receiving.made(town, [child], at=clock.now(), part=part)


KEYWORDS: Mapping[str, Callable[[Town], dict[str, Any]]] = {
    "": lambda _town: {},
    "case": lambda town: {"dossier_id": case(town).dossier_id},
    "draft": lambda town: {"dossier_id": case(town).dossier_id, "code": "note"},
    "protected": lambda town: {"dossier_id": protected(town).dossier_id},
    "match": lambda town: {"dossier_id": case(town).dossier_id, "other_id": case(town).dossier_id},
    "protected_match": lambda town: {"dossier_id": case(town).dossier_id, "other_id": protected(town).dossier_id},
    "merge": lambda town: {"merge_id": said_same(town).id},
    "attachment": lambda town: attached(town, case(town)),
    "glass_attachment": lambda town: attached(town, under_glass(town)),
    "report": lambda town: {"report_id": case(town).id},
    "decision": lambda town: {"decision_id": decision(case(town)).id},
    "glass": lambda town: {"dossier_id": under_glass(town).dossier_id},
    "glass_draft": lambda town: {"dossier_id": under_glass(town).dossier_id, "code": "note"},
    "glass_decision": lambda town: {"decision_id": decision(under_glass(town)).id},
    "glass_expired": lambda town: {"dossier_id": under_glass(town, minutes_ago=60).dossier_id},
    "glass_moved": lambda town: {"dossier_id": moved(town).dossier_id},
    "broken": lambda town: {"glass_id": broken(under_glass(town)).id},
    "broken_and_off": lambda town: {"glass_id": broken(stepped_off(town, under_glass(town))).id},
    "stepped_off": lambda town: {"dossier_id": stepped_off(town, case(town)).dossier_id},
    "granted": lambda town: {"dossier_id": granted(town).dossier_id},
    "adult": lambda town: {"dossier_id": adult(town).dossier.id},
    "adult_draft": lambda town: {"dossier_id": adult(town).dossier.id, "code": "note"},
    "protected_adult": lambda town: {"dossier_id": adult(town, protected="secrecy_marking").dossier.id},
    "adult_agreement": lambda town: of_agreement(adult_agreement(town)),
    "adult_withdrawn": lambda town: of_agreement(adult_agreement(town, withdrawn=True)),
    "adult_granted": lambda town: {"dossier_id": adult_agreement(town, granted=True).dossier_id},
    "adult_granted_before": lambda town: {"dossier_id": adult_agreement(town, granted=True, withdrawn=True).dossier_id},
    "contact": lambda town: {"contact_id": begun(town).id},
    "call_back": lambda town: {"call_back_id": promised(town).id},
    "rule": lambda _town: {"rule_id": "IS-01"},
    "question": lambda _town: {"key": "Q02"},
    "review": lambda town: {"review_id": review(town).id},
    "asked": lambda town: {"review_id": asked(town).id},
    "unit": lambda town: {"unit_id": town.children.id},
    "link": link,
    "worker": lambda town: {"worker_id": town.workers["colleague"].id},
    "membership": lambda town: {"membership_id": town.workers["colleague"].memberships.get().id},
    "told": told,
    "recalled": lambda town: told(town, wrong=True),
    "offer": lambda town: {"offer_id": (made := offered(town)).id, "dossier_id": made.disclosure.dossier_id},
    "envelope": lambda town: {"envelope_id": offered(town).envelope_id},
    "plan": lambda town: {"plan_id": plan(town).dossier.id},
    "protected_plan": lambda town: {"plan_id": plan(town, hidden=True).dossier.id},
    "not_a_plan": lambda town: {"plan_id": case(town).dossier_id},
    "plan_task": lambda town: {"plan_id": plan(town).dossier.id, "key": "R17"},
    "envelope_returned": lambda town: {"envelope_id": offered(town, returned=True).envelope_id},
    "proposal": lambda town: {"proposal_id": proposal(town).id},
    "key": lambda town: {"pk": key(town)},
    **TOWN,
}
"""What stands in the address of each kind of object."""
