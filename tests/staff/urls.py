"""The addresses of the workers' door, with a plain page for Today and a page that is dangerous."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from hemvag.access.pages import page
from hemvag.staff.reproof import reproved


@page()
def today(request: HttpRequest) -> HttpResponse:
    return HttpResponse("the page behind sign-in")


@page()
@reproved
def danger(request: HttpRequest) -> HttpResponse:
    """Do what cannot be undone, and say what was written."""
    return HttpResponse(f"done: {request.POST.get('reason', 'shown')}")


urlpatterns = [
    path("danger/", danger, name="danger"),
    path("", today, name="home"),
    path("today/", today, name="today"),
    path("", include("hemvag.doors.staff.urls")),
]

handler429 = "hemvag.web.errors.too_many"
