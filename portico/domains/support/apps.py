"""Registers the support domain with Django."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """The support domain; its label is its folder's name."""

    name = "portico.domains.support"
    label = "support"
