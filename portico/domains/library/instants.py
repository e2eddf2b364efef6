"""The instant at which something is published, from what the plan's clocks show.

When clocks are put forward an hour is missing: nothing can be published in it. When they are put back an hour
comes twice: the first is meant.
"""

from datetime import UTC, datetime

from portico.domains.plan import days


def of(shown: datetime) -> datetime | None:
    """The instant, in UTC, at which the plan's clocks show this; None where they never do.

    A time that names its own zone is taken at its word. The first and the last hours of the calendar are no
    instants: in UTC they lie outside of it.
    """
    try:
        if shown.tzinfo is not None:
            return shown.astimezone(UTC)
        at = shown.replace(tzinfo=days.zone(), fold=0).astimezone(UTC)
        return at if days.local(at).replace(tzinfo=None) == shown else None
    except OverflowError:
        return None
