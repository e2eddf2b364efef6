"""What a hit shows, out of what the index holds."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from tantivy import Document

from portico.domains.library.search import card_index
from portico.domains.library.search.asked import Hit
from portico.domains.library.search.entries import EVERY
from portico.domains.library.search.marks import Marker


def of(held: Document, marker: Marker) -> Hit:
    """The entry as a hit, with what was looked for marked."""
    last, must = _number(held, "last"), _number(held, "must")
    return Hit(
        key=_text(held, "key"),
        number=_number(held, "version"),
        kind=_text(held, "kind"),
        material_number=_text(held, "written"),
        title=marker.title(held),
        excerpt=marker.excerpt(held),
        topics=tuple(held.get_all("topic")),
        lines=_codes(held, "line"),
        regions=_codes(held, "region"),
        office_types=_codes(held, "office"),
        first_on=date.fromordinal(_number(held, "first")),
        last_on=None if last >= card_index.LAST_DAY else date.fromordinal(last),
        changed_at=card_index.instant(_number(held, "changed")),
        must_read_by=date.fromordinal(must) if must else None,
        is_public=bool(_number(held, "public")),
    )


def _codes(held: Document, name: str) -> tuple[str, ...]:
    codes: Sequence[Any] = held.get_all(name)
    return tuple(code for code in codes if code != EVERY)


def _text(held: Document, name: str) -> str:
    return str(held.get_first(name) or "")


def _number(held: Document, name: str) -> int:
    return int(held.get_first(name) or 0)
