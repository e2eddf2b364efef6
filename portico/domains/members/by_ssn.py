"""Who has a Social Security number, for domains that search their own rows by it, under members' rules.

The plan may have switched searching by SSN off, and searches that find nobody count towards the same limit
as those of Patient Info, so that no other door is a way to guess numbers faster. It opens no permit.
"""

from datetime import date

from django.conf import settings

from portico.domains.members import finding, misses, search
from portico.domains.members.asked import BySsn, NoAnswer, NotAnswered
from portico.domains.permits.permit import Permit


def member_ids(given: Permit, ssn: str, birth_date: date) -> tuple[str, ...] | NotAnswered:
    """The member IDs meant, among the members `given` shows; or why it is not searched now.

    Whoever then finds nothing of theirs says so with `missed`. Raises identifiers.BadIdentifier.
    """
    by = BySsn(ssn, birth_date)
    if not settings.SSN_SEARCH:
        return NotAnswered(NoAnswer.SSN_SEARCH_OFF)
    wanted = search.wanted_by(by)
    if until := misses.again_at(given, by):
        return NotAnswered(NoAnswer.SLOW_DOWN, again_at=until)
    return tuple(row.member_id for row in finding.rows(given, wanted))


def missed(given: Permit, ssn: str, birth_date: date) -> None:
    """Count a search that found nothing, as one that found nobody."""
    misses.note(given, BySsn(ssn, birth_date))
