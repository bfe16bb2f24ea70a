"""Addresses of the administrator's pages, of what a second person confirms, and of one's own sessions."""

from django.urls import path

from hemvag.access import history, views

app_name = "access"
urlpatterns = [
    path("workers/", views.listed, name="workers"),
    path("workers/new/", views.enter, name="enter"),
    path("workers/<uuid:worker_id>/", views.worker, name="worker"),
    path("workers/<uuid:worker_id>/role/", views.give, name="give"),
    path("workers/<uuid:worker_id>/away/", views.away, name="away"),
    path("workers/<uuid:worker_id>/link/", views.link, name="link"),
    path("workers/<uuid:worker_id>/factors/", views.new_factors, name="new_factors"),
    path("workers/<uuid:worker_id>/sessions/", views.end_sessions, name="end_sessions"),
    path("workers/<uuid:worker_id>/leave/", views.leave, name="leave"),
    path("workers/roles/<uuid:membership_id>/end/", views.end_role, name="end_role"),
    path("workers/waiting/<uuid:proposal_id>/", history.answer, name="answer"),
    path("workers/changes/", history.changes, name="changes"),
    path("me/sessions/", history.mine, name="mine"),
    path("me/municipal/", history.tie, name="tie"),
    path("me/sessions/end/", history.end_others, name="end_others"),
]
