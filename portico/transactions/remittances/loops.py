"""One 835 on its way from segments to a payment and its claims: what stands where is the guide's.

    HEADER  BPR TRN CUR REF DTM*405                              the payment
    1000A   N1*PR N3 N4 REF PER                                  the plan
    1000B   N1*PE N3 N4 REF RDM                                  who is paid
    2000    LX TS3 TS2                                           a bundle of claims
      2100  CLP CAS NM1 MIA MOA REF DTM PER AMT QTY              a claim
        2110 SVC DTM CAS REF AMT QTY LQ                          a service line
    PLB                                                          what belongs to no claim

A segment the guide has nowhere makes the payment unreadable: most often a delimiter stood inside a value.
Segments that the facts have no place for are passed over.
"""

from collections.abc import Callable, Mapping
from typing import Any

from portico.domains.claims.facts.paid import PaidClaim
from portico.transactions.parts import elements
from portico.transactions.parts.elements import Segment
from portico.transactions.parts.misread import Misread, MisreadReason
from portico.transactions.remittances import money, persons
from portico.transactions.remittances.drafts import Draft, Where
from portico.transactions.remittances.persons import PartyDraft

MOST_SERVICES = 999
_HANDLINGS = frozenset("CDHIPUX")
_METHODS = frozenset({"ACH", "BOP", "CHK", "FWT", "NON"})
_SIGNS = {"C": 1, "D": -1}
_STATUSES = frozenset("1 2 3 4 19 20 21 22 23 25".split())
_CODE_KINDS = frozenset("AD ER HC HP IV N4 N6 NU UI WK".split())
_REVENUE = "NU"


def take(draft: Draft, segment: Segment, at: int) -> PaidClaim | None:
    """One more segment of the set; answers the claim that it ended, if any. Raises Misread."""
    name = segment[0]
    ended = draft.end() if name in _ENDS_CLAIM and draft.claim else None
    step = _STEPS.get(name)
    if step is None:
        raise Misread(MisreadReason.SEGMENT_UNEXPECTED, at)
    step(draft, segment, at)
    return ended


def _bpr(draft: Draft, segment: Segment, at: int) -> None:
    amount = elements.needed_amount(segment, 2, at)
    draft.header |= {
        "handling": elements.code(segment, 1, at, _HANDLINGS),
        "amount": amount * _SIGNS[elements.code(segment, 3, at, _SIGNS)],
        "method": elements.code(segment, 4, at, _METHODS),
        "paid_on": elements.day(segment, 16, at),
    }


def _trn(draft: Draft, segment: Segment, at: int) -> None:
    draft.header["trace_number"] = elements.needed(segment, 2, at, 50)
    draft.header["payer_number"] = elements.text(segment, 3, at, 30)


def _cur(draft: Draft, segment: Segment, at: int) -> None:
    del draft
    elements.code(segment, 2, at, ("USD",))


def _n1(draft: Draft, segment: Segment, at: int) -> None:
    draft.where, draft.party = Where.PARTY, PartyDraft(segment, at)
    draft.parties[draft.party.role] = draft.party


def _of_party(draft: Draft, segment: Segment, at: int) -> None:
    if draft.where is Where.PARTY and draft.party:
        draft.party.take(segment, at)


def _bundle(draft: Draft, segment: Segment, at: int) -> None:
    del segment, at
    draft.where, draft.party = Where.BUNDLE, None


def _clp(draft: Draft, segment: Segment, at: int) -> None:
    draft.where, draft.party = Where.CLAIM, None
    draft.claim = {
        "patient_control_number": elements.needed(segment, 1, at, 38),
        "status": elements.code(segment, 2, at, _STATUSES),
        "billed": elements.needed_amount(segment, 3, at),
        "paid": elements.needed_amount(segment, 4, at),
        "member_share": elements.amount(segment, 5, at),
        "filing": elements.text(segment, 6, at, 2),
        "claim_number": elements.needed(segment, 7, at, 50),
        "facility": elements.text(segment, 8, at, 2),
        "frequency": elements.text(segment, 9, at, 1),
        "drg": elements.text(segment, 11, at, 4),
        "place": at,
    }


def _nm1(draft: Draft, segment: Segment, at: int) -> None:
    _inside_claim(draft, at)
    role = segment[1] if len(segment) > 1 else ""
    if role == "QC":
        draft.claim["patient"] = persons.patient(segment, at)
    elif role == "IL":
        draft.claim["subscriber"] = persons.patient(segment, at)
    elif role == "82":
        draft.claim["rendering"] = persons.provider(segment, at)


def _mia(draft: Draft, segment: Segment, at: int) -> None:
    _inside_claim(draft, at)
    draft.claim["is_institutional"] = True
    _remarks(draft, segment, at, (5, 20, 21, 22, 23))


def _moa(draft: Draft, segment: Segment, at: int) -> None:
    _inside_claim(draft, at)
    _remarks(draft, segment, at, range(3, 8))


def _remarks(draft: Draft, segment: Segment, at: int, places: Any) -> None:
    found = [elements.text(segment, place, at, 30) for place in places]
    draft.claim.setdefault("remarks", []).extend(remark for remark in found if remark)


def _svc(draft: Draft, segment: Segment, at: int) -> None:
    _inside_claim(draft, at)
    draft.end_service()
    if len(draft.services) >= MOST_SERVICES:
        raise Misread(MisreadReason.TOO_MANY_SEGMENTS, at, "SVC")
    draft.where = Where.SERVICE
    draft.service = {
        "number": len(draft.services) + 1,
        "billed": elements.needed_amount(segment, 2, at),
        "paid": elements.needed_amount(segment, 3, at),
        **_decided_code(draft, segment, at),
        "units": elements.quantity(segment, 5, at),
        "sent_code": _sent_code(draft, segment, at),
        "sent_units": elements.quantity(segment, 7, at),
        "place": at,
    }


