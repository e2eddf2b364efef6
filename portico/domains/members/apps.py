"""Registers the members domain with Django."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """The members domain; its label is its folder's name."""

    name = "portico.domains.members"
    label = "members"
