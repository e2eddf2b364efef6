"""Providers who have left drop out of what names them: people's access, and systems'.

A grant that names some providers ends, and one like it without those who left takes its place. One that named
no other ends and nothing takes its place: without a name it would reach every provider there is.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q

from portico.domains.access import models
from portico.domains.access.delegating import grants, records
from portico.domains.access.officers import presence, standing, telling
from portico.domains.access.officers.standing import Cause
from portico.domains.offices import terminations
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

CHUNK: Final = 500
KIND: Final = "provider_left"
NOTICE: Final = "provider_dropped"
Dimension = models.GrantLimit.Dimension


@dataclass(frozen=True, slots=True)
class Named:
    """A running grant that names providers, and the tax IDs it names."""

    number: int
    providers: frozenset[str]
    tax_ids: frozenset[str]


def drop(*, actor: Actor, after: int = 0) -> int | None:
    """Look through a chunk of grants; answers where the next begins, None when nothing is left.

    Raises NotPermitted.
    """
    with permit(actor, Function.HOUSEKEEPING) as given:
        chunk = _chunk(actor.today, after)
        left = {
            each.number: gone for each, gone in zip(chunk, _gone(chunk, actor.today), strict=True) if gone
        }
        for persona_id, numbers in sorted(_of_personas(left).items()):
            _drop_persona(given, persona_id, {number: left[number] for number in numbers})
        _drop_machines(given, left)
        given.conclude("providers_dropped" if left else "no_provider_left")
        return chunk[-1].number if chunk else None


def _chunk(today: date, after: int) -> list[Named]:
    """The running grants, of higher numbers than that, that name a provider."""
    runs = Q(last_on=None) | Q(last_on__gte=today)
    rows = models.Grant.objects.filter(runs, pk__gt=after, limits__dimension=Dimension.PROVIDER)
    rows = rows.exclude(state=models.Grant.State.ENDED).distinct().order_by("pk")
    numbers = list(rows.values_list("pk", flat=True)[:CHUNK])
    limits: dict[tuple[int, str], set[str]] = {}
    held = models.GrantLimit.objects.filter(grant__in=numbers)
    for number, dimension, value in held.values_list("grant", "dimension", "value"):
        limits.setdefault((number, dimension), set()).add(value)
    return [
        Named(
            number,
            frozenset(limits.get((number, Dimension.PROVIDER), ())),
            frozenset(limits.get((number, Dimension.TAX_ID), ())),
        )
        for number in numbers
    ]


def _gone(chunk: Sequence[Named], today: date) -> Iterable[frozenset[str]]:
    """For each, the providers it names who bill under none of its tax IDs any more, though they did."""
    npis = frozenset[str]().union(*(each.providers for each in chunk))
    tax_ids = frozenset[str]().union(*(each.tax_ids for each in chunk))
    ended = terminations.ended(npis, tax_ids, on=today) if chunk else {}
    for each in chunk:
        yield frozenset(npi for npi in each.providers if has_left(ended.get(npi, {}), each.tax_ids))


def has_left(ended: Mapping[str, bool], tax_ids: Collection[str]) -> bool:
    """Did the provider bill under some of these, and is that over under every one of them?

    One who never did has not left: the provider file may not have come yet.
    """
    known = [ended[tax_id] for tax_id in tax_ids if tax_id in ended]
    return bool(known) and all(known)


def _of_personas(left: Collection[int]) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = {}
    rows = models.Grant.objects.filter(pk__in=left, persona__isnull=False).order_by("pk")
    for number, persona_id in rows.values_list("pk", "persona_id"):
        found.setdefault(persona_id or 0, []).append(number)
    return found


def _drop_persona(given: Permit, persona_id: int, left: Mapping[int, frozenset[str]]) -> None:
    persona = models.Persona.objects.select_for_update().get(pk=persona_id)
    before = grants.held(persona, on=given.actor.today).running
    for number, gone in sorted(left.items()):
        _replace(given, number, gone)
    records.tell(given, persona, KIND, before=before)
    given.note_subject("persona", str(persona_id))
    standing.settle_if_administrator(given, persona, cause=Cause.EXPIRED)
    _tell(given, persona.office_id, frozenset[str]().union(*left.values()))


def _drop_machines(given: Permit, left: Mapping[int, frozenset[str]]) -> None:
    rows = models.Grant.objects.filter(pk__in=left, machine__isnull=False).order_by("pk")
    for number, machine_id, office_id in rows.values_list("pk", "machine_id", "machine__office_id"):
        _replace(given, number, left[number])
        given.note_subject("machine", str(machine_id))
        _tell(given, office_id, left[number])


def _replace(given: Permit, number: int, gone: frozenset[str]) -> None:
    """End the grant; the same without those providers begins, where it names any other."""
    grant = models.Grant.objects.select_for_update().get(pk=number)
    limits = [
        models.GrantLimit(dimension=limit.dimension, value=limit.value)
        for limit in grant.limits.order_by("pk")
        if not (limit.dimension == Dimension.PROVIDER and limit.value in gone)
    ]
    models.Grant.objects.filter(pk=number).update(
        state=models.Grant.State.ENDED, ended_at=given.actor.asked_at, ended_by=None
    )
    given.note_subject("grant", str(number))
    if any(limit.dimension == Dimension.PROVIDER for limit in limits):
        grant.pk, grant._state.adding = None, True
        grant.save(force_insert=True)
        for limit in limits:
            limit.grant = grant
        models.GrantLimit.objects.bulk_create(limits)
        given.note_subject("grant", str(grant.pk))


def _tell(given: Permit, office_id: int | None, gone: frozenset[str]) -> None:
    """A notice to the office's administrators: whose names dropped out of somebody's access."""
    if office_id is not None:
        there = presence.of(office_id, on=given.actor.today)
        telling.tell_administrators(given, there, NOTICE, providers=", ".join(sorted(gone)))
