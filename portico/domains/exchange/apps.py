"""Registers the exchange domain with Django."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """The exchange domain; its label is its folder's name."""

    name = "portico.domains.exchange"
    label = "exchange"
