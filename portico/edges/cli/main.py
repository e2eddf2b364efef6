"""Where the `portico` command begins: Django first, then everything that has tables."""

import os
from collections.abc import Sequence
from importlib import import_module

import django

SETTINGS = "portico.config.settings"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and answers its exit code: 0 it went well, 1 it did not, 2 it was typed wrong."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()
    return int(import_module("portico.edges.cli.commands").run(arguments))
