"""Registers the library domain with Django."""

from django.apps import AppConfig
from django.db.models.signals import post_save


class LibraryConfig(AppConfig):
    """The library domain; its label is its folder's name."""

    name = "portico.domains.library"
    label = "library"

    def ready(self) -> None:
        """What is published in this process is found by its next search."""
        from portico.domains.library.search import keeping  # its tables are known only now

        post_save.connect(keeping.look_soon_after, sender="library.Movement")
