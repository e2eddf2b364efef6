"""One member's loops of an 834 (005010X220A1): segments in, a record out.

    2000   INS REF DTP                       who, under which number, what to do
      2100A  NM1*IL or 74, PER N3 N4 DMG     the person; 74: as corrected
      2100B  NM1*70, DMG                     as he was wrongly known before
      2100x  NM1 ...                         mailing address, employer, school and others: passed over
      2200   DSB ...                         disability: passed over
      2300   HD DTP REF*17                   one coverage
        2310   LX, NM1*P3, PLA               its primary care provider; REF*17 above may hold the tax ID
        2320   COB DTP, 2330 NM1*IN          another payer
      2700   LS ... LE                       reporting categories: passed over

A segment that belongs in no member's loops makes the row unreadable: most often a delimiter stood inside
a value.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from portico.domains.members.enrolment_facts import Maintenance, SentMember
from portico.edges.loaders import drafts_834
from portico.edges.loaders import values_834 as values
from portico.edges.loaders.bad_rows import BadRow, ReadReason
from portico.edges.loaders.drafts_834 import Draft, Loop
from portico.edges.loaders.values_834 import Segment

SELF = "18"
# Bound once: looking a member up on its enum costs several times what a name does, here for each segment.
_MEMBER, _NAME, _PRIOR, _ELSEWHERE, _COVERAGE, _PCP, _OTHER_PAYER, _REPORTING = Loop
_YES_NO = frozenset("YN")
_MAINTENANCE = {kind.value: kind for kind in Maintenance}
_OF_MEMBER = frozenset({"001", "021", "024", "025", "030"})
_OF_COVERAGE = frozenset(_MAINTENANCE) | {"032"}
_ID_QUALIFIERS = frozenset({"34", "ZZ"})
_ID_QUALIFIERS_OR_NONE = _ID_QUALIFIERS | {""}
_PRODUCTS = frozenset(
    "AG AH AJ AK DCP DEN EPO FAC HE HLT HMO LTC LTD MM MOD PDG POS PPO PRA STD UR VIS".split()
)
_SEXES = {"F": "F", "M": "M"}
_ORDERS = frozenset("PSTU")
_TELEPHONES = ("HP", "TE", "CP", "WP", "AP")
_CHANGE_OF_PCP = "2"


def read(place: int, segments: Sequence[Segment], *, allow_demo: bool) -> SentMember:
    """The member whose INS is segment `place`. Raises BadRow."""
    draft, step_of = Draft(place, allow_demo), _STEPS.get
    for at, segment in enumerate(segments, place):
        step, most = step_of(segment[0], _UNEXPECTED)
        if len(segment) > most and any(segment[most:]):
            raise BadRow(ReadReason.TOO_MANY_ELEMENTS, at, segment[0])
        step(draft, segment, at)
    return drafts_834.finished(draft)


def _ins(draft: Draft, segment: Segment, at: int) -> None:
    subscribes = values.code(segment, 1, at, _YES_NO) == "Y"
    relationship = values.text(segment, 2, at, 2)
    if subscribes != (relationship == SELF):
        draft.remarks.append(ReadReason.RELATIONSHIP_CONTRADICTS)
    member = draft.member
    member["maintenance"] = _MAINTENANCE[values.code(segment, 3, at, _OF_MEMBER)]
    member["is_subscriber"] = subscribes
    member["relationship"] = SELF if subscribes else relationship
    if len(segment) > 12 and segment[12]:
        member["death_date"] = values.day(segment, 12, at)


def _ref(draft: Draft, segment: Segment, at: int) -> None:
    kind = segment[1] if len(segment) > 1 else ""
    if draft.loop is _MEMBER:
        if kind == "0F":
            draft.member["subscriber_number"] = values.member_id(segment, 2, at)
        elif kind == "23":
            draft.member["own_id"] = values.member_id(segment, 2, at)
        elif kind == "1L":
            draft.member["group_number"] = values.text(segment, 2, at, 50)
    elif kind == "17" and draft.loop is _COVERAGE:
        draft.tax_id = values.tax_id(values.text(segment, 2, at, 50))


def _dtp(draft: Draft, segment: Segment, at: int) -> None:
    first, last = values.span(segment, at)
    kind, loop = segment[1], draft.loop
    if loop is _MEMBER:
        _of_member(draft, kind, first, last)
    elif loop is _COVERAGE:
        _of_coverage(draft, kind, first, last)
    elif loop is _OTHER_PAYER:
        _of_other_payer(draft, kind, first, last)


def _of_member(draft: Draft, kind: str, first: date, last: date) -> None:
    if kind in ("356", "348"):
        draft.member["eligible_from"] = first
    elif kind in ("357", "349"):
        draft.member["eligible_to"] = values.end(last)
    elif kind == "303":
        draft.member["changed_on"] = first


def _of_coverage(draft: Draft, kind: str, first: date, last: date) -> None:
    coverage = draft.coverages[-1]
    if kind == "348":
        coverage["first_on"] = first
        if last > first:
            coverage["last_on"] = values.end(last)
    elif kind == "349":
        coverage["last_on"] = values.end(last)
    elif kind == "303":
        coverage["changed_on"] = first
    elif kind == "343":
        coverage["premium_paid_to"] = last


def _of_other_payer(draft: Draft, kind: str, first: date, last: date) -> None:
    if kind == "344":
        draft.others[-1]["first_on"] = first
    elif kind == "345":
        draft.others[-1]["last_on"] = values.end(last)


def _nm1(draft: Draft, segment: Segment, at: int) -> None:
    kind = segment[1] if len(segment) > 1 else ""
    loop = draft.loop
    if loop is _PCP:
        _provider(draft, segment, at, kind)
    elif loop is _OTHER_PAYER:
        if kind == "IN":
            draft.others[-1]["payer_name"] = values.text(segment, 3, at, 80)
    elif loop in (_MEMBER, _NAME, _PRIOR, _ELSEWHERE):
        _person(draft, segment, at, kind)


def _person(draft: Draft, segment: Segment, at: int, kind: str) -> None:
    if kind in ("IL", "74"):
        draft.loop, draft.name = _NAME, _name(draft, segment, at)
        draft.member["is_corrected"] = kind == "74"
        if len(segment) > 9 and segment[8] == "ZZ" and segment[9] and not draft.member["own_id"]:
            draft.member["own_id"] = values.member_id(segment, 9, at)
    elif kind == "70":
        draft.loop, draft.prior = _PRIOR, _name(draft, segment, at)
    else:
        draft.loop = _ELSEWHERE


def _name(draft: Draft, segment: Segment, at: int) -> dict[str, Any]:
    last = values.text(segment, 3, at, 60)
    if not last:
        raise BadRow(ReadReason.NAME_MISSING, at, "NM103")
    return {
        "last_name": last,
        "first_name": values.text(segment, 4, at, 35),
        "middle_name": values.text(segment, 5, at, 25),
        "suffix": values.text(segment, 7, at, 10),
        "birth_date": None,
        "ssn": _ssn(draft, segment, at),
    }


def _ssn(draft: Draft, segment: Segment, at: int) -> str:
    sent = values.text(segment, 9, at, 80)
    kind = values.code(segment, 8, at, _ID_QUALIFIERS if sent else _ID_QUALIFIERS_OR_NONE)
    if kind != "34" or not sent:
        return ""
    found = values.ssn(sent, allow_demo=draft.allow_demo)
    if not found:
        draft.remarks.append(ReadReason.SSN_NOT_VALID)
    return found


def _per(draft: Draft, segment: Segment, at: int) -> None:
    if draft.loop is not _NAME:
        return
    given = {segment[i]: i + 1 for i in range(3, len(segment) - 1, 2)}
    for kind in _TELEPHONES:
        if kind in given:
            draft.member["telephone"] = values.text(segment, given[kind], at, 20)
            return


def _n3(draft: Draft, segment: Segment, at: int) -> None:
    if draft.loop is _NAME:
        draft.street = values.text(segment, 1, at, 55), values.text(segment, 2, at, 55)


def _n4(draft: Draft, segment: Segment, at: int) -> None:
    if draft.loop is _NAME:
        draft.town = (
            values.text(segment, 1, at, 30),
            values.text(segment, 2, at, 2),
            values.text(segment, 3, at, 15),
        )


def _dmg(draft: Draft, segment: Segment, at: int) -> None:
    birth = values.day(segment, 2, at) if len(segment) > 2 and segment[2] else None
    if draft.loop is _NAME and draft.name:
        draft.name["birth_date"] = birth
        draft.member["sex"] = _SEXES.get(segment[3] if len(segment) > 3 else "", "")
    elif draft.loop is _PRIOR and draft.prior:
        draft.prior["birth_date"] = birth


def _hd(draft: Draft, segment: Segment, at: int) -> None:
    kind = values.code(segment, 1, at, _OF_COVERAGE)
    if kind == "032":
        draft.loop = _ELSEWHERE
        return
    draft.loop, draft.tax_id, draft.pcp, draft.others = _COVERAGE, "", None, []
    draft.coverages.append(
        drafts_834.COVERAGE
        | {
            "place": at,
            "maintenance": _MAINTENANCE[kind],
            "product": values.code(segment, 3, at, _PRODUCTS),
            "plan_code": values.text(segment, 4, at, 50),
            "level": values.text(segment, 5, at, 3),
            "others": draft.others,
        }
    )


def _lx(draft: Draft, segment: Segment, at: int) -> None:
    del segment, at
    if draft.loop in (_COVERAGE, _PCP):
        draft.loop = _PCP


def _provider(draft: Draft, segment: Segment, at: int, kind: str) -> None:
    if kind != "P3":
        return
    sent = values.text(segment, 9, at, 80) if len(segment) > 9 and segment[8] == "XX" else ""
    npi = values.npi(sent) if sent else ""
    if sent and not npi:
        draft.remarks.append(ReadReason.PCP_ID_NOT_VALID)
    first, last = values.text(segment, 4, at, 35), values.text(segment, 3, at, 60)
    name = f"{first} {last}" if first and last else first or last
    if npi or name:
        draft.pcp = {"npi": npi, "tax_id": draft.tax_id, "name": name, "since": None}
        draft.coverages[-1]["pcp"] = draft.pcp


def _pla(draft: Draft, segment: Segment, at: int) -> None:
    if draft.loop is _PCP and draft.pcp and segment[1:2] == [_CHANGE_OF_PCP]:
        draft.pcp["since"] = values.day(segment, 3, at)


def _cob(draft: Draft, segment: Segment, at: int) -> None:
    order, policy = values.code(segment, 1, at, _ORDERS), values.text(segment, 2, at, 50)
    if draft.loop in (_COVERAGE, _PCP, _OTHER_PAYER):
        draft.loop = _OTHER_PAYER
        draft.others.append({"order": order, "payer_name": "", "policy_number": policy})


def _ls(draft: Draft, segment: Segment, at: int) -> None:
    del segment, at
    draft.loop = _REPORTING


def _dsb(draft: Draft, segment: Segment, at: int) -> None:
    del segment, at
    draft.loop = _ELSEWHERE


def _passed_over(draft: Draft, segment: Segment, at: int) -> None:
    del draft, segment, at


def _unexpected(draft: Draft, segment: Segment, at: int) -> None:
    raise BadRow(ReadReason.SEGMENT_UNEXPECTED, at)


_Step = Callable[[Draft, Segment, int], None]
_ANY = 100
_UNEXPECTED: tuple[_Step, int] = (_unexpected, _ANY)
_STEPS: Mapping[str, tuple[_Step, int]] = {
    "INS": (_ins, 18),
    "REF": (_ref, 5),
    "DTP": (_dtp, 4),
    "NM1": (_nm1, 13),
    "PER": (_per, 10),
    "N3": (_n3, 3),
    "N4": (_n4, 8),
    "DMG": (_dmg, 12),
    "HD": (_hd, 12),
    "LX": (_lx, 2),
    "PLA": (_pla, 6),
    "COB": (_cob, 5),
    "LS": (_ls, 2),
    "LE": (_dsb, 2),
    "DSB": (_dsb, 9),
    **dict.fromkeys("EC ICM AMT HLH LUI AD1 IDC N1".split(), (_passed_over, _ANY)),
}
