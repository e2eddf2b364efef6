"""accumulators.csv: one record for each amount a member has used (docs/reference/feeds.md)."""

from portico.domains.members import accumulating
from portico.domains.members.accumulating import SentAccumulator
from portico.edges.loaders import handling
from portico.edges.loaders.bad_rows import BadRow, ReadReason
from portico.edges.loaders.cells import Cells
from portico.edges.loaders.extracts import Extract

_LIMIT = "limit"
_KINDS = frozenset({"deductible", "oop_max", _LIMIT})
_SCOPES = frozenset({"individual", "family"})
_NETWORKS = frozenset({"in", "out"})


class Layout:
    """The accumulator extract."""

    columns = "member_id plan_code year_from year_to kind scope network service_type used as_of".split()
    load = staticmethod(accumulating.load)

    def read(self, cells: Cells) -> SentAccumulator:
        """One amount. Raises BadRow."""
        kind, used = cells.choice("kind", _KINDS), cells.amount("used")
        if used is None:
            raise BadRow(ReadReason.VALUE_MISSING, cells.line, "used")
        cells.day("year_to")
        return SentAccumulator(
            place=cells.line,
            member_id=cells.member_id("member_id"),
            plan_code=cells.plan_code("plan_code"),
            counted=cells.period("year_from", "year_to"),
            kind=kind,
            scope=cells.choice("scope", _SCOPES),
            network=cells.choice("network", _NETWORKS),
            service_type=cells.required("service_type", 3) if kind == _LIMIT else "",
            used=used,
            as_of=cells.day("as_of"),
        )


class Handler(Extract[SentAccumulator]):
    """Loads an accumulator extract."""

    def __init__(self, watch: handling.Watch = handling.unwatched) -> None:
        super().__init__(Layout(), watch)
