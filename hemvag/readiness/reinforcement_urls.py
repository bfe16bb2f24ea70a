"""The addresses of reinforcement."""

from django.urls import URLPattern, path

from hemvag.readiness.views import reinforcement

ONE = "readiness/reinforcement/<uuid:reinforcement_id>/"
urlpatterns: list[URLPattern] = [
    path("readiness/reinforcement/", reinforcement.reinforcements, name="reinforcements"),
    path("readiness/reinforcement/propose/", reinforcement.propose, name="propose"),
    path("readiness/reinforcement/propose/draft/", reinforcement.proposal_draft, name="proposal_draft"),
    path("readiness/reinforcement/consequence/", reinforcement.follows, name="consequence"),
    path(ONE, reinforcement.reinforcement, name="reinforcement"),
    path(ONE + "follow-up/", reinforcement.follow_up, name="reinforcement_follow_up"),
]
