"""Registers the web edge with Django (templates, static files, template tags)."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The web edge; it owns no table."""

    name = "portico.edges.web"
    label = "web"
