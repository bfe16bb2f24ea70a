"""The addresses of real sign-in, with one page behind them."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from hemvag.access.pages import page
from hemvag.doors.staff import account


@page()
def today(request: HttpRequest) -> HttpResponse:
    return HttpResponse("the page behind sign-in")


urlpatterns = [
    path("", today, name="home"),
    path("today/", today, name="today"),
    path("language/", account.language, name="language"),
    path("sign-out/", account.sign_out, name="sign_out"),
    path("account/", include("hemvag.staff.urls")),
]

handler429 = "hemvag.web.errors.too_many"
