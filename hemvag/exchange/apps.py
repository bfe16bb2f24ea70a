from django.apps import AppConfig


class Exchange(AppConfig):
    name = "hemvag.exchange"
