from django.apps import AppConfig


class Readiness(AppConfig):
    name = "hemvag.readiness"
