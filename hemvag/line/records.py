"""What this room keeps, for how long, and who may write it.

A contact that becomes a report is deleted here: what is left is a count that is tied to nothing.
"""

from hemvag.web.records import Record

ADVICE = "SoL 14:4: advice needs no identity; what was agreed is kept while the caller may come back"
RECORDS = [
    Record("line.Contact", kind="state", keep="contact_log", why=ADVICE, deletable=True),
    Record("line.Conversation", kind="state", keep="contact_log", why=ADVICE, deletable=True),
    Record(
        "line.ReturnCode", kind="state", keep="contact_log", why="a caller without a name comes back", deletable=True
    ),
    Record("line.CallBack", kind="state", keep="contact_log", why="what was promised is kept", deletable=True),
    Record("line.CallBackTry", kind="state", keep="contact_log", why="how often somebody was rung", deletable=True),
    Record("line.CountedContact", kind="append_only", keep="statistics", why="numbers stay true without the contact"),
    Record("line.WrongEntry", kind="state", keep="contact_log", why="guessing codes is bounded", deletable=True),
]
