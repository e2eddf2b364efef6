"""What a question about a requirement comes to: its patient, line, provider and place, or why it cannot."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from portico.domains.authorizations import requirement_rules
from portico.domains.authorizations.facts.answered import Asked, NoAnswer, NotAnswered
from portico.domains.authorizations.facts.requested import System
from portico.domains.authorizations.requirement_rules import Network, Question
from portico.domains.members import asked as members_asked
from portico.domains.members import pcps, search, visibility
from portico.domains.members.answers import Pcp, Verdict
from portico.domains.offices import providers, taking_part
from portico.domains.permits.permit import Permit

BACK: Final = timedelta(days=366)
AHEAD: Final = timedelta(days=366)
_PLACE: Final = re.compile(r"[0-9]{2}")
_SHAPES: Final = {
    System.SERVICE_TYPE: ("9", "99", "A9", "AA", "9A"),
    System.PROCEDURE: ("99999", "A9999", "9999A"),
    System.REVENUE: ("9999",),
}
_COVERED: Final = (Verdict.ACTIVE, Verdict.ACTIVE_IN_GRACE)


@dataclass(frozen=True, slots=True)
class Understood:
    """A question that can be answered, with the names that stand beside it."""

    question: Question
    member_id: str = ""
    provider_name: str = ""
    group_name: str = ""


def understood(given: Permit, asked: Asked) -> Understood | NotAnswered:
    """The question with all that is known of it; or why it has no answer. Notes the patient as shown."""
    refusal = _malformed(asked) or _far(asked.on, given.actor.today)
    if refusal is not None:
        return refusal
    seen = _patient(given, asked)
    if isinstance(seen, NotAnswered):
        return seen
    line = seen.line if seen else asked.line
    if not line:
        return NotAnswered(NoAnswer.LINE_MISSING)
    part = taking_part.standing([asked.npi], line=line, on=asked.on) if asked.npi else {}
    if asked.npi and asked.npi not in part:
        return NotAnswered(NoAnswer.PROVIDER_UNKNOWN)
    named = providers.describe(asked.npi, "", on=asked.on) if asked.npi else None
    pcp = pcps.on_day(given, seen.member, on=asked.on) if seen else None
    return Understood(
        question=_question(asked, line, seen, part.get(asked.npi)),
        member_id=seen.member.member_id if seen else "",
        provider_name=named.name if named else "",
        group_name=_group(pcp),
    )


def is_code(system: System, code: str) -> bool:
    """Has a code the shape of its system? Nothing says that there is such a code."""
    return requirement_rules.shape(code) in _SHAPES[system]


def _malformed(asked: Asked) -> NotAnswered | None:
    if not is_code(asked.system, asked.code):
        return NotAnswered(NoAnswer.CODE_MALFORMED)
    if asked.service_type and not is_code(System.SERVICE_TYPE, asked.service_type):
        return NotAnswered(NoAnswer.CODE_MALFORMED)
    if asked.place and not _PLACE.fullmatch(asked.place):
        return NotAnswered(NoAnswer.PLACE_MALFORMED)
    return None


def _far(on: date, today: date) -> NotAnswered | None:
    earliest, latest = today - BACK, today + AHEAD
    if earliest <= on <= latest:
        return None
    reason = NoAnswer.TOO_EARLY if on < earliest else NoAnswer.TOO_LATE
    return NotAnswered(reason, earliest=earliest, latest=latest)


def _patient(given: Permit, asked: Asked) -> visibility.Seen | NotAnswered | None:
    """The one patient that is meant, covered that day; None where none was named.

    Whoever is looked for is looked for today, so that a day to come may be asked about.
    """
    if asked.patient is None:
        return None
    inquiry = members_asked.Inquiry(asked.tax_id, given.actor.today, asked.patient, asked.line)
    found = search.people_for(given, inquiry, search.wanted_by(asked.patient))
    if isinstance(found, members_asked.NotAnswered):
        return NotAnswered(NoAnswer.PATIENT, search=found)
    if len(found) > 1:
        return NotAnswered(NoAnswer.SEVERAL_PATIENTS)
    given.note_subject("member", found[0].member.member_id)
    seen = visibility.seen(given, [found[0].member], on=asked.on)[0]
    return seen if seen.verdict in _COVERED else NotAnswered(NoAnswer.NOT_COVERED)


def _question(asked: Asked, line: str, seen: visibility.Seen | None, is_in: bool | None) -> Question:
    network = "" if is_in is None else (Network.IN if is_in else Network.OUT).value
    return Question(
        asked.system,
        asked.code,
        line,
        asked.on,
        plan_code=seen.plan_code if seen else asked.plan_code,
        place=asked.place,
        network=network,
        tax_id=asked.tax_id if _bills(asked) else "",
        npi=asked.npi,
        service_type=asked.service_type,
    )


def _bills(asked: Asked) -> bool:
    """Would the office that asks bill for it? Where nobody is named, it asks for itself."""
    return not asked.npi or asked.tax_id in providers.tax_ids_of(asked.npi, on=asked.on)


def _group(pcp: Pcp | None) -> str:
    return pcp.group_name if pcp else ""
