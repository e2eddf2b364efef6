"""The companion guide of the 276 and the 277, and of fetching 835s: states, refusals, limits, an example.

It is made after the guide of the 270, in the world of that guide's example.
"""

from collections.abc import Iterator
from pathlib import Path

from portico.domains.access import machine_sign_in
from portico.domains.claims import payment_delivery
from portico.domains.claims.rules import PEND_REASONS
from portico.domains.permits import actors
from portico.domains.permits.functions import Function
from portico.edges.web.codes import reasons
from portico.edges.web.codes import states as words
from portico.edges.x12 import exchange
from portico.edges.x12.claim_status import asking, refusals, states
from portico.edges.x12.claim_status.states import State
from portico.edges.x12.connectivity.vocabulary import PayloadType
from portico.edges.x12.guides.guide_276 import GUIDE_276
from tests.support import cast, claims, patients, systems
from tests.support.actors import NOW, TODAY
from tests.support.doors import x12_claims
from tests.support.doors.x12_claims import SoughtClaim
from tools.reference import NOTE

TEMPLATE = Path(__file__).parent / "templates" / "companion-276-277.md"
SENDER, CONTROL_NUMBER = "LAKESIDE02", 4712


def page() -> str:
    """The whole page: the template, filled."""
    asked, answered = example()
    return TEMPLATE.read_text(encoding="utf-8").format(
        note=NOTE,
        guide=GUIDE_276.version,
        request=PayloadType.REQUEST_276,
        response=PayloadType.RESPONSE_277,
        fetch=PayloadType.FETCH_277,
        fetch_835=PayloadType.FETCH_835,
        response_835=PayloadType.RESPONSE_835,
        most=asking.MOST_CLAIMS,
        again=states.DECIDED_AGAIN,
        remittance=states.SEE_REMITTANCE,
        states=_rows(_states()),
        refusals=_rows(_refusals()),
        payments=payment_delivery.MOST_PAYMENTS,
        claims=f"{payment_delivery.MOST_CLAIMS:,}",
        days=payment_delivery.NEW_FOR.days,
        asked=asked,
        answered=answered,
    )


def example() -> tuple[str, str]:
    """A claim asked about and answered, a segment a line."""
    grant = systems.a_grant(Function.CLAIMS_INQUIRY)
    partner = systems.a_partner(sender_id=SENDER, name="Billing software", grants=(grant,))
    visitor = actors.visitor(asked_at=NOW, today=TODAY, door=actors.Door.X12)
    actor = machine_sign_in.by_password(
        visitor=visitor, username=partner.machine.row.sign_in_name, secret=partner.secret or ""
    )
    claims.payment([claims.decided()])
    sought = SoughtClaim(
        f"S{patients.ZEPHYRINE}",
        "QUILLFEATHER",
        "ZEPHYRINE",
        first_on=claims.FIRST_ON,
        patient_control_number="PC-0003",
    )
    asked = x12_claims.inquiry(SENDER, [sought], tax_id=cast.OWN, number=908)
    answered = exchange.answer(asked.encode(), actor=actor, now=NOW).write(CONTROL_NUMBER).decode()
    return _lines(asked), _lines(answered)


def _states() -> Iterator[tuple[State, str]]:
    yield states.RECEIVED, "received, to be decided"
    for reason in PEND_REASONS:
        yield states.pended(reason), f"pended: waits for {words.waits_for(reason)}"
    yield states.APPROVED, "decided, to be paid with the next payment"
    yield states.PAID, "paid"
    yield states.TO_DEDUCTIBLE, "decided; nothing to pay, it went to the deductible"
    yield states.NOTHING_TO_PAY, "decided; nothing to pay"
    yield states.REVERSED, "a payment was taken back; to be decided anew"
    for reason, (status, entity) in states.DENIALS.items():
        meant = reasons.carc(reason).means.rstrip(".")
        yield State("F2", status, entity), f"denied (reason {reason}): {meant[:1].lower()}{meant[1:]}"
    yield states.DENIED_FOR_NO_NAMED_REASON, "denied for any other reason; the remittance says which"


def _refusals() -> Iterator[tuple[State, str]]:
    lines = (refusals.NOT_FOUND, refusals.NOT_ENOUGH, *refusals.PROBLEMS.values(), *refusals.REASONS.values())
    for line in (*lines, refusals.FAILED):
        yield line.state, line.words


def _rows(told: Iterator[tuple[State, str]]) -> str:
    """A row for each state, with everything it stands for."""
    meant: dict[str, list[str]] = {}
    for state, means in told:
        meant.setdefault(":".join(state.composite), []).append(means)
    said = {code: dict.fromkeys(means) for code, means in meant.items()}
    return "\n".join(f"| `{code}` | {_joined(list(means))} |" for code, means in said.items())


def _joined(means: list[str]) -> str:
    return " ".join(means) if means[0].endswith(".") else "; ".join(means)


def _lines(interchange: str) -> str:
    return interchange.replace("~", "~\n").rstrip()
