from django.apps import AppConfig


class Counts(AppConfig):
    name = "hemvag.counts"
