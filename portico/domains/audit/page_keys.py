"""Keys of the audit's pages: an instant and the numbers of rows, as they go round in a form or an address."""

from datetime import datetime

from portico.shared import pages

_BETWEEN = "~"


def made(at: datetime, *numbers: int) -> str:
    """The key of the row at that place."""
    return _BETWEEN.join((at.isoformat(), *map(str, numbers)))


def read(key: str, *, numbers: int) -> tuple[datetime, list[int]] | None:
    """The place a key says; None for anything else, since anybody may write one."""
    at, *said = key.split(_BETWEEN)
    if len(said) != numbers or not all(map(pages.is_row, said)):
        return None
    try:
        instant = datetime.fromisoformat(at)
    except ValueError:
        return None
    return (instant, list(map(int, said))) if instant.tzinfo is not None else None
