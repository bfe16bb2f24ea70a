"""Who reaches the pages of the numbers wing: counts, readiness and the picture. Rows as in `permissions.py`."""

from tests.rules.rows import FINDS, KEEPS, row

TOWN = (
    # numbers
    row("counts:counts", "coordinator"),
    row("counts:counts_file", "coordinator"),
    row("counts:load", "coordinator unit_lead other_lead support_lead"),
    row("counts:load_file", "coordinator unit_lead other_lead support_lead"),
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
    # the directory: the service "resource" is the unit "children"'s to keep
    row("readiness:resources", FINDS),
    row("readiness:resources", FINDS, method="post"),
    row("readiness:resources_pdf", FINDS),
    row("readiness:resources_csv", FINDS),
    row("readiness:resource", FINDS, "resource"),
    row("readiness:resource_version", FINDS, "resource_version"),
    row("readiness:resource_new", KEEPS),
    row("readiness:resource_new_draft", KEEPS, method="post"),
    row("readiness:resource_change", "unit_lead coordinator", "resource"),
    row("readiness:resource_draft", "unit_lead coordinator", "resource", method="post"),
    row("readiness:resource_capacity", "unit_lead coordinator", "resource"),
    row("readiness:resource_capacity", "coordinator", "towns_resource"),
    row("readiness:resource_check", "unit_lead coordinator", "resource"),
    row("readiness:resource_gap", "unit_lead coordinator", "resource"),
    row("readiness:resource_gap_close", "unit_lead coordinator", "resource_gap"),
    row("readiness:exercises", "coordinator"),
    row("readiness:exercise_new", "coordinator"),
    row("readiness:exercise_take_in", "coordinator"),
    row("readiness:exercise", "coordinator", "exercise"),
    row("readiness:exercise_report", "coordinator", "exercise"),
    row("readiness:exercise_gap", "coordinator", "exercise"),
    row("readiness:own_gap", "coordinator", "exercise_gap"),
    row("readiness:close_gap", "coordinator", "exercise_gap"),
    # how ready the units are: "unit" is "children"
    row("readiness:units", KEEPS),
    row("readiness:unit", "unit_lead coordinator", "unit"),
    row("readiness:unit_draft", "unit_lead coordinator", "unit", method="post"),
    row("readiness:unit_gap", "unit_lead coordinator", "unit_item"),
    row("readiness:unit_gap_close", "unit_lead coordinator", "unit_gap"),
    # the level of preparedness and its checklist
    row("readiness:level", "coordinator"),
    row("readiness:decide", "coordinator"),
    row("readiness:decision", "coordinator", "level"),
    row("readiness:checklist", "coordinator"),
    row("readiness:check", "coordinator", "check"),
    row("readiness:tick", "coordinator", "check", method="post"),
)
