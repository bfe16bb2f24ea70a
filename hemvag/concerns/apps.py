from django.apps import AppConfig


class Concerns(AppConfig):
    name = "hemvag.concerns"
