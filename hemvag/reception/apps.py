from django.apps import AppConfig


class Reception(AppConfig):
    name = "hemvag.reception"
