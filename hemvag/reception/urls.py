"""The addresses of a plan. None holds both a plan and a child: a proxy's log would tie the two."""

from django.urls import path

from hemvag.reception.views import assign, begin, change, plan, resting, send, task, timeline

app_name = "reception"
PLAN = "plans/<uuid:plan_id>/"
TASK = PLAN + "tasks/<slug:key>/"
urlpatterns = [
    path("children/<uuid:dossier_id>/plan/", begin.begin, name="open"),
    path("children/<uuid:dossier_id>/plan/draft/", begin.draft, name="open_draft"),
    path(PLAN, plan.show, name="plan"),
    path(PLAN + "known/", change.known, name="known"),
    path(PLAN + "known/draft/", change.draft, name="known_draft"),
    path(PLAN + "template/", change.use, name="use"),
    path(PLAN + "family/", change.comes, name="comes"),
    path(PLAN + "child/", change.add, name="add"),
    path(PLAN + "assign/", assign.assign, name="assign"),
    path(PLAN + "step-off/", assign.step_off, name="step_off"),
    path(PLAN + "timeline/", timeline.timeline, name="timeline"),
    path(PLAN + "print/names/", timeline.names, name="names"),
    path(PLAN + "print/no-names/", timeline.no_names, name="no_names"),
    path(PLAN + "rest/", resting.rest, name="rest"),
    path(PLAN + "wake/", resting.wake, name="wake"),
    path(PLAN + "end/", resting.end, name="end"),
    path(TASK, task.task, name="task"),
    path(TASK + "send/", send.send, name="send"),
    path(TASK + "send/draft/", send.draft, name="send_draft"),
    path(TASK + "agreement/", send.agree, name="agree"),
]
