"""Every address that the staff door opens, room by room."""

from django.urls import include, path
from django.views.generic import RedirectView

from hemvag.access.pages import page
from hemvag.doors.staff import today

urlpatterns = [
    path("", page()(RedirectView.as_view(pattern_name="today")), name="home"),
    path("today/", today.today, name="today"),
    path("account/", include("allauth.urls")),
    path("", include("hemvag.web.urls")),
    path("", include("hemvag.people.urls")),
    path("", include("hemvag.concerns.urls")),
    path("", include("hemvag.line.urls")),
    path("", include("hemvag.counts.urls")),
]
