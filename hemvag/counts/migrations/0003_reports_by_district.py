from django.db import migrations

# Reports by the child's district: how many, and how many of them were not decided in time.
BY_DISTRICT = """
CREATE VIEW counts.reports_by_district AS
SELECT date_trunc('month', r.received_at AT TIME ZONE 'Europe/Stockholm')::date AS month, d.district_id AS district,
    count(*)::integer AS number,
    count(*) FILTER (WHERE (coalesce(p.done_at, now()) AT TIME ZONE 'Europe/Stockholm')::date
        > coalesce(p.until, (p.started_at AT TIME ZONE 'Europe/Stockholm')::date + 14))::integer AS late
FROM hemvag.concerns_concernreport r
JOIN hemvag.dossiers_dossier d ON d.id = r.dossier_id
LEFT JOIN LATERAL (
    SELECT started_at, until, done_at FROM hemvag.concerns_step
    WHERE report_id = r.id AND kind = 'preliminary_assessment' ORDER BY started_at LIMIT 1
) p ON true
GROUP BY 1, 2
"""


class Migration(migrations.Migration):
    dependencies = [("counts", "0002_load")]
    operations = [migrations.RunSQL(BY_DISTRICT, "DROP VIEW counts.reports_by_district")]
