"""Registers the encounters domain with Django."""

from django.apps import AppConfig


class EncountersConfig(AppConfig):
    """The encounters domain; its label is its folder's name."""

    name = "portico.domains.encounters"
    label = "encounters"
