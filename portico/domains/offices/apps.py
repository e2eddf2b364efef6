"""Registers the offices domain with Django."""

from django.apps import AppConfig


class OfficesConfig(AppConfig):
    """The offices domain; its label is its folder's name."""

    name = "portico.domains.offices"
    label = "offices"
