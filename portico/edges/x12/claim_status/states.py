"""Where a claim or a line stands as STC says it: a category, a status code, sometimes whom it is about.

| stands | category | why |
| --- | --- | --- |
| received | P1 | taken in for a decision |
| pended | P2 the plan reviews, P3 the office, P4 the patient has to send something | what it waits for |
| approved | F0 | decided, to be paid with the next payment |
| paid | F1, or F4 where nothing was left to pay | |
| denied | F2 | the first reason that has a code of its own |
| reversed | F3 | the remittance tells more |

Codes are those of the lists that X12 publishes for the 277; what each stands for is said in our own words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portico.domains.claims.answers import ClaimFacts, LineFacts
from portico.domains.claims.facts.adjusted import Adjusted, Group
from portico.domains.claims.rules import PEND_REASONS, Owner, Status

PATIENT, PAYER, SUBSCRIBER, PROVIDER = "QC", "PR", "IL", "1P"


@dataclass(frozen=True, slots=True)
class State:
    """STC01: the category, the status, and the entity (NM101) it is about, empty for none."""

    category: str
    status: str
    entity: str = ""

    @property
    def composite(self) -> tuple[str, ...]:
        """Its components as they are written."""
        return (self.category, self.status, self.entity) if self.entity else (self.category, self.status)


RECEIVED = State("P1", "20")
APPROVED = State("F0", "3")
PAID, NOTHING_TO_PAY = State("F1", "65"), State("F4", "104")
TO_DEDUCTIBLE = State("F4", "98")
REVERSED = State("F3", "1")
SEE_REMITTANCE = "1"
DECIDED_AGAIN = "101"
DENIED_FOR_NO_NAMED_REASON = State("F2", "585")

WAITS_FOR: Mapping[str, str] = {
    "medical_records": "317",
    "itemized_bill": "280",
    "invoice": "294",
    "other_payer_decision": "286",
    "authorization_missing": "48",
    "consent_form": "294",
    "accident_details": "123",
    "other_coverage": "52",
    "eligibility_review": "56",
    "coordination_of_benefits": "52",
    "clinical_review": "46",
    "coding_review": "55",
    "pricing_review": "64",
    "duplicate_review": "46",
    "provider_record_review": "50",
    "high_amount_review": "40",
}
WAITS_FOR_ANYTHING = "40"
_CATEGORY: Mapping[Owner, str] = {Owner.OFFICE: "P3", Owner.MEMBER: "P4"}
_ABOUT: Mapping[str, str] = {"123": PATIENT}

# The status code of a denial, by its reason (CARC).
DENIALS: Mapping[str, tuple[str, str]] = {
    "16": ("21", ""),
    "18": ("54", ""),
    "22": ("85", PAYER),
    "24": ("105", ""),
    "26": ("88", PATIENT),
    "27": ("88", PATIENT),
    "29": ("718", ""),
    "31": ("33", ""),
    "97": ("12", ""),
    "109": ("116", ""),
    "163": ("95", ""),
    "177": ("88", PATIENT),
    "197": ("84", ""),
    "200": ("88", PATIENT),
    "226": ("95", ""),
    "227": ("95", ""),
    "252": ("95", ""),
}


def of_claim(claim: ClaimFacts, lines: Iterable[LineFacts] = ()) -> tuple[State, ...]:
    """How a claim stands: the state, then what else is to be said of it."""
    adjustments = [*claim.adjustments, *(each for line in lines for each in line.adjustments)]
    first = _of(claim.status, claim.pend_reason, claim.paid or 0, adjustments)
    more = []
    if claim.is_adjusted:
        more.append(State(first.category, DECIDED_AGAIN))
    if claim.payment and first.status != SEE_REMITTANCE:
        more.append(State(first.category, SEE_REMITTANCE))
    return (first, *more)


def of_line(claim: ClaimFacts, line: LineFacts) -> State:
    """How a line stands: by itself where it was decided, else as its claim does.

    A line of a paid claim that nothing was paid for is denied unless the member owes all that is left of it.
    """
    if line.paid is None or claim.status not in (Status.PAID, Status.DENIED):
        return of_claim(claim)[0]
    owed = any(each.group is Group.PATIENT for each in line.adjustments)
    status = Status.PAID if line.paid or owed else Status.DENIED
    return _of(status, "", line.paid, line.adjustments)


def _of(status: Status, pend_reason: str, paid: object, adjustments: Iterable[Adjusted]) -> State:
    match status:
        case Status.PENDED:
            return pended(pend_reason)
        case Status.PAID if not paid:
            return _unpaid(adjustments)
        case Status.DENIED:
            return _denied(adjustments)
    return _PLAIN[status]


_PLAIN: Mapping[Status, State] = {
    Status.RECEIVED: RECEIVED,
    Status.APPROVED: APPROVED,
    Status.PAID: PAID,
    Status.REVERSED: REVERSED,
}


def pended(reason: str) -> State:
    """How a pended claim stands; a reason without a code of its own waits for approval."""
    step = PEND_REASONS.get(reason)
    category = _CATEGORY.get(step.owner, "P2") if step else "P2"
    status = WAITS_FOR.get(reason, WAITS_FOR_ANYTHING)
    return State(category, status, _ABOUT.get(status, ""))


def _unpaid(adjustments: Iterable[Adjusted]) -> State:
    to_deductible = any(each.group is Group.PATIENT and each.reason == "1" for each in adjustments)
    return TO_DEDUCTIBLE if to_deductible else NOTHING_TO_PAY


def _denied(adjustments: Iterable[Adjusted]) -> State:
    named = next((DENIALS[each.reason] for each in adjustments if each.reason in DENIALS), None)
    return State("F2", *named) if named else DENIED_FOR_NO_NAMED_REASON
