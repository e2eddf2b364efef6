"""Pages of long lists, by key rather than by offset, so that page 1,000 costs what page 1 does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")

_LONGEST_ROW = 18


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows in order, and the key to ask the next ones with; `next_key` is None on the last page."""

    rows: tuple[Row, ...]
    next_key: str | None


def cut(rows: Sequence[Row], *, size: int, key_of: Callable[[Row], str]) -> Page[Row]:
    """The first `size` of `rows`; the caller fetched one row more than `size` to know whether more follow."""
    shown = tuple(rows[:size])
    return Page(shown, key_of(shown[-1]) if len(rows) > size else None)


def is_row(key: str) -> bool:
    """Can `key` be the number of a row? A key comes out of an address, where anybody may write anything."""
    return key.isascii() and key.isdecimal() and len(key) <= _LONGEST_ROW
