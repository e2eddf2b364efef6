"""Access in words: where somebody works, and what they may do there, with names for every code."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from portico.domains.access.delegating.history import Entry
from portico.domains.access.delegating.sets import FunctionAccess, Item, Where
from portico.domains.permits.actors import GrantState
from portico.domains.permits.functions import Function
from portico.domains.plan import catalogue
from portico.edges.web.refusals import FUNCTION_NAMES
from portico.shared import identifiers

EVERY_PROVIDER = "Every provider, also those to come"
EVERY_LINE = "Every line of business"
EVERY_REGION = "Every region"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something may be done, in words; `regions` is empty where the plan tells none apart."""

    tax_ids: str
    providers: str
    regions: str
    last_on: date | None


@dataclass(frozen=True, slots=True)
class Doing:
    """One function: its name, in which lines, and what is said besides."""

    name: str
    lines: str
    says: str = ""
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Functions that are given in one place."""

    place: Place
    doings: tuple[Doing, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """What lines, regions and providers are called, by code and NPI."""

    lines: Mapping[str, str]
    regions: Mapping[str, str]
    providers: Mapping[str, str] = field(default_factory=dict)

    def place(self, where: Where) -> Place:
        """The place in words."""
        every_region = EVERY_REGION if self.regions else ""
        return Place(
            ", ".join(map(identifiers.format_tax_id, sorted(where.tax_ids))),
            self._providers(where.providers),
            _listed(where.regions, self.regions) or every_region,
            where.last_on,
        )

    def doing(self, item: Item | Entry, *, waits: bool = False) -> Doing:
        """One function in words, as it is held or as the history keeps it."""
        handed = item.hands_out
        says = "" if item.function != Function.MANAGE_USERS else f"Hands out {_functions(handed)}"
        return Doing(_function(item.function), _listed(item.lines, self.lines) or EVERY_LINE, says, waits)

    def groups(self, entries: Iterable[Entry]) -> tuple[Group, ...]:
        """Entries of the history, those of one place together."""
        found: dict[Where, list[Doing]] = {}
        for entry in entries:
            waits = entry.state == GrantState.PROPOSED
            found.setdefault(entry.where, []).append(self.doing(entry, waits=waits))
        return tuple(Group(self.place(where), tuple(doings)) for where, doings in found.items())

    def grouped(self, held: Sequence[FunctionAccess]) -> tuple[Group, ...]:
        """Grants, those of one place together."""
        found: dict[Where, list[Doing]] = {}
        for each in held:
            waits = each.state is GrantState.PROPOSED
            found.setdefault(each.item.where, []).append(self.doing(each.item, waits=waits))
        return tuple(Group(self.place(where), tuple(doings)) for where, doings in found.items())

    def _providers(self, npis: frozenset[str] | None) -> str:
        if npis is None:
            return EVERY_PROVIDER
        named = sorted((self.providers.get(npi, ""), npi) for npi in npis)
        return "; ".join(f"{name} (NPI {npi})" if name else f"NPI {npi}" for name, npi in named)


def names(providers: Mapping[str, str] | None = None) -> Names:
    """The names of what the plan has, and of these providers."""
    choosable = catalogue.choices()
    return Names(
        {each.code: each.name for each in choosable.lines},
        {each.code: each.name for each in choosable.regions},
        providers or {},
    )


def _listed(codes: Iterable[str] | None, names: Mapping[str, str]) -> str:
    """The names of these codes in the plan's order, then codes it has no more; "" for every one."""
    if codes is None:
        return ""
    wanted = set(codes)
    known = [name for code, name in names.items() if code in wanted]
    return ", ".join((*known, *sorted(wanted.difference(names))))


def _function(code: str) -> str:
    return FUNCTION_NAMES[Function(code)] if code in set(Function) else code.replace("_", " ").capitalize()


def _functions(handed: Iterable[str] | None) -> str:
    if handed is None:
        return "everything the office may"
    named = set(handed)
    known = [each for each in Function if each in named]
    return ", ".join(map(_function, (*known, *sorted(named.difference(known)))))
