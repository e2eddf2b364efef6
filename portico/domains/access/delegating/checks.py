"""Whether what is wanted is something an office can hold at all, whoever gives it.

An empty list is refused wherever it would be kept as no limit, and so open everything.
"""

from collections.abc import Collection, Iterable
from datetime import date

from portico.domains.access import rules
from portico.domains.access.delegating.refusals import CannotGive
from portico.domains.access.delegating.sets import OPTIONAL, Item
from portico.domains.access.rules import CannotGrant
from portico.domains.offices import practising
from portico.domains.permits.actors import PersonaKind
from portico.domains.permits.functions import GRANTABLE, Function
from portico.domains.plan import catalogue


def check(items: Iterable[Item], kind: PersonaKind, *, tax_ids: Collection[str], on: date) -> None:
    """The office can hold all of it: its tax IDs and its clients' are `tax_ids`. Raises CannotGive."""
    lines, regions = set(catalogue.line_names()), {each.code for each in catalogue.regions()}
    wanted = tuple(items)
    for item in wanted:
        _function(item, kind)
        _named("tax_id", item.where.tax_ids, tax_ids)
        _named("line", item.lines, lines)
        _named("region", item.where.regions, regions)
        _named("hands_out", item.hands_out, GRANTABLE)
        if item.where.last_on is not None and item.where.last_on < on:
            raise CannotGive("ends_before_it_begins")
    _providers(wanted, on)


def _function(item: Item, kind: PersonaKind) -> None:
    try:
        rules.check_function(item.function, kind)
    except CannotGrant as error:
        raise CannotGive("not_for_this_persona", item.function) from error
    is_managing = item.function is Function.MANAGE_USERS
    if kind is PersonaKind.ADMINISTRATOR and not is_managing and item.function not in OPTIONAL:
        raise CannotGive("not_for_this_persona", item.function)
    if item.hands_out is not None and not is_managing:
        raise CannotGive("not_for_this_persona", item.function)


def _named(what: str, asked: Collection[str] | None, known: Collection[str]) -> None:
    """Some are named, each of them known; None stands for every one."""
    if asked is None:
        return
    if not asked:
        raise CannotGive(f"no_{what}")
    unknown = sorted(set(asked) - set(known))
    if unknown:
        raise CannotGive(f"unknown_{what}", *unknown)


def _providers(items: Collection[Item], on: date) -> None:
    """Each provider bills, or will bill, under one of the tax IDs that it is named with."""
    for where in {item.where for item in items if item.where.providers is not None}:
        _named("provider", where.providers, practising.under(where.providers or (), where.tax_ids, on=on))
