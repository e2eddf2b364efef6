"""Registers the claims domain with Django."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """The claims domain; its label is its folder's name."""

    name = "portico.domains.claims"
    label = "claims"
