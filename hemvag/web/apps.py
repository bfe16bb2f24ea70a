"""The room `web`: page frame, components and forms. It knows no domain."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "hemvag.web"
    label = "web"
