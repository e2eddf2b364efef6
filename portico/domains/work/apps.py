"""Registers the work domain with Django."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """The work domain; its label is its folder's name."""

    name = "portico.domains.work"
    label = "work"
