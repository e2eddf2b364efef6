"""Registers the authorizations domain with Django."""

from django.apps import AppConfig


class AuthorizationsConfig(AppConfig):
    """The authorizations domain; its label is its folder's name."""

    name = "portico.domains.authorizations"
    label = "authorizations"
