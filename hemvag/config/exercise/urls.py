"""The staff door's pages behind the demo's sign-in, and the pages of whoever leads the exercise."""

from django.urls import include, path

from hemvag.config.demo import views as sign_in
from hemvag.config.exercise import views

leaders = [
    path("", views.board, name="board"),
    path("start/", views.start, name="start"),
    path("give/<slug:code>/", views.give, name="give"),
    path("note/", views.note, name="note"),
    path("count/", views.count, name="count"),
    path("end/", views.end, name="end"),
]
urlpatterns = [
    path("demo/", sign_in.choose, {"template": "exercise/choose.html"}, name="demo_choose"),
    path("demo/enter/", sign_in.enter, name="demo_enter"),
    path("exercise/", include((leaders, "exercise"))),
    path("", include("hemvag.doors.staff.urls")),
]

handler400 = "hemvag.web.errors.bad_request"
handler403 = "hemvag.web.errors.forbidden"
handler404 = "hemvag.web.errors.not_found"
handler429 = "hemvag.web.errors.too_many"
handler500 = "hemvag.web.errors.server_error"
