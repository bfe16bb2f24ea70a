from django.apps import AppConfig


class Picture(AppConfig):
    name = "hemvag.picture"
