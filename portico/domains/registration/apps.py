"""Registers the registration domain with Django."""

from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    """The registration domain; its label is its folder's name."""

    name = "portico.domains.registration"
    label = "registration"
