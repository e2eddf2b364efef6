"""Is this provider in the network? Answered with a receipt that stays as it was given.

An answer is about a provider, a line of business and a day; no patient stands in it. The office that asked
reads it again; the plan's staff verify it by its reference.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from django.db.models import QuerySet

from portico.domains.directory import models
from portico.domains.directory.finding import in_force
from portico.domains.offices import contacts
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import catalogue, freshness
from portico.domains.plan.freshness import Feed
from portico.shared import references
from portico.shared.identifiers import BadIdentifier
from portico.shared.periods import Period

LAYOUT: Final = 1
_MOST_PLACES: Final = 50


class Verdict(StrEnum):
    """What is answered."""

    IN_NETWORK = "in_network"
    NOT_IN_NETWORK = "not_in_network"


class UnknownQuestion(LookupError):
    """The directory never listed this provider, or the plan has no such line."""


class AnswerNotFound(LookupError):
    """Whoever asks holds no such answer."""


@dataclass(frozen=True, slots=True)
class At:
    """A place at which the provider takes part, and when; the place as one line of text."""

    office: str
    place: str
    period: Period


@dataclass(frozen=True, slots=True)
class Answer:
    """The receipt. `holds`: its content still has the hash it was given with."""

    reference: str
    office_name: str
    npi: str
    name: str
    specialty: str
    line: str
    line_name: str
    as_of: date
    asked_at: datetime
    verdict: Verdict
    places: tuple[At, ...]
    data_as_of: datetime | None
    content_hash: str
    holds: bool


def ask(*, actor: Actor, npi: str, line: str, on: date) -> Answer:
    """Answers whether the provider takes part in the line's network that day, and keeps the answer.

    Raises UnknownQuestion, NotPermitted.
    """
    with permit(actor, Function.PROVIDER_SEARCH) as given:
        known = models.Listing.objects.filter(npi=npi).order_by("-last_on", "pk").first()
        named = catalogue.line_names().get(line)
        if known is not None and named is not None:
            row = _keep(given, known, line, _content(given, known, (line, named), on))
            given.conclude(row.verdict)
            return _answer(row)
        given.conclude("unknown")
    raise UnknownQuestion(npi, line)


def read(*, actor: Actor, reference: str) -> Answer:
    """An answer that this office, or this person of the plan, was given.

    Raises AnswerNotFound, NotPermitted.
    """
    with permit(actor, Function.PROVIDER_SEARCH) as given:
        row = _held(given).filter(reference=_canonical(reference)).first()
        given.conclude("answer" if row else "not_found")
        if row is not None:
            return _answer(row)
    raise AnswerNotFound


def verify(*, actor: Actor, reference: str) -> Answer | None:
    """The answer anybody was given, for the plan's staff; None for an unknown or mistyped reference.

    Raises NotPermitted.
    """
    with permit(actor, Function.RECEIPT_VERIFICATION) as given:
        row = models.NetworkAnswer.objects.filter(reference=_canonical(reference)).first()
        given.conclude("answer" if row else "not_found")
        return None if row is None else _answer(row)


def _held(given: Permit) -> QuerySet[models.NetworkAnswer]:
    actor = given.actor
    if actor.office_id is not None:
        return models.NetworkAnswer.objects.filter(office_id=actor.office_id)
    return models.NetworkAnswer.objects.filter(office_id=None, persona_id=actor.persona_id)


def _content(given: Permit, known: models.Listing, line: tuple[str, str], on: date) -> dict[str, Any]:
    actor, data_as_of = given.actor, freshness.of().get(Feed.PROVIDERS)
    named = contacts.of([actor.office_id]).get(actor.office_id) if actor.office_id is not None else None
    return {
        "layout": LAYOUT,
        "reference": references.new(),
        "office_name": named.name if named else "",
        "npi": known.npi,
        "name": known.name,
        "specialty": known.specialty,
        "line": line[0],
        "line_name": line[1],
        "as_of": on.isoformat(),
        "asked_at": actor.asked_at.isoformat(),
        "places": _places(known.npi, line[0], on),
        "data_as_of": data_as_of.isoformat() if data_as_of else None,
    }


def _places(npi: str, line: str, on: date) -> list[dict[str, Any]]:
    """Where the provider takes part that day, as plain JSON."""
    rows = models.Network.objects.filter(
        in_force(on), listing__in=models.Listing.objects.filter(in_force(on), npi=npi), line=line
    ).select_related("listing__place")
    return [
        {
            "office": row.listing.group_name,
            "place": _one_line(row.listing.place),
            "first": row.first_on.isoformat(),
            "last": row.last_on.isoformat() if row.last_on else None,
        }
        for row in rows.order_by("listing__place__city", "pk")[:_MOST_PLACES]
    ]


def _one_line(place: models.Place) -> str:
    town = " ".join(filter(None, (place.state, place.postal_code)))
    return ", ".join(filter(None, (place.address, place.city, town)))


def _keep(given: Permit, known: models.Listing, line: str, content: dict[str, Any]) -> models.NetworkAnswer:
    verdict = Verdict.IN_NETWORK if content["places"] else Verdict.NOT_IN_NETWORK
    content["verdict"] = verdict.value
    return models.NetworkAnswer.objects.create(
        reference=content["reference"],
        npi=known.npi,
        line=line,
        as_of=date.fromisoformat(content["as_of"]),
        verdict=verdict,
        office_id=given.actor.office_id,
        persona_id=given.actor.persona_id,
        asked_at=given.actor.asked_at,
        content=content,
        content_hash=_hash(content),
    )


def _hash(content: Mapping[str, Any]) -> str:
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _canonical(reference: str) -> str:
    try:
        return references.parse(reference)
    except BadIdentifier:
        return ""


def _answer(row: models.NetworkAnswer) -> Answer:
    told = row.content
    return Answer(
        reference=told["reference"],
        office_name=told["office_name"],
        npi=told["npi"],
        name=told["name"],
        specialty=told["specialty"],
        line=told["line"],
        line_name=told["line_name"],
        as_of=date.fromisoformat(told["as_of"]),
        asked_at=datetime.fromisoformat(told["asked_at"]),
        verdict=Verdict(told["verdict"]),
        places=tuple(map(_at, told["places"])),
        data_as_of=datetime.fromisoformat(told["data_as_of"]) if told["data_as_of"] else None,
        content_hash=row.content_hash,
        holds=_hash(told) == row.content_hash,
    )


def _at(told: Mapping[str, Any]) -> At:
    last = date.fromisoformat(told["last"]) if told["last"] else None
    return At(told["office"], told["place"], Period(date.fromisoformat(told["first"]), last))
