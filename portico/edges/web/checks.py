"""What is looked at before a portal goes into service: `portico check --deploy`."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks


def proxies(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Behind TLS that a proxy ends, how many proxies are ours must be said.

    Without that every request seems to come from the proxy's own address: what is counted for a network then
    counts for everybody, and a hundred wrong passwords close the sign-in to all strangers.
    """
    if not settings.BEHIND_TLS or settings.PROXY_COUNT:
        return []
    hint = "Set PORTICO_PROXY_COUNT to the number of proxies of yours that a request passes."
    return [checks.Warning("No proxy of ours is known, so clients cannot be told apart", hint, id="web.W001")]
