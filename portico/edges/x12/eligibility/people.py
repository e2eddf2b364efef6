"""Who a 271 is about: the segments of 2100C and 2100D, as the plan holds the person, or as it was sent.

held        NM1 REF N3 N4 DMG INS DTP      of somebody found
sent        NM1 REF N3 N4                  of somebody not found, to echo; an SSN is never sent back
sent_birth  DMG                            what follows the AAA of the latter
"""

from collections.abc import Iterator
from datetime import date

from portico.domains.members.answers import CoverageSpan, Told, Verdict
from portico.edges.x12.eligibility import codes
from portico.edges.x12.eligibility.benefit_lines import Segment
from portico.edges.x12.eligibility.requests import Name, Person, Reference
from portico.shared.x12.dates import format_d8

_SUBSCRIBER, _DEPENDENT = "IL", "03"
SSN = "SY"
_ACCOUNT, _PLAN, _GROUP, _OWN_ID = "EJ", "18", "6P", "1W"
_CHANGED = "001", "25"


def held(told: Told, sent: Person, *, is_dependent: bool) -> Iterator[Segment]:
    """The person as the plan holds it, and whether something sent differs from that."""
    person, parts = told.eligibility.person, told.particulars
    role = _DEPENDENT if is_dependent else _SUBSCRIBER
    numbered = () if is_dependent else ("MI", person.member_id)
    names = person.last_name[:60], person.first_name[:35], parts.middle_name[:25], "", parts.suffix[:10]
    yield ("NM1", role, "1", *names, *numbered)
    yield from _references(told, sent, is_dependent=is_dependent)
    yield from _address(parts.street, parts.city, parts.state, parts.postal_code)
    yield from _birth_and_sex(_day(person.birth_date), person.sex)
    yield from _relationship(told, sent, is_dependent=is_dependent)
    yield from _dates(told)


def subscriber_above(told: Told, sent: Person) -> Iterator[Segment]:
    """The subscriber of a dependent who was found: as sent, since all that was sent agreed."""
    yield _name(sent.name, identifier=sent.name.id or told.eligibility.person.subscriber_number)


def sent(person: Person) -> Iterator[Segment]:
    """The person as it was sent, up to where an AAA stands."""
    yield _name(person.name, identifier=person.name.id)
    yield from (("REF", *reference) for reference in _once(person.references) if reference[0] != SSN)
    if person.street:
        yield ("N3", *person.street)
    if person.town:
        yield ("N4", *person.town)


def sent_birth(person: Person) -> Iterator[Segment]:
    """Birth date and sex as they were sent."""
    yield from _birth_and_sex(person.birth, person.sex)


def _name(name: Name, *, identifier: str) -> Segment:
    numbered = (name.id_kind or "MI", identifier) if identifier and name.role == _SUBSCRIBER else ()
    return ("NM1", name.role, name.kind, name.last, name.first, name.middle, "", name.suffix, *numbered)


def _references(told: Told, sent: Person, *, is_dependent: bool) -> Iterator[Segment]:
    """Our own numbers, then what else was sent, such as the patient's account with the office."""
    person, coverage = told.eligibility.person, told.eligibility.coverage
    own_id = person.member_id if is_dependent and person.member_id != person.subscriber_number else ""
    ours = (
        (_PLAN, coverage.plan_code if coverage else ""),
        (_GROUP, person.group_number[:50]),
        (_OWN_ID, own_id[:50]),
    )
    yield from (("REF", kind, value) for kind, value in ours if value)
    yield from (("REF", *reference) for reference in _once(sent.references) if reference[0] == _ACCOUNT)


def _once(references: tuple[Reference, ...]) -> Iterator[Reference]:
    """The first of each kind: the guide has room for one."""
    yield from {kind: (kind, value) for kind, value in reversed(references)}.values()


def _address(street: tuple[str, ...], city: str, state: str, postal_code: str) -> Iterator[Segment]:
    if street:
        yield ("N3", *(line[:55] for line in street[:2]))
    if city:
        yield ("N4", city[:30], state[:2], postal_code[:15])


def _birth_and_sex(birth: str, sex: str) -> Iterator[Segment]:
    known = sex if sex in ("F", "M") else ""
    if birth or known:
        yield ("DMG", "D8" if birth else "", birth, known)


def _relationship(told: Told, sent: Person, *, is_dependent: bool) -> Iterator[Segment]:
    changed = _CHANGED if _differs(told, sent, is_dependent=is_dependent) else ()
    if is_dependent:
        relationship = told.eligibility.person.relationship
        known = relationship if relationship in codes.RELATIONSHIPS else codes.OTHER_RELATIONSHIP
        yield ("INS", "N", known, *changed)
    elif changed:
        yield ("INS", "Y", "18", *changed)


def _differs(told: Told, sent: Person, *, is_dependent: bool) -> bool:
    """Does something sent differ from what is held? The names did agree, as they are compared."""
    person = told.eligibility.person
    pairs = (
        (sent.name.last, person.last_name),
        (sent.name.first, person.first_name),
        (sent.birth, _day(person.birth_date)),
        (sent.sex, person.sex),
        ("" if is_dependent else sent.name.id, person.member_id),
    )
    return any(was and was.upper() != now.upper() for was, now in pairs)


def _dates(told: Told) -> Iterator[Segment]:
    """Begin and end of the coverage that decides, the day its premium is paid to, and the day asked about."""
    coverage, died = told.eligibility.coverage, told.particulars.death_date
    if coverage:
        yield from _plan_dates(coverage)
    if died:
        yield _dtp("442", died)
    yield _dtp("472", told.eligibility.as_of)


def _plan_dates(coverage: CoverageSpan) -> Iterator[Segment]:
    yield _dtp("346", coverage.period.first)
    if coverage.period.last:
        yield _dtp("347", coverage.period.last)
    if coverage.premium_paid_to and coverage.verdict is Verdict.ACTIVE_IN_GRACE:
        yield _dtp("343", coverage.premium_paid_to)


def _dtp(kind: str, day: date) -> Segment:
    return ("DTP", kind, "D8", format_d8(day))


def _day(day: date | None) -> str:
    return format_d8(day) if day else ""
