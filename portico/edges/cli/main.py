"""Where the `portico` command begins: Django first, then everything that has tables.

`portico keys` goes before Django: without keys there are no settings.
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import django
from django.core.exceptions import ImproperlyConfigured

from portico.edges.cli import keys_command, speaking

SETTINGS = "portico.config.settings"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and answers its exit code: 0 it went well, 1 it did not, 2 it was typed wrong."""
    typed = sys.argv[1:] if arguments is None else list(arguments)
    if typed[:1] == ["keys"]:
        return keys_command.main(typed)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    os.umask(0o077)  # what is written, such as a new SQLite file, is for the portal's own account
    try:
        django.setup()
    except ImproperlyConfigured as error:
        return speaking.complain(str(error))
    return int(import_module("portico.edges.cli.commands").run(typed))
