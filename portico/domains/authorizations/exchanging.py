"""How requests stand, for whoever asks by message: the same decision and the same facts as the pages show."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Q

from portico.domains.authorizations import (
    at_hand,
    changing,
    finding,
    matching,
    models,
    page_views,
    reach,
    sending,
    views,
)
from portico.domains.authorizations.asked import Asked, NoAuthorizations, NothingFound
from portico.domains.authorizations.at_hand import FUNCTIONS
from portico.domains.authorizations.facts.exchanged import AsItStands, Standings
from portico.domains.authorizations.facts.requested import Kind, NotSent, Request, Sent
from portico.domains.authorizations.facts.shown import Listed, ServiceFacts
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

MOST = 10


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A request that was given up, as it stands by then; `reference` is the audit row's."""

    stands: AsItStands
    reference: str


def of(*, actor: Actor, asked: Asked, most: int = MOST) -> Standings | NothingFound:
    """The requests meant as they stand, at most `most`; or why there is none.

    One decision and one audit row, however many. A request to which no office of the actor is a party is not
    found, as one that never was. It searches by numbers, names and days, not by SSN. A constant number of
    queries. Raises NotPermitted.
    """
    with permit(actor, Function.AUTHORIZATION_INQUIRY, tax_id=asked.tax_id, line=asked.line or None) as given:
        if asked.ssn or not asked.is_enough:
            given.conclude(NoAuthorizations.NOT_ENOUGH)
            return NothingFound((NoAuthorizations.NOT_ENOUGH,), reference=given.reference)
        rows = list(matching.rows(given, asked, None)[: most + 1])
        if not rows:
            return finding.nothing(given, asked)
        _note(given, rows[:most])
        return Standings(as_they_stand(given, rows[:most]), len(rows) > most, given.reference)


def send(*, actor: Actor, request: Request) -> tuple[Sent, AsItStands] | NotSent:
    """Take a request as `sending.send` does, and tell how it stands by then; or why it is not taken.

    One permit for both. Raises NotPermitted.
    """
    with sending.permitted(actor, request) as given:
        answer = sending.answered(given, request)
        if isinstance(answer, NotSent):
            return answer
        row = reach.reached(given).get(public_id=answer.authorization)
        (stands,) = as_they_stand(given, [row])
        return answer, stands


def cancel(*, actor: Actor, of: Kind, tax_id: str, number: str, member_id: str) -> Cancelled:
    """Give up the office's own request of that number and member, and tell how it stands by then.

    `of` a kind, or of another that the same function sends: an admission that lay ahead is an authorization.
    One permit. Raises changing.UnknownRequest, NotNow and UnitsUsed, NotPermitted.
    """
    with permit(actor, FUNCTIONS[of], tax_id=tax_id) as given:
        meant = Q(number=number) & (Q(member_id=member_id) | Q(subscriber_number=member_id))
        own = reach.asked_by(given).filter(meant, kind__in=at_hand.kinds_of(FUNCTIONS[of]))
        found = own.values_list("public_id", flat=True).first()
        row = at_hand.held(given, found) if found and number and member_id else None
        fault = changing.given_up(given, row, changing.Why.OTHER)
        if fault is None and row is not None:
            (stands,) = as_they_stand(given, [row])
            return Cancelled(stands, given.reference)
    raise fault or changing.UnknownRequest


def as_they_stand(given: Permit, rows: "Collection[models.Authorization]") -> tuple[AsItStands, ...]:
    """These requests as they stand. A constant number of queries."""
    told = views.listed(given, rows)
    services = iter(views.services(each for row in rows for each in row.services.all()))
    return tuple(_one(row, listed, services) for row, listed in zip(rows, told, strict=True))


def _note(given: Permit, rows: "Collection[models.Authorization]") -> None:
    for row in rows:
        given.note_subject("member", row.member_id)
        given.note_subject("authorization", row.number)
    given.conclude("found")


def _one(row: models.Authorization, listed: Listed, services: Iterator[ServiceFacts]) -> AsItStands:
    positions = {each.pk: each.position for each in row.services.all()}
    return AsItStands(
        listed=listed,
        parties=tuple(views.party(each) for each in row.parties.all()),
        services=tuple(next(services) for _ in positions),
        diagnoses=tuple(row.diagnoses),
        place=row.place,
        admitted_at=row.admitted_at,
        discharged_on=row.discharged_on,
        asked=tuple(page_views.asked(each, positions) for each in views.open_questions(row)),
    )
