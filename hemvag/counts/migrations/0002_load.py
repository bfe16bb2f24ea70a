from django.db import migrations

# One row a report of a child: counted by month, never by day. What became of it, and whether the days were kept:
# a preliminary assessment is late when it was, or still is not, decided by the fourteenth day or the later day that a
# decision set; a protection assessment is made the same day.
OUTCOMES = """
CREATE VIEW counts.report_outcomes_by_month AS
SELECT month, source, outcome, decided, protected, count(*)::integer AS number
FROM (
    SELECT date_trunc('month', r.received_at AT TIME ZONE 'Europe/Stockholm')::date AS month,
        r.source,
        CASE WHEN p.id IS NULL THEN 'passed_on' WHEN p.done_at IS NULL THEN 'waiting' ELSE p.outcome END AS outcome,
        CASE WHEN p.id IS NULL THEN 'passed_on'
            WHEN (coalesce(p.done_at, now()) AT TIME ZONE 'Europe/Stockholm')::date
                > coalesce(p.until, (p.started_at AT TIME ZONE 'Europe/Stockholm')::date + 14) THEN 'late'
            WHEN p.done_at IS NULL THEN 'waiting' ELSE 'in_time' END AS decided,
        CASE WHEN (coalesce(s.done_at, now()) AT TIME ZONE 'Europe/Stockholm')::date
                > (s.started_at AT TIME ZONE 'Europe/Stockholm')::date THEN 'late'
            WHEN s.done_at IS NULL THEN 'waiting' ELSE 'same_day' END AS protected
    FROM hemvag.concerns_concernreport r
    LEFT JOIN LATERAL (
        SELECT id, started_at, until, done_at, outcome FROM hemvag.concerns_step
        WHERE report_id = r.id AND kind = 'preliminary_assessment' ORDER BY started_at LIMIT 1
    ) p ON true
    LEFT JOIN LATERAL (
        SELECT started_at, done_at FROM hemvag.concerns_step
        WHERE report_id = r.id AND kind = 'protection_assessment' ORDER BY started_at LIMIT 1
    ) s ON true
) AS told
GROUP BY month, source, outcome, decided, protected
"""
# What a unit carries: cases that wait, and those that were done in the last two weeks, so that the load of a day just
# past can be told. The day by which one is due is computed from when it began, never stored.
CASES = """
CREATE VIEW counts.cases AS
SELECT d.authority_id AS authority, d.unit_id AS unit, d.district_id AS district, s.kind, s.rule,
    (s.started_at AT TIME ZONE 'Europe/Stockholm')::date AS started_on, s.until,
    (s.done_at AT TIME ZONE 'Europe/Stockholm')::date AS done_on, count(*)::integer AS number
FROM hemvag.concerns_step s JOIN hemvag.dossiers_dossier d ON d.id = s.dossier_id
WHERE d.erased_at IS NULL AND s.kind IN ('preliminary_assessment', 'investigation')
    AND (s.done_at IS NULL OR s.done_at > now() - interval '14 days')
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
UNION ALL
SELECT authority, unit, district, 'adult', '', started_on, NULL::date, done_on, count(*)::integer
FROM (
    SELECT d.authority_id AS authority, d.unit_id AS unit, d.district_id AS district,
        min((s.started_at AT TIME ZONE 'Europe/Stockholm')::date) AS started_on,
        CASE WHEN bool_and(s.done_at IS NOT NULL) THEN max((s.done_at AT TIME ZONE 'Europe/Stockholm')::date) END AS done_on
    FROM hemvag.support_supportstep s JOIN hemvag.dossiers_dossier d ON d.id = s.dossier_id
    WHERE d.erased_at IS NULL AND s.kind IN ('offer', 'support')
    GROUP BY d.id, d.authority_id, d.unit_id, d.district_id
) AS adults
WHERE done_on IS NULL OR done_on > current_date - 14
GROUP BY 1, 2, 3, 6, 8
"""
# Workers of a unit on a day by role, and how many of them are not away. Ask for one day at a time.
STAFF = """
CREATE VIEW counts.staff_by_day AS
SELECT day::date AS day, m.unit_id AS unit, m.role, count(DISTINCT m.worker_id)::integer AS members,
    count(DISTINCT m.worker_id) FILTER (WHERE NOT EXISTS (
        SELECT FROM hemvag.staff_absence a
        WHERE a.worker_id = m.worker_id AND day::date BETWEEN a.first_day AND a.last_day
    ))::integer AS present
FROM generate_series(timestamp '2015-01-01', now()::timestamp + interval '60 days', interval '1 day') AS day
JOIN hemvag.staff_membership m ON m.valid_from <= day::date AND (m.valid_to IS NULL OR m.valid_to > day::date)
JOIN hemvag.staff_worker w ON w.id = m.worker_id AND (w.left_at IS NULL OR w.left_at > day)
GROUP BY day::date, m.unit_id, m.role
"""
# Since when a unit has had its contacts, its children's reports and its adults here: before that nothing is known.
IN_USE = """
CREATE VIEW counts.in_use AS
SELECT 'line' AS what, unit, min(month) AS since FROM (
    SELECT d.unit_id AS unit, date_trunc('month', c.started_at AT TIME ZONE 'Europe/Stockholm')::date AS month
    FROM hemvag.line_contact c JOIN hemvag.dossiers_dossier d ON d.id = c.dossier_id
    UNION ALL SELECT unit_id, month FROM hemvag.line_countedcontact
) AS contacts GROUP BY unit
UNION ALL
SELECT 'reports', d.unit_id, date_trunc('month', min(r.received_at AT TIME ZONE 'Europe/Stockholm'))::date
FROM hemvag.concerns_concernreport r JOIN hemvag.dossiers_dossier d ON d.id = r.dossier_id GROUP BY d.unit_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("counts", "0001_views"),
        ("line", "0001_first"),
        ("concerns", "0002_merge"),
        ("dossiers", "0005_exchange"),
        ("support", "0001_first"),
        ("staff", "0003_changes"),
    ]
    operations = [
        migrations.RunSQL(made, f"DROP VIEW counts.{name}")
        for name, made in [
            ("report_outcomes_by_month", OUTCOMES),
            ("cases", CASES),
            ("staff_by_day", STAFF),
            ("in_use", IN_USE),
        ]
    ]
