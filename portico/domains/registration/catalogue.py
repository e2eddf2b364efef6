"""What may be registered here: the catalogue in force, every version before it, and putting in the next.

A change keeps the rows before and after it as subjects of its audit row, so that the audit tells who changed
what (as plan.verification_table does).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from django.core.cache import cache
from django.db import IntegrityError, transaction

from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.registration import catalogue_rules, models
from portico.domains.registration.catalogue_rows import DEFAULT, AccountType, Holds, Need, Offer, Path
from portico.domains.registration.catalogue_rules import CannotSet

__all__ = ["CannotSet", "Catalogue", "Changed", "Version", "current", "offer", "replace", "versions"]

SUBJECT: Final = ("registration_rules", "catalogue")
WAS: Final = "offer_was"
IS: Final = "offer_is"
REMEMBERED_SECONDS: Final = 1
_CURRENT: Final = "registration.catalogue"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What is offered, in the plan's order; `number` 0 is what is offered where the plan has written none."""

    number: int
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """One version the plan has written: when, and by which user (None: the system)."""

    number: int
    offers: tuple[Offer, ...]
    made_at: datetime
    made_by: int | None


class Changed(Exception):
    """Somebody else has changed the catalogue since it was read."""


def current() -> Catalogue:
    """The catalogue in force. Anybody may ask; a process remembers it for a second."""
    known: Catalogue | None = cache.get(_CURRENT)
    if known is None:
        known = _current()
        cache.set(_CURRENT, known, REMEMBERED_SECONDS)
    return known


def offer(account_type: str, user_type: str, *, number: int | None = None) -> Offer | None:
    """The row of that account type and user type: in force, or in the version `number`; None: not there."""
    rows = current().offers if number is None else _of(number)
    same = (each for each in rows if (each.account_type, each.code) == (account_type, user_type))
    return next(same, None)


def versions(*, actor: Actor) -> tuple[Version, ...]:
    """Every version the plan has written, the one in force first. Raises NotPermitted."""
    with permit(actor, Function.REGISTRATION_RULES) as given:
        given.note_subject(*SUBJECT)
        given.conclude("registration_rules_read")
        return tuple(
            Version(row.number, _offers(row.rows), row.made_at, row.made_by)
            for row in models.Catalogue.objects.order_by("-number")
        )


def replace(*, actor: Actor, offers: Sequence[Offer], was: int) -> Catalogue:
    """Put a new version in force, made from version `was`. What was submitted before keeps its own.

    Raises CannotSet, Changed, NotPermitted.
    """
    with permit(actor, Function.REGISTRATION_RULES, lately=True) as given:
        before = _current()
        if was != before.number:
            raise Changed
        catalogue_rules.check(offers)
        after = Catalogue(was + 1, tuple(offers))
        _write(given, after)
        _note(given, before, after)
        given.conclude("registration_rules_replaced")
        _forget()
        transaction.on_commit(_forget)  # what was asked for in between is remembered as it was before
    return after


def _current() -> Catalogue:
    row = models.Catalogue.objects.order_by("-number").first()
    return Catalogue(0, DEFAULT) if row is None else Catalogue(row.number, _offers(row.rows))


def _of(number: int) -> tuple[Offer, ...]:
    if number == 0:
        return DEFAULT
    known = current()
    if known.number == number:
        return known.offers
    row = models.Catalogue.objects.filter(number=number).first()
    return () if row is None else _offers(row.rows)


def _write(given: Permit, after: Catalogue) -> None:
    """Of two who write the same number at once, one has it."""
    rows = [asdict(each) for each in after.offers]
    try:
        with transaction.atomic():
            models.Catalogue.objects.create(
                number=after.number,
                rows=rows,
                made_at=given.actor.asked_at,
                made_by=given.actor.user_id,
            )
    except IntegrityError as error:
        raise Changed from error


def _offers(rows: Iterable[Mapping[str, Any]]) -> tuple[Offer, ...]:
    return tuple(
        Offer(
            account_type=AccountType(row["account_type"]),
            code=row["code"],
            name=row["name"],
            says=row["says"],
            path=Path(row["path"]),
            holds=Holds(row["holds"]),
            needs=tuple(map(Need, row["needs"])),
            four_eyes=row["four_eyes"],
        )
        for row in rows
    )


def _note(given: Permit, before: Catalogue, after: Catalogue) -> None:
    given.note_subject(*SUBJECT)
    for kind, told in ((WAS, before), (IS, after)):
        for place, each in enumerate(told.offers, 1):
            given.note_subject(kind, f"{place}. {each.account_type} {each.code}")
            given.note_subject(kind, f"{place}= {_says(each)}")


def _says(each: Offer) -> str:
    eyes = ("four_eyes",) if each.four_eyes else ()
    return " ".join((each.path, each.holds, *(each.needs or ("-",)), *eyes))


def _forget() -> None:
    cache.delete(_CURRENT)
