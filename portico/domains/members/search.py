"""Finds people by member ID, by SSN or by name, and lets the office choose among several."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from portico.domains.members import (
    finding,
    keys,
    lookups,
    matching,
    misses,
    models,
    people,
    rules,
    visibility,
)
from portico.domains.members.answers import Candidate, Found
from portico.domains.members.asked import (
    ByCoverageKey,
    ByFacts,
    ByKey,
    ByMemberId,
    ByName,
    BySsn,
    Inquiry,
    NoAnswer,
    NotAnswered,
    SearchBy,
    WhichId,
)
from portico.domains.members.lookups import LookupNotFound as LookupNotFound
from portico.domains.members.lookups import NotChosen as NotChosen
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import catalogue
from portico.shared import identifiers, names

_NOT_FOUND = {
    ByMemberId: NoAnswer.MEMBER_ID_NOT_FOUND,
    BySsn: NoAnswer.SSN_NOT_FOUND,
    ByName: NoAnswer.NAME_NOT_FOUND,
    ByKey: NoAnswer.KEY_NOT_FOUND,
    ByCoverageKey: NoAnswer.KEY_NOT_FOUND,
}


def find(*, actor: Actor, inquiry: Inquiry) -> Found | NotAnswered:
    """Who is meant: one person (chosen), several to choose from, or why there is no answer.

    A subscriber number finds everybody on the policy; a person's own ID that person. A member covered only
    in lines that are not granted is not found, in the same words and by the same work as one nobody knows.
    As-of dates reach twelve months back and to the end of this month, or as far as the plan sets. Raises
    NotPermitted, and identifiers.BadIdentifier for what cannot be a member ID, an SSN or a last name.
    """
    wanted = wanted_by(inquiry.by)
    with permit(actor, Function.ELIGIBILITY, tax_id=inquiry.tax_id, line=inquiry.line) as given:
        found = people_for(given, inquiry, wanted)
        return found if isinstance(found, NotAnswered) else keep(given, found)


def choose(*, actor: Actor, lookup: UUID, key: str) -> UUID:
    """The lookup of the one person chosen by its key among those found; the first lookup stays as it is.

    Raises LookupNotFound for an unknown key too, NotPermitted.
    """
    row = lookups.owned(actor, lookup)
    with permit(actor, Function.ELIGIBILITY, tax_id=row.tax_id, line=row.line or None) as given:
        member = models.Member.objects.filter(pk__in=_number_of(row, key)).first()
        shown = visibility.seen(given, [member], on=row.as_of) if member else []
        if shown:
            given.conclude("chosen")
            return _keep_one(given, shown[0])
        given.conclude("not_found")
    raise LookupNotFound


def move(*, actor: Actor, lookup: UUID, as_of: date) -> UUID | NotAnswered:
    """The same people asked about on another day, as a lookup of its own.

    NotAnswered when the day lies outside the window. Raises LookupNotFound, NotPermitted.
    """
    row = lookups.owned(actor, lookup)
    with permit(actor, Function.ELIGIBILITY, tax_id=row.tax_id, line=row.line or None) as given:
        refusal = _outside_window(given, as_of)
        given.conclude(refusal.reason if refusal else "moved")
        return refusal or lookups.remember(
            given, found=row.found, as_of=as_of, chosen=row.chosen_id, decided_line=row.decided_line
        )


def wanted_by(by: SearchBy) -> Q:
    """The filter a search stands for. Raises identifiers.BadIdentifier."""
    match by:
        case ByMemberId():
            member_id = identifiers.parse_member_id(by.member_id)
            own, policy = Q(member_id=member_id), Q(subscriber_number=member_id)
            return {WhichId.EITHER: own | policy, WhichId.OWN: own, WhichId.POLICY: policy}[by.which]
        case BySsn():
            ssn = identifiers.parse_ssn(by.ssn, allow_demo=settings.DEMO_IDENTIFIERS)
            index = settings.PORTICO_VAULT.index(ssn, purpose="ssn")
            return Q(ssn_index=index, birth_date=by.birth_date)
        case ByName():
            last, first = names.key(by.last_name), names.key(by.first_name)
            if not last:
                raise identifiers.BadIdentifier("last_name_format", "A last name has letters.")
            narrowed = Q(first_key__startswith=first) if first else Q()
            return Q(last_key=last, birth_date=by.birth_date) & narrowed
        case ByFacts():
            return wanted_by(matching.way_of(by))
        case ByKey():
            return Q(pk=keys.member_number(by.key))
        case ByCoverageKey():
            return Q(coverages__pk=keys.coverage_number(by.key))


def people_for(given: Permit, inquiry: Inquiry, wanted: Q) -> list[visibility.Seen] | NotAnswered:
    """Those meant and seen, at least one; or why there is no answer, which it concludes the permit with."""
    refusal = _outside_window(given, inquiry.as_of) or _slowed_down(given, inquiry.by)
    answer = refusal or _read(given, inquiry, wanted)
    if isinstance(answer, NotAnswered):
        given.conclude(answer.reason)
    return answer


def keep(given: Permit, found: Sequence[visibility.Seen]) -> Found:
    """A lookup of who was found, with each of them noted as shown; a single person counts as chosen."""
    if len(found) == 1:
        given.conclude("found")
        return Found(_keep_one(given, found[0]), (candidate(0, found[0]),), chosen=True)
    for seen in found:
        given.note_subject("member", seen.member.member_id)
    given.conclude("several")
    lookup = lookups.remember(given, found=[seen.member.pk for seen in found], as_of=found[0].as_of)
    return Found(lookup, tuple(candidate(place, seen) for place, seen in enumerate(found)), chosen=False)


def candidate(place: int, seen: visibility.Seen) -> Candidate:
    """One of the people found; its key is its place among them, and says nothing about the person."""
    member = seen.member
    return Candidate(
        key=str(place),
        name=people.name(member),
        member_id=member.member_id,
        relationship=member.relationship,
        birth_date=member.birth_date,
        verdict=seen.verdict,
    )


def _read(given: Permit, inquiry: Inquiry, wanted: Q) -> list[visibility.Seen] | NotAnswered:
    rows = finding.rows(given, wanted)
    if not rows:
        misses.note(given, inquiry.by)
        return NotAnswered(_not_found(inquiry.by), lines_searched=_lines_searched(given))
    if len(rows) > rules.MOST_CANDIDATES:
        return NotAnswered(NoAnswer.TOO_MANY)
    if isinstance(inquiry.by, ByFacts):
        matched = matching.meant(given, rows, inquiry.by)
        if isinstance(matched, NotAnswered):
            misses.note(given, inquiry.by)
            return matched
        rows = matched
    shown = visibility.seen(given, sorted(rows, key=_family_order), on=inquiry.as_of)
    if isinstance(inquiry.by, ByCoverageKey) and not _shows(shown, keys.coverage_number(inquiry.by.key)):
        return NotAnswered(NoAnswer.KEY_NOT_FOUND, lines_searched=_lines_searched(given))
    return shown


def _shows(found: Sequence[visibility.Seen], span: int) -> bool:
    """Is that span among those shown? Its member may be seen by another line than its own."""
    return any(row.pk == span for seen in found for row in seen.spans)


def _not_found(by: SearchBy) -> NoAnswer:
    return _NOT_FOUND[type(matching.way_of(by) if isinstance(by, ByFacts) else by)]


def _family_order(member: models.Member) -> tuple[bool, date, str, int]:
    return member.relationship != rules.SUBSCRIBER, member.birth_date or date.max, member.first_key, member.pk


def _outside_window(given: Permit, as_of: date) -> NotAnswered | None:
    window = rules.window(
        given.actor.today, months_back=settings.AS_OF_MONTHS_BACK, months_ahead=settings.AS_OF_MONTHS_AHEAD
    )
    reason = window.refusal(as_of)
    return NotAnswered(reason, earliest=window.earliest, latest=window.latest) if reason else None


def _slowed_down(given: Permit, by: SearchBy) -> NotAnswered | None:
    if misses.kind_of(by) == misses.SSN and not settings.SSN_SEARCH:
        return NotAnswered(NoAnswer.SSN_SEARCH_OFF)
    until = misses.again_at(given, by)
    return NotAnswered(NoAnswer.SLOW_DOWN, again_at=until) if until else None


def _lines_searched(given: Permit) -> tuple[str, ...]:
    held = given.scope.lines()
    return tuple(line.code for line in catalogue.lines() if held is None or line.code in held)


def _keep_one(given: Permit, seen: visibility.Seen) -> UUID:
    given.note_subject("member", seen.member.member_id)
    number = seen.member.pk
    return lookups.remember(given, found=[number], as_of=seen.as_of, chosen=number, decided_line=seen.line)


def _number_of(row: models.Lookup, key: str) -> list[int]:
    """The row number of the member a key stands for, or none; a key is a place among those found."""
    return [number for place, number in enumerate(row.found) if str(place) == key]
