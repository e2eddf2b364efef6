"""More of what was approved, or longer: a request of its own that names the one it prolongs.

What was approved stays as it is; the new request has its own number, clock and decision. So nobody loses what
they have by asking for more.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from portico.domains.authorizations import at_hand, ledger, models, preparing, restating, sending
from portico.domains.authorizations.at_hand import FUNCTIONS, Changed, NotNow, UnknownRequest
from portico.domains.authorizations.change_rules import Act
from portico.domains.authorizations.facts.requested import Kind, Level, NotSent, Request, Sent, ServiceSent
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import Permit, permit


@dataclass(frozen=True, slots=True)
class More:
    """What is asked for beyond what was approved. Empty diagnoses: those of the request that is prolonged.

    An empty contact likewise. `urgency` says why an expedited one cannot wait.
    """

    services: Sequence[ServiceSent]
    diagnoses: Sequence[str] = ()
    level: Level = Level.STANDARD
    urgency: str = ""
    contact_name: str = ""
    contact_telephone: str = ""
    partner_reference: str = ""
    sends_anyway: bool = False


def extend(
    *, actor: Actor, authorization: UUID, of: Kind, more: More, version: int | None = None
) -> Sent | NotSent:
    """Ask for more units or later days of an approved authorization or referral.

    Raises UnknownRequest, NotNow, Changed, NotPermitted.
    """
    return _prolong(actor, authorization, of, Act.EXTEND, more, version)


def continue_stay(
    *, actor: Actor, authorization: UUID, more: More, version: int | None = None
) -> Sent | NotSent:
    """Ask for further days of a stay that goes on. Raises UnknownRequest, NotNow, Changed, NotPermitted."""
    return _prolong(actor, authorization, Kind.ADMISSION, Act.CONTINUE_STAY, more, version)


def _prolong(
    actor: Actor, authorization: UUID, of: Kind, act: Act, more: More, version: int | None
) -> Sent | NotSent:
    with permit(actor, FUNCTIONS[of]) as given:
        row = at_hand.held(given, authorization)
        fault = _fault(given, row, act, version)
        if fault is None and row is not None:
            answer = _send(given, row, act, more)
            given.conclude(f"{act}_{answer.state}" if isinstance(answer, Sent) else "not_prolonged")
            return answer
        given.conclude("not_found" if row is None else "not_prolonged")
    raise fault or UnknownRequest


def _fault(
    given: Permit, row: models.Authorization | None, act: Act, version: int | None
) -> Exception | None:
    if row is None:
        return UnknownRequest()
    if not at_hand.may(given, row, act):
        return NotNow()
    return Changed(row.version) if version is not None and version != row.version else None


def _send(given: Permit, row: models.Authorization, act: Act, more: More) -> Sent | NotSent:
    before = _sent_before(given, row, more)
    if before is not None:
        return before
    ready = preparing.prepare(given, _request(row, more), but=frozenset({row.pk}), is_again=True)
    if ready.faults or (ready.warnings and not more.sends_anyway):
        return NotSent(ready.faults, ready.warnings, given.reference)
    new = sending.taken(given, ready, extends=row)
    details = {"by": new.number}
    ledger.note(
        given,
        row,
        ledger.Kind.CONTINUED,
        side=ledger.Side.OFFICE,
        basis=ledger.Basis.EXTENSION,
        code=act.value,
        details=details,
    )
    at_hand.touch(given, row)
    return sending.sent(given, new, ready)


def _sent_before(given: Permit, row: models.Authorization, more: More) -> Sent | None:
    """The answer to what was sent before under the office's own number."""
    if not more.partner_reference or given.actor.office_id is None:
        return None
    earlier = row.extensions.filter(
        office_id=given.actor.office_id, partner_reference=more.partner_reference
    ).first()
    return sending.sent(given, earlier) if earlier is not None else None


def _request(row: models.Authorization, more: More) -> Request:
    held = restating.request_of(row)
    return replace(
        held,
        services=tuple(more.services),
        diagnoses=tuple(more.diagnoses) or held.diagnoses,
        level=more.level,
        urgency=more.urgency,
        answers=(),
        requirement="",
        contact_name=more.contact_name or held.contact_name,
        contact_telephone=more.contact_telephone or held.contact_telephone,
        partner_reference=more.partner_reference,
    )
