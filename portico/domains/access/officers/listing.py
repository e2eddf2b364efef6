"""Who administers an office, as its administrators see it: those who are there, and who takes over."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from portico.domains.access import models
from portico.domains.access.officers import presence, promoting, rules
from portico.domains.permits.actors import Actor, PersonaKind
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody of the office."""

    user_id: int
    name: str
    username: str


@dataclass(frozen=True, slots=True)
class House:
    """The office's officers.

    `successor` as named, though perhaps no longer able (`successor_can` says so). `may_name`: the actor's own
    reach is wide enough. `found`: people the actor may name, of those looked for.
    """

    administrators: tuple[Officer, ...]
    successor: Officer | None
    successor_can: bool
    may_name: bool
    found: tuple[Officer, ...]
    has_more: bool = False

    @property
    def is_alone(self) -> bool:
        """Is there one administrator and no second?"""
        return len(self.administrators) < 2


def house(*, actor: Actor, text: str = "", lately: bool = False) -> House:
    """The officers of the actor's office; `text` looks for people to be named, part of a name or username.

    Raises NotPermitted.
    """
    with permit(actor, Function.MANAGE_USERS, lately=lately) as given:
        office_id = actor.office_id or 0
        there = models.Persona.objects.filter(pk__in=presence.of(office_id, on=actor.today))
        row = models.Officers.objects.filter(office_id=office_id).first()
        named = row.successor if row else None
        found = _candidates(given, office_id, text)
        given.conclude("officers_shown")
        return House(
            administrators=_officers(there.order_by("pk").values_list("user_id", flat=True)),
            successor=next(iter(_officers([named])), None) if named else None,
            successor_can=named is not None and promoting.may_succeed(office_id, named, on=actor.today),
            may_name=rules.reaches_whole_office(actor),
            found=found[:MOST_FOUND],
            has_more=len(found) > MOST_FOUND,
        )


def _candidates(given: Permit, office_id: int, text: str) -> tuple[Officer, ...]:
    """People of the office who can succeed, by name; one more than are shown."""
    held = presence.with_access(given.actor.today).filter(
        office_id=office_id,
        kind=PersonaKind.END_USER,
        user__state=presence.ACTIVE,
        user__activated_at__isnull=False,
    )
    held = held.exclude(user=given.actor.user_id or 0)
    held = held.exclude(user__in=presence.administrators().filter(office_id=office_id).values("user_id"))
    for word in text.split():
        held = held.filter(_like(word))
    ordered = held.order_by("user__last_name", "user__first_name", "user_id")
    return _officers(ordered.values_list("user_id", flat=True)[: MOST_FOUND + 1])


def _like(word: str) -> Q:
    named = Q(user__first_name__icontains=word) | Q(user__last_name__icontains=word)
    return named | Q(user__username__icontains=word)


def _officers(numbers: Iterable[int]) -> tuple[Officer, ...]:
    """These users, in the order given; one without a persona is absent."""
    asked = list(dict.fromkeys(numbers))
    rows = models.Persona.objects.filter(user__in=asked).values_list(
        "user_id", "user__first_name", "user__last_name", "user__username"
    )
    known = {number: Officer(number, f"{first} {last}".strip(), name) for number, first, last, name in rows}
    return tuple(known[number] for number in asked if number in known)
