from django.apps import AppConfig


class Support(AppConfig):
    name = "hemvag.support"
