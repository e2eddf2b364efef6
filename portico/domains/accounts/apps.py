"""Registers the accounts domain with Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The accounts domain; its label is its folder's name."""

    name = "portico.domains.accounts"
    label = "accounts"
