from django.db import migrations

CONTACTS = """
CREATE VIEW counts.contacts_by_month AS
SELECT month, caller, channel, outcome, count(*)::integer AS number
FROM (
    SELECT date_trunc('month', started_at AT TIME ZONE 'Europe/Stockholm')::date AS month, caller, channel, outcome
    FROM hemvag.line_contact WHERE closed_at IS NOT NULL
    UNION ALL
    SELECT month, caller, channel, outcome FROM hemvag.line_countedcontact
) AS counted
GROUP BY month, caller, channel, outcome
"""
REPORTS = """
CREATE VIEW counts.reports_by_month AS
SELECT date_trunc('month', received_at AT TIME ZONE 'Europe/Stockholm')::date AS month, source, channel,
    count(*)::integer AS number
FROM hemvag.concerns_concernreport
GROUP BY 1, source, channel
"""


class Migration(migrations.Migration):
    dependencies = [("line", "0001_first"), ("concerns", "0001_first")]
    operations = [
        migrations.RunSQL(CONTACTS, "DROP VIEW counts.contacts_by_month"),
        migrations.RunSQL(REPORTS, "DROP VIEW counts.reports_by_month"),
    ]
