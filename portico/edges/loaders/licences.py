"""licences.csv: one record for each licence of a state's board (docs/reference/feeds.md)."""

import re
from typing import Final

from portico.domains.registration import licence_list
from portico.domains.registration.claims import licence_key
from portico.domains.registration.licence_list import SentLicence
from portico.edges.loaders import handling
from portico.edges.loaders.bad_rows import BadRow, ReadReason
from portico.edges.loaders.cells import Cells
from portico.edges.loaders.extracts import Extract

_STATE: Final = re.compile(r"[A-Z]{2}")
_ACTIVE: Final = {"yes": True, "no": False}


class Layout:
    """The list of licences."""

    columns = "state number name kind status active expires_on".split()
    load = staticmethod(licence_list.load)

    def read(self, cells: Cells) -> SentLicence:
        """One licence. Raises BadRow."""
        state, number = cells.required("state", 2), cells.required("number", 40)
        if not _STATE.fullmatch(state):
            raise BadRow(ReadReason.VALUE_NOT_KNOWN, cells.line, "state")
        if not licence_key(number):
            raise BadRow(ReadReason.IDENTIFIER_WRONG, cells.line, "number")
        return SentLicence(
            place=cells.line,
            state=state,
            number=number,
            name=cells.required("name", 160),
            kind=cells.text("kind", 80),
            status=cells.required("status", 40),
            is_active=_ACTIVE[cells.choice("active", _ACTIVE)],
            expires_on=None if cells.is_empty("expires_on") else cells.day("expires_on"),
        )


class Handler(Extract[SentLicence]):
    """Loads a list of licences."""

    def __init__(self, watch: handling.Watch = handling.unwatched) -> None:
        super().__init__(Layout(), watch)
