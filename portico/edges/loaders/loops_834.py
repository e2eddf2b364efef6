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
_YES_NO = frozenset("YN")
_OF_MEMBER = frozenset({"001", "021", "024", "025", "030"})
_OF_COVERAGE = frozenset(Maintenance) | {"032"}
_ID_QUALIFIERS = frozenset({"34", "ZZ"})
_PRODUCTS = frozenset(
    "AG AH AJ AK DCP DEN EPO FAC HE HLT HMO LTC LTD MM MOD PDG POS PPO PRA STD UR VIS".split()
)
_SEXES = {"F": "F", "M": "M"}
_ORDERS = frozenset("PSTU")
_TELEPHONES = ("HP", "TE", "CP", "WP", "AP")
_CHANGE_OF_PCP = "2"


def read(place: int, segments: Sequence[Segment], *, allow_demo: bool) -> SentMember:
    """The member whose INS is segment `place`. Raises BadRow."""
    draft = Draft(place, allow_demo)
    for at, segment in enumerate(segments, place):
        step, most = _STEPS.get(segment[0], _UNEXPECTED)
        if len(segment) > most and any(segment[most:]):
            raise BadRow(ReadReason.TOO_MANY_ELEMENTS, at, segment[0])
        step(draft, segment, at)
    return drafts_834.finished(draft)


def _ins(draft: Draft, segment: Segment, at: int) -> None:
    subscribes = values.code(segment, 1, at, _YES_NO) == "Y"
    relationship = values.text(segment, 2, at, 2)
    if subscribes != (relationship == SELF):
        draft.remarks.append(ReadReason.RELATIONSHIP_CONTRADICTS)
    draft.member |= {
        "maintenance": Maintenance(values.code(segment, 3, at, _OF_MEMBER)),
        "is_subscriber": subscribes,
        "relationship": SELF if subscribes else relationship,
    }
    if len(segment) > 12 and segment[12]:
        draft.member["death_date"] = values.day(segment, 12, at)


def _ref(draft: Draft, segment: Segment, at: int) -> None:
    kind = segment[1] if len(segment) > 1 else ""
    if draft.loop is Loop.MEMBER:
        if kind == "0F":
            draft.member["subscriber_number"] = values.member_id(segment, 2, at)
        elif kind == "23":
            draft.member["own_id"] = values.member_id(segment, 2, at)
        elif kind == "1L":
            draft.member["group_number"] = values.text(segment, 2, at, 50)
    elif kind == "17" and draft.loop is Loop.COVERAGE:
        draft.tax_id = values.tax_id(values.text(segment, 2, at, 50))


def _dtp(draft: Draft, segment: Segment, at: int) -> None:
    first, last = values.span(segment, at)
    kind = segment[1]
    if draft.loop is Loop.MEMBER:
        _of_member(draft, kind, first, last)
    elif draft.loop is Loop.COVERAGE:
        _of_coverage(draft, kind, first, last)
    elif draft.loop is Loop.OTHER_PAYER:
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
    if draft.loop is Loop.PCP:
        _provider(draft, segment, at, kind)
    elif draft.loop is Loop.OTHER_PAYER:
        if kind == "IN":
            draft.others[-1]["payer_name"] = values.text(segment, 3, at, 80)
    elif draft.loop in (Loop.MEMBER, Loop.NAME, Loop.PRIOR, Loop.ELSEWHERE):
        _person(draft, segment, at, kind)


def _person(draft: Draft, segment: Segment, at: int, kind: str) -> None:
    if kind in ("IL", "74"):
        draft.loop, draft.name = Loop.NAME, _name(draft, segment, at)
        draft.member["is_corrected"] = kind == "74"
        if len(segment) > 9 and segment[8] == "ZZ" and segment[9] and "own_id" not in draft.member:
            draft.member["own_id"] = values.member_id(segment, 9, at)
    elif kind == "70":
        draft.loop, draft.prior = Loop.PRIOR, _name(draft, segment, at)
    else:
        draft.loop = Loop.ELSEWHERE


def _name(draft: Draft, segment: Segment, at: int) -> dict[str, Any]:
    last = values.text(segment, 3, at, 60)
    if not last:
        raise BadRow(ReadReason.NAME_MISSING, at, "NM103")
    return {
        "last_name": last,
        "first_name": values.text(segment, 4, at, 35),
        "middle_name": values.text(segment, 5, at, 25),
        "suffix": values.text(segment, 7, at, 10),
        "ssn": _ssn(draft, segment, at),
    }


