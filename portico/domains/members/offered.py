"""Members offered to be chosen from by another domain that asks about one of them, within its own permit."""

from dataclasses import dataclass
from datetime import date

from portico.domains.members import keys, search
from portico.domains.members.answers import Verdict
from portico.domains.members.asked import Inquiry, NotAnswered
from portico.domains.members.visibility import Seen
from portico.domains.permits.permit import Permit


@dataclass(frozen=True, slots=True)
class Offered:
    """One of the people a search means: by `key` the same person is asked about again (asked.ByKey).

    `line` is that of the coverage that decides on the day; empty without any. `relationship` as in the 834.
    """

    key: str
    name: str
    member_id: str
    birth_date: date | None
    relationship: str
    line: str
    verdict: Verdict


def to(given: Permit, inquiry: Inquiry) -> tuple[Offered, ...] | NotAnswered:
    """Whom a search means, by the rules of Patient Info; at least one, or why there is no answer.

    Where there is none the permit is concluded with the reason, where there is one with each as shown.
    Raises identifiers.BadIdentifier.
    """
    found = search.people_for(given, inquiry, search.wanted_by(inquiry.by))
    if isinstance(found, NotAnswered):
        return found
    for seen in found:
        given.note_subject("member", seen.member.member_id)
    given.conclude("found" if len(found) == 1 else "several")
    return tuple(_offered(seen.member.pk, place, seen) for place, seen in enumerate(found))


def _offered(number: int, place: int, seen: Seen) -> Offered:
    told = search.candidate(place, seen)
    return Offered(
        key=keys.member_key(number),
        name=told.name,
        member_id=told.member_id,
        birth_date=told.birth_date,
        relationship=told.relationship,
        line=seen.line,
        verdict=told.verdict,
    )