def _decided_code(draft: Draft, segment: Segment, at: int) -> dict[str, Any]:
    parts = segment[1].split(draft.component) if len(segment) > 1 else [""]
    if parts[0] not in _CODE_KINDS:
        raise Misread(MisreadReason.VALUE_NOT_KNOWN, at, "SVC01")
    if len(parts) < 2 or not parts[1]:
        raise Misread(MisreadReason.VALUE_MISSING, at, "SVC01-2")
    if len(parts[1]) > 48 or any(len(modifier) > 2 for modifier in parts[2:6]):
        raise Misread(MisreadReason.VALUE_TOO_LONG, at, "SVC01")
    if parts[0] == _REVENUE:
        if len(parts[1]) > 4:
            raise Misread(MisreadReason.VALUE_TOO_LONG, at, "SVC01")
        return {"revenue_code": parts[1]}
    modifiers = tuple(modifier for modifier in parts[2:6] if modifier)
    revenue = elements.text(segment, 4, at, 4)
    return {"code_kind": parts[0], "code": parts[1], "modifiers": modifiers, "revenue_code": revenue}


def _sent_code(draft: Draft, segment: Segment, at: int) -> str:
    parts = segment[6].split(draft.component) if len(segment) > 6 else []
    sent = parts[1] if len(parts) > 1 else ""
    if len(sent) > 48:
        raise Misread(MisreadReason.VALUE_TOO_LONG, at, "SVC06")
    return sent


def _cas(draft: Draft, segment: Segment, at: int) -> None:
    _inside_claim(draft, at)
    held = draft.open.setdefault("adjustments", [])
    held.extend(money.adjustments(segment, at))
    if len(held) > money.MOST_ADJUSTMENTS:
        raise Misread(MisreadReason.TOO_MANY_SEGMENTS, at, "CAS")


def _ref(draft: Draft, segment: Segment, at: int) -> None:
    kind = segment[1] if len(segment) > 1 else ""
    if draft.party is not None:
        draft.party.take(segment, at)
    elif draft.service and kind == "6R":
        draft.service["control_number"] = elements.text(segment, 2, at, 50)


def _dtm(draft: Draft, segment: Segment, at: int) -> None:
    kind = segment[1] if len(segment) > 1 else ""
    if draft.where is Where.HEADER or draft.party is not None:
        if kind == "405":
            draft.header["produced_on"] = elements.day(segment, 2, at)
    elif draft.claim:
        names = _DAYS_OF_SERVICE if draft.service else _DAYS_OF_CLAIM
        for name in names.get(kind, ()):
            draft.open[name] = elements.day(segment, 2, at)


def _amt(draft: Draft, segment: Segment, at: int) -> None:
    _inside_claim(draft, at)
    kind = segment[1] if len(segment) > 1 else ""
    name = (_AMOUNTS_OF_SERVICE if draft.service else _AMOUNTS_OF_CLAIM).get(kind)
    if name:
        draft.open[name] = elements.needed_amount(segment, 2, at)


def _lq(draft: Draft, segment: Segment, at: int) -> None:
    if not draft.service:
        raise Misread(MisreadReason.SEGMENT_UNEXPECTED, at)
    held = draft.service.setdefault("remarks", [])
    if len(segment) > 1 and segment[1] == "HE":
        held.append(elements.needed(segment, 2, at, 30))
    if len(held) > 99:
        raise Misread(MisreadReason.TOO_MANY_SEGMENTS, at, "LQ")


def _plb(draft: Draft, segment: Segment, at: int) -> None:
    draft.where, draft.party = Where.END, None
    draft.changes.extend(money.changes(segment, at, draft.component))
    if len(draft.changes) > money.MOST_CHANGES:
        raise Misread(MisreadReason.TOO_MANY_SEGMENTS, at, "PLB")


def _passed_over(draft: Draft, segment: Segment, at: int) -> None:
    del draft, segment, at


def _inside_claim(draft: Draft, at: int) -> None:
    if not draft.claim:
        raise Misread(MisreadReason.SEGMENT_UNEXPECTED, at)


_Step = Callable[[Draft, Segment, int], None]
_ENDS_CLAIM = frozenset({"LX", "CLP", "PLB"})
_DAYS_OF_SERVICE = {"150": ("first_on",), "151": ("last_on",), "472": ("first_on", "last_on")}
_DAYS_OF_CLAIM = {"232": ("first_on",), "233": ("last_on",), "050": ("received_on",)}
_AMOUNTS_OF_SERVICE = {"B6": "allowed"}
_AMOUNTS_OF_CLAIM = {"AU": "covered", "I": "interest"}
_STEPS: Mapping[str, _Step] = {
    "BPR": _bpr,
    "TRN": _trn,
    "CUR": _cur,
    "N1": _n1,
    "N3": _of_party,
    "N4": _of_party,
    "PER": _of_party,
    "REF": _ref,
    "DTM": _dtm,
    "LX": _bundle,
    "CLP": _clp,
    "CAS": _cas,
    "NM1": _nm1,
    "MIA": _mia,
    "MOA": _moa,
    "AMT": _amt,
    "SVC": _svc,
    "LQ": _lq,
    "PLB": _plb,
    **dict.fromkeys(("TS2", "TS3", "QTY", "RDM"), _passed_over),
}
