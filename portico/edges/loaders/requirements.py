"""authorization_requirements.csv: one record for each rule of a list (docs/reference/feeds.md).

A load keeps the list as a draft; `read` is for the desk, that takes a file whole or not at all.
"""

import io
import re
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from portico.domains.authorizations import requirement_asking, requirement_drafts, requirement_rules
from portico.domains.authorizations.facts.requested import System
from portico.domains.authorizations.requirement_drafts import FileFault, SentRule
from portico.domains.authorizations.requirement_rules import Answer, DecidedBy, Network, Rule
from portico.edges.loaders import csv_rows, handling
from portico.edges.loaders.bad_rows import BadRow, ReadReason
from portico.edges.loaders.cells import Cells
from portico.edges.loaders.extracts import Extract, Load
from portico.edges.loaders.refusals import FeedRefused
from portico.edges.loaders.settling import Books, RowRead

_QUARANTINED: Final = "quarantined"
_VERSION: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,39}")
_KEY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")
_PLACE: Final = re.compile(r"[0-9]{2}")
_ANSWERS: Final = frozenset(answer.value for answer in Answer if answer is not Answer.UNKNOWN)
_MOST_FAULTS: Final = 200


class Layout:
    """The rules of a list."""

    columns = (
        "version effective_on key system first_code last_code line plan_code places network tax_id npi "
        "answer decided_by decider decider_contact text citation document questionnaire service_type "
        "first_on last_on"
    ).split()
    load = staticmethod(requirement_drafts.load)

    def read(self, cells: Cells) -> SentRule:
        """One rule. Raises BadRow."""
        system = System(cells.choice("system", {each.value for each in System}))
        first, last = _codes(cells, system)
        held = cells.period("first_on", "last_on")
        return SentRule(
            place=cells.line,
            version=_like(cells, "version", _VERSION),
            effective_on=cells.day("effective_on"),
            rule=Rule(
                key=_like(cells, "key", _KEY),
                system=system,
                first_code=first,
                last_code=last,
                line=cells.text("line", 40),
                plan_code="" if cells.is_empty("plan_code") else cells.plan_code("plan_code"),
                places=_places(cells),
                network="" if cells.is_empty("network") else cells.choice("network", set(Network)),
                tax_id="" if cells.is_empty("tax_id") else cells.tax_id("tax_id"),
                npi="" if cells.is_empty("npi") else cells.npi("npi"),
                answer=Answer(cells.choice("answer", _ANSWERS)),
                **_decider(cells),
                text=cells.required("text", 400),
                citation=cells.required("citation", 200),
                document=cells.text("document", 60),
                questionnaire=cells.text("questionnaire", 40),
                service_type=_service_type(cells),
                first_on=held.first,
                last_on=held.last,
            ),
        )


class Handler(Extract[SentRule]):
    """Loads a list as a draft."""

    def __init__(self, watch: handling.Watch = handling.unwatched) -> None:
        super().__init__(Layout(), watch)

    def _taking(self, books: Books, rows: Sequence[RowRead[Any]]) -> Load:
        unread = sum(isinstance(row.sent, BadRow) for row in rows)
        return partial(requirement_drafts.load, held_back=books.counts[_QUARANTINED] + unread)


def read(content: bytes) -> tuple[list[SentRule], list[FileFault]]:
    """The rules of a file and what is wrong with it, two hundred faults at most."""
    layout, rows, faults = Layout(), [], []
    try:
        for line in csv_rows.rows(io.BytesIO(content), layout.columns):
            try:
                if isinstance(line.cells, BadRow):
                    raise line.cells
                rows.append(layout.read(Cells(line.number, line.cells)))
            except BadRow as error:
                faults.append(FileFault(line.number, error.reason, error.about))
    except FeedRefused as refused:
        return [], [FileFault(0, refused.code, words=refused.words)]
    if not rows and not faults:
        faults.append(FileFault(0, "feed_empty"))
    return rows, faults[:_MOST_FAULTS]


def _codes(cells: Cells, system: System) -> tuple[str, str]:
    """The first code and the last, "" for one alone: of one shape, in order. Raises BadRow."""
    first, last = cells.required("first_code", 10), cells.text("last_code", 10)
    if not requirement_asking.is_code(system, first):
        raise BadRow(ReadReason.IDENTIFIER_WRONG, cells.line, "first_code")
    if last and (system is System.SERVICE_TYPE or not requirement_rules.in_range(last, first, last)):
        raise BadRow(ReadReason.IDENTIFIER_WRONG, cells.line, "last_code")
    return first, last


def _decider(cells: Cells) -> dict[str, Any]:
    by = DecidedBy(
        "plan"
        if cells.is_empty("decided_by")
        else cells.choice("decided_by", {each.value for each in DecidedBy})
    )
    named = cells.required("decider", 120) if by is DecidedBy.VENDOR else cells.text("decider", 120)
    return {"decided_by": by, "decider": named, "decider_contact": cells.text("decider_contact", 120)}


def _places(cells: Cells) -> tuple[str, ...]:
    places = cells.words("places", 2)
    if not all(_PLACE.fullmatch(place) for place in places):
        raise BadRow(ReadReason.IDENTIFIER_WRONG, cells.line, "places")
    return tuple(sorted(set(places)))


def _service_type(cells: Cells) -> str:
    code = cells.text("service_type", 3)
    if code and not requirement_asking.is_code(System.SERVICE_TYPE, code):
        raise BadRow(ReadReason.IDENTIFIER_WRONG, cells.line, "service_type")
    return code


def _like(cells: Cells, column: str, wanted: re.Pattern[str]) -> str:
    value = cells.required(column, 40)
    if not wanted.fullmatch(value):
        raise BadRow(ReadReason.IDENTIFIER_WRONG, cells.line, column)
    return value
