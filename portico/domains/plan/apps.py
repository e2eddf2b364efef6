"""Registers the plan domain with Django."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    """The plan domain; its label is its folder's name."""

    name = "portico.domains.plan"
    label = "plan"
