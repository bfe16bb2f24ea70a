"""The addresses of this room."""

from django.urls import URLPattern, path

from hemvag.readiness import reinforcement_urls, resource_urls
from hemvag.readiness.views import exercises, feeds, horizon, level

app_name = "readiness"
urlpatterns: list[URLPattern] = [
    *resource_urls.urlpatterns,
    *reinforcement_urls.urlpatterns,
    path("readiness/exercises/", exercises.exercises, name="exercises"),
    path("readiness/exercises/new/", exercises.new, name="exercise_new"),
    path("readiness/exercises/take-in/", exercises.take_in, name="exercise_take_in"),
    path("readiness/exercises/<uuid:exercise_id>/", exercises.exercise, name="exercise"),
    path("readiness/exercises/<uuid:exercise_id>/report/", exercises.report, name="exercise_report"),
    path("readiness/exercises/<uuid:exercise_id>/gap/", exercises.gap, name="exercise_gap"),
    path("readiness/gaps/<uuid:gap_id>/owner/", exercises.own_gap, name="own_gap"),
    path("readiness/gaps/<uuid:gap_id>/close/", exercises.close_gap, name="close_gap"),
    path("readiness/", level.level, name="level"),
    path("readiness/decide/", level.decide, name="decide"),
    path("readiness/decisions/<uuid:decision_id>/", level.decision, name="decision"),
    path("readiness/checklist/", level.checklist, name="checklist"),
    path("readiness/checklist/<uuid:check_id>/", level.check, name="check"),
    path("readiness/checklist/<uuid:check_id>/done/", level.tick, name="tick"),
    path("readiness/horizon/", horizon.horizon, name="horizon"),
    path("readiness/horizon/enter/", horizon.enter, name="enter"),
    path("readiness/horizon/<uuid:item_id>/remove/", horizon.remove, name="remove"),
    path("readiness/horizon/feeds/", feeds.feeds, name="feeds"),
    path("readiness/horizon/feeds/fetch/", feeds.fetch_now, name="fetch_now"),
    path("readiness/horizon/feeds/<uuid:feed_id>/pause/", feeds.pause, name="pause"),
]
