"""What the invented town's coordinator has written down: unknown, published figures from elsewhere, invented counts."""

import datetime as dt
from typing import Final

from hemvag.agencies.models import Unit
from hemvag.config.demo.stage import Stage
from hemvag.picture import calculate, define, pasted, say
from hemvag.picture.models import Kind

SINCE: Final = dt.date(2013, 1, 1)
UNTIL: Final = dt.date(2017, 12, 31)
AREA: Final = "Folkbokförda i kommunen vid avresan"
DEFINITIONS: Final = {
    Kind.TRAVELLED: "Vuxna som lämnade landet för att leva i området, oavsett hur länge de stannade. Exempel.",
    Kind.RETURNED: "Vuxna som har varit där och bor i kommunen igen. Exempel.",
    Kind.ABROAD: "Vuxna som inte har kommit tillbaka och inte är kända som döda. Exempel.",
}
COUNTS: Final = """polisen,socialtjänsten,skolan,föreningen,count
1,0,0,0,38
0,1,0,0,31
0,0,1,0,22
0,0,0,1,17
1,1,0,0,16
1,0,1,0,7
0,1,1,0,11
1,0,0,1,6
0,1,0,1,8
0,0,1,1,5
1,1,1,0,6
1,1,0,1,3
0,1,1,1,2
1,1,1,1,1
"""
LISTS: Final = (
    ("Polisen", "Personer som polisen har mött. Antalen är påhittade."),
    ("Socialtjänsten", "Personer med en kontakt hos socialtjänsten. Antalen är påhittade."),
    ("Skolan", "Personer som skolan har mött. Antalen är påhittade."),
    ("En förening", "Personer som har sökt föreningens stöd. Antalen är påhittade."),
)


def live(stage: Stage) -> None:
    """Let the coordinator fill in her picture; the job worker works out the lists when it begins."""
    unit = stage.cast.of_kind(Unit.Kind.COORDINATION)
    by, at = stage.cast.all(unit, "coordinator")[0], stage.now - dt.timedelta(days=40)
    of = {
        kind: define.define(
            authority=unit.authority_id,
            kind=kind,
            since=SINCE,
            until=UNTIL,
            area=AREA,
            definition=definition,
            by=by,
            at=at,
        )
        for kind, definition in DEFINITIONS.items()
    }
    say.unknown(of[Kind.ABROAD], words="Ingen har räknat, och de som kan veta får inte berätta.", by=by, at=at)
    say.own(
        of[Kind.TRAVELLED],
        low=120,
        high=130,
        words="Exempel: Göteborgs eget spann. Dagen är påhittad, och talet gäller inte den här kommunen.",
        author="Göteborgs Stad (exempel)",
        made_on=dt.date(2017, 5, 4),
        by=by,
        at=at,
    )
    table = calculate.keep(of[Kind.RETURNED], pasted.read(COUNTS), by=by, at=stage.now)
    calculate.start(table, [calculate.Described(*said) for said in LISTS], by=by, at=stage.now, seed=1)
