"""Registers the web edge with Django (templates, static files, template tags)."""

from django.apps import AppConfig
from django.core import checks

from portico.edges.web.checks import proxies


class WebConfig(AppConfig):
    """The web edge; it owns no table."""

    name = "portico.edges.web"
    label = "web"

    def ready(self) -> None:
        """Make the check before service known."""
        checks.register(proxies, checks.Tags.security, deploy=True)
