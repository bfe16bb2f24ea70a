"""What this room keeps, for how long, and who may write it."""

from hemvag.web.records import Record

LEDGER = "what was told, to whom, on which ground: OSL 5:1, GDPR 5.2"

RECORDS = [
    Record("exchange.Disclosure", kind="append_only", keep="dossier", why=LEDGER),
    Record("exchange.Offer", kind="append_only", keep="dossier", why="what was sent and wants an answer"),
    Record("exchange.Answer", kind="append_only", keep="dossier", why="the sender sees what became of it"),
    Record("exchange.Receipt", kind="append_only", keep="dossier", why="that it arrived, and that the person was told"),
    Record("exchange.Received", kind="append_only", keep="dossier", why="what others told us, and on which ground"),
    Record("exchange.Incident", kind="append_only", keep="dossier", why="GDPR 33.5: every breach is documented"),
    Record("exchange.IncidentStep", kind="append_only", keep="dossier", why="GDPR 33.5: what was done about it"),
]
