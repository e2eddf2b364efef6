"""Which one person a request is about, and what covers them on the day it begins: for who takes requests in.

Found as every search finds people, through the permit of whoever asks: the same lines, the same misses that
slow down guessing, the same words for somebody in a line that is not granted as for nobody.
"""

from dataclasses import dataclass
from datetime import date

from portico.domains.members import pcps, search, visibility
from portico.domains.members.answers import Pcp, Verdict
from portico.domains.members.asked import Inquiry, NoAnswer, NotAnswered, SearchBy
from portico.domains.permits.permit import Permit
from portico.shared.identifiers import BadIdentifier


@dataclass(frozen=True, slots=True)
class Patient:
    """The person, with the coverage that decides on the day asked about, and the PCP of that day.

    `line`, `plan_code` and `product` (the 834's HD03) are empty where nothing ever covered the person;
    `covered_to` None: no end is known.
    """

    member_id: str
    subscriber_number: str
    last_name: str
    first_name: str
    birth_date: date | None
    verdict: Verdict
    line: str
    plan_code: str
    product: str
    covered_to: date | None
    pcp: Pcp | None


def meant(
    given: Permit, by: SearchBy, *, tax_id: str, on: date, line: str | None = None
) -> Patient | NotAnswered:
    """The one person who is meant, as of that day, or why nobody is; several are no answer.

    NOT_ENOUGH where what was sent cannot be an ID, an SSN or a name. It concludes the permit when nobody is
    found. Six queries at most, with those for the PCP.
    """
    try:
        wanted = search.wanted_by(by)
    except BadIdentifier:
        return _none(given, NoAnswer.NOT_ENOUGH)
    inquiry = Inquiry(tax_id, given.actor.today, by, line)
    found = search.people_for(given, inquiry, wanted)
    if isinstance(found, NotAnswered):
        return found
    if len(found) > 1:
        return _none(given, NoAnswer.SEVERAL_FOUND)
    return _patient(given, found[0], on)


def _none(given: Permit, reason: NoAnswer) -> NotAnswered:
    given.conclude(reason)
    return NotAnswered(reason)


def _patient(given: Permit, today: visibility.Seen, on: date) -> Patient:
    member = today.member
    (seen,) = visibility.seen(given, [member], on=on)
    span = seen.deciding
    return Patient(
        member_id=member.member_id,
        subscriber_number=member.subscriber_number,
        last_name=member.last_name,
        first_name=member.first_name,
        birth_date=member.birth_date,
        verdict=seen.verdict,
        line=seen.line,
        plan_code=seen.plan_code,
        product=span.product if span else "",
        covered_to=span.last_on if span else None,
        pcp=pcps.on_day(given, member, on=on),
    )
