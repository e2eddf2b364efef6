"""What lies within what, and what two have in common: lists in which None stands for every one. Pure."""

from dataclasses import replace
from datetime import date

from portico.domains.access.delegating.sets import Item, Where
from portico.domains.permits.functions import Function

Named = frozenset[str] | None


def is_part(inner: frozenset[str] | None, outer: frozenset[str] | None) -> bool:
    """Are these among those? Every one is among nothing but every one."""
    return outer is None or (inner is not None and inner <= outer)


def is_until(inner: date | None, outer: date | None) -> bool:
    """Does one end no later than the other? None is no end."""
    return outer is None or (inner is not None and inner <= outer)


def is_within(inner: Item, outer: Item) -> bool:
    """Does the outer give all that the inner gives?"""
    return inner.function is outer.function and all(
        (
            inner.where.tax_ids <= outer.where.tax_ids,
            is_part(inner.where.providers, outer.where.providers),
            is_part(inner.where.regions, outer.where.regions),
            is_part(inner.lines, outer.lines),
            is_until(inner.where.last_on, outer.where.last_on),
            is_part(inner.hands_out, outer.hands_out),
        )
    )


def overlap(one: Item, other: Item) -> Item | None:
    """What both of them give; None where that is nothing."""
    where = Where(
        one.where.tax_ids & other.where.tax_ids,
        _both(one.where.providers, other.where.providers),
        _both(one.where.regions, other.where.regions),
        min(filter(None, (one.where.last_on, other.where.last_on)), default=None),
    )
    hands_out = _functions(one.hands_out, other.hands_out)
    shared = replace(one, where=where, lines=_both(one.lines, other.lines), hands_out=hands_out)
    limits = (where.tax_ids, where.providers, where.regions, shared.lines, hands_out)
    is_something = one.function is other.function and all(each is None or each for each in limits)
    return shared if is_something else None


def _both(one: Named, other: Named) -> Named:
    if one is None or other is None:
        return other if one is None else one
    return one & other


def _functions(
    one: frozenset[Function] | None, other: frozenset[Function] | None
) -> frozenset[Function] | None:
    if one is None or other is None:
        return other if one is None else one
    return one & other
