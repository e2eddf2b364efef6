"""Registers the library domain with Django."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """The library domain; its label is its folder's name."""

    name = "portico.domains.library"
    label = "library"
