"""The plan's other sign-ins: whether somebody at the providers' door holds the key of another.

A plan that lets its portal ask them names a class by dotted path in settings.AUDIENCE_DIRECTORY. It is asked
for every password that is wrong here, known name or not, before the database is held; only whoever has the
right password of the other account is told of it.
"""

import logging
from typing import Final, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

OURS: Final = "provider"
AUDIENCES: Final = ("member", "employer", "broker")
_log = logging.getLogger(__name__)


class AudienceDirectory(Protocol):
    """Asks the plan's other sign-ins; made without arguments.

    It answers within two seconds, counts its own misses, and keeps nothing of what it is given.
    """

    def audience_of(self, username: str, password: str) -> str | None:
        """The audience (member, employer, broker) whose account these open; None where they open none."""


def elsewhere(username: str, password: str) -> str | None:
    """The audience whose account these open at the plan's other sign-ins; None where none says so.

    A directory that fails is one that knows nobody: nobody's sign-in here waits for another site.
    """
    if not settings.AUDIENCE_DIRECTORY:
        return None
    try:
        found: str | None = import_string(settings.AUDIENCE_DIRECTORY)().audience_of(username, password)
    except Exception as error:  # whatever another system does, this sign-in goes on
        _log.warning("the audience directory failed", extra={"error": type(error).__name__})
        return None
    return found if found in AUDIENCES else None
