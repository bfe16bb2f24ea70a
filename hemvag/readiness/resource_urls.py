"""The addresses of the directory, and of how ready the units are."""

from django.urls import URLPattern, path

from hemvag.readiness.views import grades, keeping, resources

RESOURCE = "readiness/resources/<uuid:resource_id>/"
urlpatterns: list[URLPattern] = [
    path("readiness/resources/", resources.resources, name="resources"),
    path("readiness/resources/new/", keeping.new, name="resource_new"),
    path("readiness/resources/new/draft/", keeping.new_draft, name="resource_new_draft"),
    path("readiness/resources/gaps/<uuid:gap_id>/", keeping.close_gap, name="resource_gap_close"),
    path("readiness/resources/list.pdf", resources.pdf, name="resources_pdf"),
    path("readiness/resources/list.csv", resources.table, name="resources_csv"),
    path("readiness/units/", grades.units, name="units"),
    path("readiness/units/<uuid:unit_id>/", grades.unit, name="unit"),
    path("readiness/units/<uuid:unit_id>/draft/", grades.draft, name="unit_draft"),
    path("readiness/units/<uuid:unit_id>/<slug:item>/gap/", grades.gap, name="unit_gap"),
    path("readiness/units/gaps/<uuid:gap_id>/", grades.close_gap, name="unit_gap_close"),
    path(RESOURCE, resources.resource, name="resource"),
    path(RESOURCE + "<int:number>/", resources.version, name="resource_version"),
    path(RESOURCE + "change/", keeping.change, name="resource_change"),
    path(RESOURCE + "draft/", keeping.draft, name="resource_draft"),
    path(RESOURCE + "capacity/", keeping.capacity, name="resource_capacity"),
    path(RESOURCE + "check/", keeping.check, name="resource_check"),
    path(RESOURCE + "gap/", keeping.gap, name="resource_gap"),
]
