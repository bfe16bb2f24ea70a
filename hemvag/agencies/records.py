"""What this room keeps, for how long, and who may write it."""

from hemvag.web.records import Record

WHY = "public facts about the town's organisation"
RECORDS = [
    Record("agencies.Municipality", kind="reference", keep="always", why=WHY),
    Record("agencies.Edition", kind="reference", keep="always", why=WHY),
    Record("agencies.Authority", kind="reference", keep="always", why=WHY),
    Record("agencies.District", kind="reference", keep="always", why=WHY),
    Record("agencies.Unit", kind="reference", keep="always", why=WHY),
    Record("agencies.Catchment", kind="reference", keep="always", why=WHY),
    Record("agencies.SupportLine", kind="reference", keep="always", why=WHY),
]
