"""What this room keeps, for how long, and who may write it."""

from hemvag.web.records import Record

WHY = "SoL 14:3: what is decided and done is documented"
AGREED = "OSL 12:2: who agreed to what, and what that opened to whom"
GLASS = "SoLPuL 10 §: who opened outside her own work, until when, and what a lead said of it"
RECORDS = [
    Record("dossiers.Dossier", kind="state", keep="dossier", why=WHY),
    Record(
        "dossiers.WrappedKey",
        kind="key",
        keep="dossier",
        why="destroying it erases the dossier",
        deletable=True,
    ),
    Record("dossiers.Sealed", kind="state", keep="dossier", why=WHY),
    Record("dossiers.JournalEntry", kind="append_only", keep="dossier", why=WHY),
    Record("dossiers.Assignment", kind="append_only", keep="dossier", why="who had the case, and when"),
    Record("dossiers.RestsOn", kind="append_only", keep="dossier", why="an envelope closes with its agreement"),
    Record("dossiers.Returned", kind="append_only", keep="dossier", why="an envelope was taken from its receiver"),
    Record("dossiers.Recusal", kind="append_only", keep="dossier", why="FL 16–18 §§: who stepped off"),
    Record("dossiers.Agreement", kind="append_only", keep="dossier", why=AGREED),
    Record("dossiers.Withdrawal", kind="append_only", keep="dossier", why="OSL 12:2: what is given can be taken back"),
    Record("dossiers.Grant", kind="append_only", keep="dossier", why=AGREED),
    Record("dossiers.BrokenGlass", kind="append_only", keep="dossier", why=GLASS),
    Record("dossiers.GlassReview", kind="append_only", keep="dossier", why=GLASS),
]
