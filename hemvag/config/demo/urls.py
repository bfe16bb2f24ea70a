"""The staff door's pages behind the demo's own sign-in."""

from django.urls import include, path

from hemvag.config.demo import views

urlpatterns = [
    path("demo/", views.choose, name="demo_choose"),
    path("demo/enter/", views.enter, name="demo_enter"),
    path("", include("hemvag.doors.staff.urls")),
]
