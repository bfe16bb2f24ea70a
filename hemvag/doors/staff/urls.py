"""Every address that the staff door opens, room by room."""

from django.urls import include, path
from django.views.generic import RedirectView

from hemvag.access.pages import page
from hemvag.doors.staff import account, today

urlpatterns = [
    path("", page()(RedirectView.as_view(pattern_name="today")), name="home"),
    path("today/", today.today, name="today"),
    path("language/", account.language, name="language"),
    path("preferences/", account.preferences, name="preferences"),
    path("sign-out/", account.sign_out, name="sign_out"),
    path("account/", include("hemvag.staff.urls")),
    path("", include("hemvag.access.urls")),
    path("", include("hemvag.dossiers.urls")),
    path("", include("hemvag.people.urls")),
    path("", include("hemvag.exchange.urls")),
    path("", include("hemvag.counsel.urls")),
    path("", include("hemvag.concerns.urls")),
    path("", include("hemvag.support.urls")),
    path("", include("hemvag.line.urls")),
    path("", include("hemvag.reception.urls")),
    path("", include("hemvag.counts.urls")),
    path("", include("hemvag.readiness.urls")),
    path("", include("hemvag.oversight.urls")),
    path("", include("hemvag.picture.urls")),
]

handler400 = "hemvag.web.errors.bad_request"
handler403 = "hemvag.web.errors.forbidden"
handler404 = "hemvag.web.errors.not_found"
handler429 = "hemvag.web.errors.too_many"
handler500 = "hemvag.web.errors.server_error"
