"""Who reaches which address. A new page is a new row here; a test fails while it is missing.

`lets_in` names the parts of the small town (`tests/town.py`) that get in; every other part, and a worker without any
membership, gets 404, the same as for what does not exist. Who is signed out is sent to sign in, unless `visitor` says
otherwise. The child's case of the story is in the unit "children" and is the social worker's; so "colleague" is the
same unit, "other_worker" and "other_lead" another unit, and the rest are outsiders. `of` says which object stands in
the address: the case as it is ("case"), under broken glass ("glass": "other_worker" broke it), when that time has run
out, when the social worker has stepped off, when an agreement has opened a part of it to "other_worker".
"""

from dataclasses import dataclass
from typing import Literal

PARTS = (
    *("counsellor", "other_counsellor", "registrar", "social_worker", "colleague", "unit_lead", "other_lead"),
    *(
        "other_worker",
        "support_worker",
        "support_colleague",
        "support_lead",
        "on_call",
        "protected_desk",
        "coordinator",
        "privacy_officer",
        "lawyer",
        "archivist",
        "administrator",
    ),
    "nobody",
)
SIGN_IN, OPEN = "sign_in", "open"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One address and who gets in."""

    name: str
    lets_in: frozenset[str]
    of: str = ""
    method: Literal["get", "post"] = "get"
    visitor: Literal["sign_in", "open", "not_there"] = "sign_in"

    def __str__(self) -> str:
        return f"{self.name}{f' of {self.of}' if self.of else ''}"


def row(name: str, lets_in: str, of: str = "", *, method: Literal["get", "post"] = "get", open: bool = False) -> Row:  # noqa: A002
    """Return the row; `lets_in` names parts with spaces between."""
    visitor: Literal["sign_in", "open"] = "open" if open else "sign_in"
    return Row(name=name, lets_in=frozenset(lets_in.split()), of=of, method=method, visitor=visitor)


def unset(name: str) -> Row:
    """Return the row of an address that is there only where the municipality has a sign-in of its own."""
    return Row(name=name, lets_in=frozenset(), visitor="not_there")


EVERYONE = " ".join(PARTS)
LINE = "counsellor other_counsellor"
WORKS = "social_worker unit_lead"
IDENTIFIES = "registrar on_call"
REVIEWS = "unit_lead other_lead support_lead protected_desk"
SEES = f"{WORKS} {IDENTIFIES}"
ADULTS = "support_worker support_lead"
READS = "social_worker colleague unit_lead other_lead other_worker"

RECEIVES = "registrar unit_lead other_lead on_call protected_desk support_lead"
TELLS = (
    "social_worker colleague unit_lead other_lead other_worker on_call protected_desk support_worker support_colleague"
    " support_lead"
)

ROWS = (
    # the door
    row("home", EVERYONE),
    row("today", EVERYONE),
    row("language", EVERYONE, method="post", open=True),
    row("preferences", EVERYONE),
    row("sign_out", EVERYONE, method="post"),
    row("dossiers:draft_key", EVERYONE),
    # who works here
    row("access:mine", EVERYONE),
    row("access:end_others", EVERYONE, method="post"),
    row("access:workers", "administrator"),
    row("access:enter", "administrator"),
    row("access:worker", "administrator", "worker"),
    row("access:give", "administrator", "worker"),
    row("access:away", "administrator", "worker"),
    row("access:link", "administrator", "worker"),
    row("access:link", "administrator", "worker", method="post"),
    row("access:new_factors", "administrator", "worker"),
    row("access:end_sessions", "administrator", "worker"),
    row("access:leave", "administrator", "worker"),
    row("access:end_role", "administrator", "membership"),
    row("access:answer", "unit_lead", "proposal"),
    row("access:changes", "privacy_officer administrator"),
    # sign-in: a worker's own, whatever her role
    unset("municipality_login"),
    unset("municipality_callback"),
    row("access:tie", ""),
    row("account_login", EVERYONE, open=True),
    row("account_inactive", EVERYONE, open=True),
    row("account_reset_password_from_key", EVERYONE, "link", open=True),
    row("account_reset_password_from_key_done", EVERYONE, open=True),
    row("mfa_login_webauthn", EVERYONE),
    row("mfa_authenticate", EVERYONE),
    row("account_reauthenticate", EVERYONE),
    row("account_change_password", EVERYONE),
    row("account_set_password", EVERYONE),
    row("mfa_index", EVERYONE),
    row("mfa_list_webauthn", EVERYONE),
    row("mfa_reauthenticate", EVERYONE),
    row("mfa_reauthenticate_webauthn", EVERYONE),
    row("mfa_activate_totp", EVERYONE),
    row("mfa_deactivate_totp", EVERYONE),
    row("mfa_view_recovery_codes", EVERYONE),
    row("mfa_generate_recovery_codes", EVERYONE),
    row("mfa_add_webauthn", EVERYONE),
    row("mfa_remove_webauthn", "social_worker", "key"),
    # the support line
    row("line:list", LINE),
    row("line:new", LINE),
    row("line:enter", LINE),
    row("line:received", LINE),
    row("line:call", LINE, "contact"),
    row("line:draft", LINE, "contact", method="post"),
    row("line:close", LINE, "contact"),
    row("line:code", LINE, "contact"),
    row("line:call_back", LINE, "contact"),
    row("line:gate", LINE, "contact"),
    row("line:report", LINE, "contact"),
    row("line:report_draft", LINE, "contact", method="post"),
    row("line:hand_over", LINE, "contact"),
    row("line:hand_over_draft", LINE, "contact", method="post"),
    row("line:went", LINE, "call_back", method="post"),
    # a child's case
    row("concerns:register", f"{LINE} {SEES} colleague other_lead other_worker protected_desk"),
    row("concerns:register_draft", f"{LINE} {SEES} colleague other_lead other_worker protected_desk", method="post"),
    row("concerns:known", "registrar on_call", "report"),
    row("concerns:unit", "registrar unit_lead other_lead on_call protected_desk"),
    row("concerns:case", WORKS, "case"),
    row("concerns:case", "protected_desk", "protected"),
    row("concerns:match", "unit_lead registrar on_call", "match"),
    row("concerns:match", "", "protected_match"),
    row("concerns:check", SEES, "case"),
    row("concerns:check", "protected_desk", "protected"),
    row("concerns:merging", "unit_lead registrar on_call", "merge"),
    row("concerns:decision", WORKS, "decision"),
    row("concerns:links", WORKS, "case"),
    row("concerns:attach", WORKS, "case"),
    row("concerns:attachment", WORKS, "attachment"),
    row("concerns:assign", "unit_lead", "case"),
    row("concerns:assign", "protected_desk", "protected"),
    row("concerns:step_off", WORKS, "case"),
    row("concerns:late", WORKS, "case"),
    row("concerns:draft", WORKS, "draft", method="post"),
    row("concerns:protection", WORKS, "case"),
    row("concerns:preliminary", WORKS, "case"),
    row("concerns:more_time", WORKS, "case"),
    row("concerns:extension", WORKS, "case"),
    row("concerns:closing", WORKS, "case"),
    row("concerns:feedback", WORKS, "case"),
    row("concerns:feedback_asked", WORKS, "case"),
    row("concerns:voice", WORKS, "case"),
    row("concerns:meeting", WORKS, "case"),
    row("concerns:note", WORKS, "case"),
    row("concerns:pass_on", WORKS, "case"),
    row("concerns:receipt", WORKS, "case"),
    # the same case under broken glass: to read, and only its page
    row("concerns:case", f"{WORKS} other_worker", "glass"),
    row("concerns:note", WORKS, "glass"),
    row("concerns:draft", WORKS, "glass_draft", method="post"),
    row("concerns:links", WORKS, "glass"),
    row("concerns:attach", WORKS, "glass"),
    row("concerns:attachment", WORKS, "glass_attachment"),
    row("concerns:assign", "unit_lead", "glass"),
    row("concerns:step_off", WORKS, "glass"),
    row("concerns:decision", WORKS, "glass_decision"),
    row("concerns:case", WORKS, "glass_expired"),
    row("concerns:case", "protected_desk", "glass_moved"),
    row("dossiers:glass_review", "unit_lead", "broken"),
    row("dossiers:glass_review", "unit_lead", "broken_and_off"),
    # from which the social worker has stepped off, and of which an agreement has opened a part to another
    row("concerns:case", "unit_lead", "stepped_off"),
    row("concerns:note", "unit_lead", "stepped_off"),
    row("concerns:case", WORKS, "granted"),
    row("concerns:note", WORKS, "granted"),
    # an adult's case: the support worker's, and never a colleague's beside her
    row("support:unit", f"{ADULTS} support_colleague protected_desk"),
    row("support:own", f"{ADULTS} support_colleague protected_desk"),
    row("support:own_draft", f"{ADULTS} support_colleague protected_desk", method="post"),
    row("support:told", f"{ADULTS} support_colleague protected_desk"),
    row("support:told_draft", f"{ADULTS} support_colleague protected_desk", method="post"),
    row("support:shared", f"{READS} {ADULTS} support_colleague protected_desk"),
    row("support:case", ADULTS, "adult"),
    row("support:case", "protected_desk", "protected_adult"),
    row("support:assign", "support_lead", "adult"),
    row("support:step_off", ADULTS, "adult"),
    row("support:draft", ADULTS, "adult_draft", method="post"),
    row("support:attempt", ADULTS, "adult"),
    row("support:came_back", ADULTS, "adult"),
    row("support:agree", ADULTS, "adult"),
    row("support:given", ADULTS, "adult_agreement"),
    row("support:withdraw", ADULTS, "adult_agreement"),
    row("support:receipt", "", "adult_agreement"),
    row("support:receipt", ADULTS, "adult_withdrawn"),
    row("support:plan", ADULTS, "adult"),
    row("support:follow_up", ADULTS, "adult"),
    row("exchange:conference", ADULTS, "adult"),
    row("exchange:told", ADULTS, "adult"),
    row("exchange:tell", ADULTS, "adult"),
    row("support:note", ADULTS, "adult"),
    row("support:police", ADULTS, "adult"),
    row("support:close", ADULTS, "adult"),
    # an agreement lets the unit "other_children" read a part, until it is taken back; a child's case is no adult's
    row("support:agreed", ADULTS, "adult"),
    row("support:agreed", f"{ADULTS} other_worker other_lead", "adult_granted"),
    row("support:case", ADULTS, "adult_granted"),
    row("support:note", ADULTS, "adult_granted"),
    row("support:agreed", ADULTS, "adult_granted_before"),
    row("support:case", "", "case"),
    row("concerns:case", "", "adult"),
    row("people:glass", "social_worker colleague unit_lead other_lead other_worker on_call"),
    row("people:search", f"{SEES} colleague other_lead other_worker"),
    row("exchange:look_up", f"{SEES} colleague other_lead other_worker"),
    # the law
    row("counsel:may_i_tell", EVERYONE),
    row("counsel:rules", EVERYONE),
    row("counsel:rule", EVERYONE, "rule"),
    row("counsel:questions", EVERYONE),
    row("counsel:question", EVERYONE, "question"),
    row("counsel:take_position", "lawyer", "question"),
    row("counsel:take_position", "lawyer", "question", method="post"),
    # telling, envelopes and the ledger
    row("exchange:told", WORKS, "case"),
    row("exchange:told", "unit_lead", "stepped_off"),
    row("exchange:tell", WORKS, "case"),
    row("exchange:draft", WORKS, "case", method="post"),
    row("exchange:received", WORKS, "case"),
    row("exchange:arrived", WORKS, "told", method="post"),
    row("exchange:recall", WORKS, "told"),
    row("exchange:incident", WORKS, "recalled"),
    row("exchange:withdraw", WORKS, "offer", method="post"),
    row("exchange:written_in", WORKS, "offer"),
    # a family comes home: the plan is its lead unit's, and reached from a child's dossier
    row("reception:open", WORKS, "case"),
    row("reception:open", "protected_desk", "protected"),
    row("reception:open", "unit_lead", "stepped_off"),
    row("reception:open_draft", WORKS, "case", method="post"),
    *(row(f"reception:{name}", WORKS, "plan") for name in ("plan", "known", "use", "comes", "add", "step_off")),
    row("reception:assign", "unit_lead", "plan"),
    row("reception:plan", "protected_desk", "protected_plan"),
    row("reception:plan", "", "not_a_plan"),
    row("reception:known_draft", WORKS, "plan", method="post"),
    row("reception:send_draft", WORKS, "plan_task", method="post"),
    *(row(f"reception:{name}", WORKS, "plan_task") for name in ("task", "send", "agree")),
    row("exchange:inbox", RECEIVES),
    row("exchange:envelope", "social_worker other_lead", "envelope"),
    row("exchange:envelope", "social_worker", "envelope_returned"),
    row("exchange:register", "other_lead", "envelope", method="post"),
    row("exchange:consult", TELLS),
    row("exchange:ledger", "privacy_officer"),
    row("exchange:export", "privacy_officer"),
    # numbers
    row("counts:counts", "coordinator"),
    row("picture:picture", "coordinator"),
    row("picture:define", "coordinator", "kind"),
    row("picture:unknown", "coordinator", "population"),
    row("picture:own", "coordinator", "population"),
    row("picture:lists", "coordinator", "population"),
    row("picture:table", "coordinator", "table"),
    row("picture:merge", "coordinator", "table", method="post"),
    row("picture:run", "coordinator", "run"),
    row("picture:pdf", "coordinator", "done"),
    # exercises: reports of what was tried, with no person in them
    row("readiness:exercises", "coordinator"),
    row("readiness:exercise_new", "coordinator"),
    row("readiness:exercise_take_in", "coordinator"),
    row("readiness:exercise", "coordinator", "exercise"),
    row("readiness:exercise_report", "coordinator", "exercise"),
    row("readiness:exercise_gap", "coordinator", "exercise"),
    row("readiness:own_gap", "coordinator", "exercise_gap"),
    row("readiness:close_gap", "coordinator", "exercise_gap"),
    # the level of preparedness and its checklist
    row("readiness:level", "coordinator"),
    row("readiness:decide", "coordinator"),
    row("readiness:decision", "coordinator", "level"),
    row("readiness:checklist", "coordinator"),
    row("readiness:check", "coordinator", "check"),
    row("readiness:tick", "coordinator", "check", method="post"),
    # log review: nobody her own, and whoever reads the log sees no name
    row("oversight:reviews", REVIEWS),
    row("oversight:review", "unit_lead privacy_officer", "review"),
    row("oversight:ask", REVIEWS, "review", method="post"),
    row("oversight:mark", REVIEWS, "review", method="post"),
    row("oversight:draw", REVIEWS, "unit", method="post"),
    row("oversight:asked", "social_worker", "asked"),
    row("oversight:asked", "", "review"),
    row("oversight:log", "privacy_officer"),
    row("oversight:take_out", "privacy_officer", method="post"),
    row("oversight:outcomes", "privacy_officer"),
    row("oversight:glass", "privacy_officer"),
    row("oversight:seal", "privacy_officer"),
)
