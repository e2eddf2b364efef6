"""The request an office has before it: found within reach, locked, with the roles in which it is reached.

Referrals are sent and changed by those with the function for referrals, everything else by those with the one
for authorizations; so whoever acts says of which kind the request is, as it was read.
"""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from portico.domains.authorizations import change_rules, ledger, models, reach
from portico.domains.authorizations.change_rules import Act
from portico.domains.authorizations.facts.requested import Kind, Role
from portico.domains.permits import scoping
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit

FUNCTIONS: Final[Mapping[Kind, Function]] = {
    Kind.AUTHORIZATION: Function.AUTHORIZATION_SUBMISSION,
    Kind.ADMISSION: Function.AUTHORIZATION_SUBMISSION,
    Kind.REFERRAL: Function.REFERRALS,
}
"""What one needs to send and to change a request of a kind."""


class UnknownRequest(LookupError):
    """Whoever asks reaches no request of this id and kind."""


class Changed(ValueError):
    """Somebody else was quicker: the request is no longer the one that was seen (`version`)."""

    def __init__(self, version: int) -> None:
        super().__init__(f"the request has version {version} by now")
        self.version = version


class NotNow(ValueError):
    """The act is not open to this office, or not as the request stands."""


def kinds_of(function: Function) -> tuple[str, ...]:
    """The kinds of request that this function sends and changes."""
    return tuple(kind.value for kind, needed in FUNCTIONS.items() if needed is function)


def held(given: Permit, authorization: UUID) -> models.Authorization | None:
    """The request, locked until the transaction ends; None where this permit reaches none of its kinds."""
    kinds = kinds_of(given.question.function)
    wanted = reach.reached(given).filter(public_id=authorization, kind__in=kinds)
    number = wanted.values_list("pk", flat=True).first()
    if number is None:
        return None
    row = ledger.locked(number)
    given.note_subject("member", row.member_id)
    given.note_subject("authorization", row.number)
    return row


def roles(given: Permit, row: models.Authorization) -> frozenset[Role]:
    """As what the permit's tax IDs stand in the request. One query."""
    wanted = scoping.q(given, tax_id="tax_id", line="line", provider="npi")
    found = models.Party.objects.filter(wanted, authorization=row).values_list("role", flat=True)
    return frozenset(map(Role, found))


def may(given: Permit, row: models.Authorization, act: Act) -> bool:
    """Is that act open to who asks, as the request stands? One query."""
    told = {"was_decided": row.decided_at is not None, "discharged": row.discharged_on is not None}
    return any(change_rules.may(act, row.kind, row.state, role, **told) for role in roles(given, row))


def touch(given: Permit, row: models.Authorization, *fields: str) -> None:
    """Save these fields of a request that was held, as a version of its own."""
    row.version, row.changed_at = row.version + 1, given.actor.asked_at
    row.save(update_fields=[*fields, "version", "changed_at"])
