from django.apps import AppConfig


class Line(AppConfig):
    name = "hemvag.line"
