from django.apps import AppConfig


class Audit(AppConfig):
    name = "hemvag.audit"
