"""Whether what somebody hands out is within what they may hand out. Pure.

A ceiling is made of bounds, each as far as one of the giver's grants goes. An item fits when for each of its
tax IDs one bound holds all the rest of it: nothing is put together from several.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from portico.domains.access.delegating.parts import is_part, is_until
from portico.domains.access.delegating.sets import Item, Lines
from portico.domains.permits.functions import Function


class Beyond(StrEnum):
    """In what something goes beyond; stable codes."""

    FUNCTION = "function_beyond_yours"
    TAX_ID = "tax_id_beyond_yours"
    PROVIDER = "provider_beyond_yours"
    LINE = "line_beyond_yours"
    REGION = "region_beyond_yours"
    DAY = "day_beyond_yours"


@dataclass(frozen=True, slots=True)
class Bound:
    """One reach within which something may be handed out; None: whatever there is, also what is to come."""

    tax_ids: frozenset[str]
    functions: frozenset[Function] | None = None
    lines: Lines = None
    regions: frozenset[str] | None = None
    providers: frozenset[str] | None = None
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """In what one function goes beyond; `values`: tax IDs, NPIs or codes; none where every one is meant."""

    beyond: Beyond
    function: Function
    values: tuple[str, ...] = ()


_Dimensions = Mapping[Beyond, frozenset[str] | None]
_NOTHING: Final = Bound(frozenset(), *(frozenset(),) * 4)


@dataclass(frozen=True, slots=True)
class Ceiling:
    """How far somebody may hand out, in one office. Without a bound: not at all."""

    bounds: tuple[Bound, ...] = ()

    @property
    def tax_ids(self) -> frozenset[str]:
        """Every tax ID in which anything may be handed out."""
        return frozenset[str]().union(*(bound.tax_ids for bound in self.bounds))

    @property
    def latest_on(self) -> date | None:
        """The last day anything may be handed out for; None: no such day."""
        days = [bound.last_on for bound in self.bounds]
        return None if None in days else max(filter(None, days), default=None)

    def holds(self, item: Item) -> bool:
        """May all of this be handed out?"""
        return not self.faults(item)

    def takes(self, item: Item, *, alive: frozenset[str]) -> bool:
        """May all of this be taken away? What could be given, for however long; `alive` are the tax IDs the
        office can still work under: what names others is taken away by anybody.
        """
        tax_ids = item.where.tax_ids & alive
        if not tax_ids:
            return True
        faults = self.faults(replace(item, where=replace(item.where, tax_ids=tax_ids)))
        return all(fault.beyond is Beyond.DAY for fault in faults)

    def faults(self, item: Item) -> tuple[Fault, ...]:
        """In what the item goes beyond, of each tax ID by the bound that reaches it and lacks least.

        Empty: it fits.
        """
        if not item.where.tax_ids:
            return (Fault(Beyond.TAX_ID, item.function),)
        found: dict[Beyond, set[str]] = {}
        for tax_id in sorted(item.where.tax_ids):
            lacks = self._least(_of_item(item, tax_id), item.where.last_on)
            for beyond, values in lacks.items():
                found.setdefault(beyond, set()).update(values)
        return tuple(
            Fault(each, item.function, tuple(sorted(found[each]))) for each in Beyond if each in found
        )

    def why(
        self,
        *,
        function: Function | None = None,
        tax_id: str | None = None,
        provider: str | None = None,
        line: str | None = None,
        region: str | None = None,
    ) -> Beyond | None:
        """Why this can nowhere be handed out; None: somewhere it can. Several named: in one bound."""
        named = {
            Beyond.FUNCTION: function,
            Beyond.TAX_ID: tax_id,
            Beyond.PROVIDER: provider,
            Beyond.LINE: line,
            Beyond.REGION: region,
        }
        asked = {beyond: frozenset((value,)) for beyond, value in named.items() if value is not None}
        return next(iter(self._least(asked)), None)

    def why_all(self, dimension: Beyond) -> Beyond | None:
        """Why `every one, also those to come` can nowhere be handed out in that dimension; None: it can."""
        return next(iter(self._least({dimension: None})), None)

    def _least(self, asked: _Dimensions, last_on: date | None = date.min) -> dict[Beyond, frozenset[str]]:
        found = (_lacks(bound, asked, last_on) for bound in self.bounds or (_NOTHING,))
        return min(found, key=lambda lacks: (Beyond.TAX_ID in lacks, len(lacks)))


def _of_item(item: Item, tax_id: str) -> _Dimensions:
    return {
        Beyond.FUNCTION: _functions(item),
        Beyond.TAX_ID: frozenset((tax_id,)),
        Beyond.PROVIDER: item.where.providers,
        Beyond.LINE: item.lines,
        Beyond.REGION: item.where.regions,
    }


def _functions(item: Item) -> frozenset[str] | None:
    """The function, and for managing users what may be handed out by it; None: every one."""
    if item.function is not Function.MANAGE_USERS:
        return frozenset((item.function,))
    return None if item.hands_out is None else item.hands_out | {item.function}


def _lacks(bound: Bound, asked: _Dimensions, last_on: date | None) -> dict[Beyond, frozenset[str]]:
    """What the bound does not hold of this, by dimension; an empty set where every one was asked for."""
    held: _Dimensions = {
        Beyond.FUNCTION: bound.functions,
        Beyond.TAX_ID: bound.tax_ids,
        Beyond.PROVIDER: bound.providers,
        Beyond.LINE: bound.lines,
        Beyond.REGION: bound.regions,
    }
    lacks = {
        beyond: (wanted or frozenset()) - (held[beyond] or frozenset())
        for beyond, wanted in asked.items()
        if not is_part(wanted, held[beyond])
    }
    return lacks if is_until(last_on, bound.last_on) else {**lacks, Beyond.DAY: frozenset()}