def _ssn(draft: Draft, segment: Segment, at: int) -> str:
    sent = values.text(segment, 9, at, 80)
    kind = values.code(segment, 8, at, _ID_QUALIFIERS if sent else _ID_QUALIFIERS | {""})
    if kind != "34" or not sent:
        return ""
    found = values.ssn(sent, allow_demo=draft.allow_demo)
    if not found:
        draft.remarks.append(ReadReason.SSN_NOT_VALID)
    return found


def _per(draft: Draft, segment: Segment, at: int) -> None:
    if draft.loop is not Loop.NAME:
        return
    given = {segment[i]: i + 1 for i in range(3, len(segment) - 1, 2)}
    for kind in _TELEPHONES:
        if kind in given:
            draft.member["telephone"] = values.text(segment, given[kind], at, 20)
            return


def _n3(draft: Draft, segment: Segment, at: int) -> None:
    if draft.loop is Loop.NAME:
        draft.contact |= {
            "address": values.text(segment, 1, at, 55),
            "address_more": values.text(segment, 2, at, 55),
        }


def _n4(draft: Draft, segment: Segment, at: int) -> None:
    if draft.loop is Loop.NAME:
        draft.contact |= {
            "city": values.text(segment, 1, at, 30),
            "state": values.text(segment, 2, at, 2),
            "postal_code": values.text(segment, 3, at, 15),
        }


def _dmg(draft: Draft, segment: Segment, at: int) -> None:
    birth = values.day(segment, 2, at) if len(segment) > 2 and segment[2] else None
    if draft.loop is Loop.NAME:
        draft.name["birth_date"] = birth
        draft.member["sex"] = _SEXES.get(segment[3] if len(segment) > 3 else "", "")
    elif draft.loop is Loop.PRIOR:
        draft.prior["birth_date"] = birth


def _hd(draft: Draft, segment: Segment, at: int) -> None:
    kind = values.code(segment, 1, at, _OF_COVERAGE)
    if kind == "032":
        draft.loop = Loop.ELSEWHERE
        return
    draft.loop, draft.tax_id, draft.pcp, draft.others = Loop.COVERAGE, "", {}, []
    draft.coverages.append(
        {
            "place": at,
            "maintenance": Maintenance(kind),
            "product": values.code(segment, 3, at, _PRODUCTS),
            "plan_code": values.text(segment, 4, at, 50),
            "level": values.text(segment, 5, at, 3),
            "others": draft.others,
        }
    )


def _lx(draft: Draft, segment: Segment, at: int) -> None:
    del segment, at
    if draft.loop in (Loop.COVERAGE, Loop.PCP):
        draft.loop = Loop.PCP


def _provider(draft: Draft, segment: Segment, at: int, kind: str) -> None:
    if kind != "P3":
        return
    sent = values.text(segment, 9, at, 80) if len(segment) > 9 and segment[8] == "XX" else ""
    npi = values.npi(sent) if sent else ""
    if sent and not npi:
        draft.remarks.append(ReadReason.PCP_ID_NOT_VALID)
    name = " ".join(filter(None, (values.text(segment, 4, at, 35), values.text(segment, 3, at, 60))))
    if npi or name:
        draft.pcp = {"npi": npi, "tax_id": draft.tax_id, "name": name}
        draft.coverages[-1]["pcp"] = draft.pcp


def _pla(draft: Draft, segment: Segment, at: int) -> None:
    if draft.loop is Loop.PCP and draft.pcp and segment[1:2] == [_CHANGE_OF_PCP]:
        draft.pcp["since"] = values.day(segment, 3, at)


def _cob(draft: Draft, segment: Segment, at: int) -> None:
    order, policy = values.code(segment, 1, at, _ORDERS), values.text(segment, 2, at, 50)
    if draft.loop in (Loop.COVERAGE, Loop.PCP, Loop.OTHER_PAYER):
        draft.loop = Loop.OTHER_PAYER
        draft.others.append({"order": order, "payer_name": "", "policy_number": policy})


def _ls(draft: Draft, segment: Segment, at: int) -> None:
    del segment, at
    draft.loop = Loop.REPORTING


def _dsb(draft: Draft, segment: Segment, at: int) -> None:
    del segment, at
    draft.loop = Loop.ELSEWHERE


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
