"""The addresses of telling, receiving and the ledger."""

from django.urls import path

from hemvag.exchange.views import lookup

app_name = "exchange"
urlpatterns = [
    path("look-up/", lookup.look_up, name="look_up"),
]
