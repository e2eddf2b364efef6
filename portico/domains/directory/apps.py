"""Registers the directory domain with Django."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """The directory domain; its label is its folder's name."""

    name = "portico.domains.directory"
    label = "directory"
