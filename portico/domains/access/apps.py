"""Registers the access domain with Django."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The access domain; its label is its folder's name."""

    name = "portico.domains.access"
    label = "access"
