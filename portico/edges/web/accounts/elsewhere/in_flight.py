"""How many of our threads wait for one provider at once: a slow one holds up few, and nobody of another.

Whoever comes beyond that is told so after half a second, with the same page as for a provider that is down.
"""

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from portico.domains.accounts.elsewhere.providers import Provider
from portico.edges.web.accounts.elsewhere.failing import Code, Failed

MOST: Final = 4
PATIENCE: Final = 0.5
_TURNS: "defaultdict[int, threading.BoundedSemaphore]" = defaultdict(lambda: threading.BoundedSemaphore(MOST))


@contextmanager
def turn(provider: Provider) -> Iterator[None]:
    """Within it the provider may be asked. Raises Failed."""
    turns = _TURNS[provider.id]
    if not turns.acquire(timeout=PATIENCE):
        raise Failed(Code.BUSY)
    try:
        yield
    finally:
        turns.release()
