from django.apps import AppConfig


class Counsel(AppConfig):
    name = "hemvag.counsel"
