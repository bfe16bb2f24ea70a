"""What this room keeps, for how long, and who may write it. Counts only; there is no column for a person."""

from hemvag.web.records import Record

RECORDS = [
    Record("picture.Population", kind="append_only", keep="always", why="what was counted, as it was said on that day"),
    Record("picture.Statement", kind="append_only", keep="always", why="which number was given, by whom and how made"),
    Record("picture.Table", kind="append_only", keep="always", why="the counts that an estimate was made from"),
    Record("picture.Description", kind="append_only", keep="always", why="what each list was said to be"),
    Record("picture.Run", kind="state", keep="always", why="seed and settings, so that an estimate can be made again"),
    Record("picture.Outcome", kind="append_only", keep="always", why="what was answered, whoever looks later"),
]
