"""The staff door's pages behind the demo's own sign-in."""

from django.urls import include, path

from hemvag.config.demo import views

urlpatterns = [
    path("demo/", views.choose, name="demo_choose"),
    path("demo/enter/", views.enter, name="demo_enter"),
    path("", include("hemvag.doors.staff.urls")),
]

handler400 = "hemvag.web.errors.bad_request"
handler403 = "hemvag.web.errors.forbidden"
handler404 = "hemvag.web.errors.not_found"
handler429 = "hemvag.web.errors.too_many"
handler500 = "hemvag.web.errors.server_error"
