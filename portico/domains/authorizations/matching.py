"""Which requests are meant by what was asked, within what a permit reaches."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from portico.domains.authorizations import models, reach, sending_rules
from portico.domains.authorizations.asked import DECIDED, DECIDED_ONES, OPEN_ONES, Asked
from portico.domains.authorizations.facts.shown import OPEN
from portico.domains.permits.permit import Permit
from portico.shared import names

LONGEST = sending_rules.BACK + sending_rules.AHEAD + sending_rules.LONGEST
"""How long before a day services that still run on it may have begun; it bounds what an index reads."""


def rows(given: Permit, asked: Asked, members: Collection[str] | None) -> "QuerySet[models.Authorization]":
    """The requests meant that `given` reaches, the latest received first.

    `members` are the member IDs an SSN stands for, None where none was given.
    """
    meant = named(asked, members) & within_days(asked) & in_state(asked) & in_kind(asked) & in_line(asked)
    return ordered(reach.reached_under(given, asked.tax_id).filter(meant))


def ordered(found: "QuerySet[models.Authorization]") -> "QuerySet[models.Authorization]":
    """The latest received first."""
    return found.order_by("-received_at", "-pk")


def named(asked: Asked, members: Collection[str] | None) -> Q:
    """Whom and what it names, apart from the tax ID, the days, the state and the line."""
    found = Q()
    if asked.number:
        found &= Q(number=asked.number)
    if asked.member_id:
        found &= Q(member_id=asked.member_id) | Q(subscriber_number=asked.member_id)
    if members is not None:
        found &= Q(member_id__in=sorted(members))
    if asked.last_name:
        found &= Q(patient_last_key=names.key(asked.last_name))
    if first_word := asked.first_name.split(" ")[0]:
        found &= Q(patient_first_name__istartswith=first_word)
    if asked.birth_date is not None and members is None:
        found &= Q(patient_birth_date=asked.birth_date)
    return found


def within_days(asked: Asked) -> Q:
    """Service on some day from … to …; with both ends open, on any."""
    found = Q()
    if asked.last_on is not None:
        found &= Q(first_on__lte=asked.last_on)
    if asked.first_on is not None:
        earliest = max(asked.first_on, date.min + LONGEST) - LONGEST
        found &= Q(last_on__gte=asked.first_on, first_on__gte=earliest)
    return found


def in_state(asked: Asked) -> Q:
    """Standing so; `open` is every one not decided yet, `decided` every one that is."""
    if not asked.state:
        return Q()
    several = {OPEN_ONES: OPEN, DECIDED_ONES: DECIDED}.get(asked.state)
    return Q(state__in=sorted(several)) if several else Q(state=asked.state)


def in_kind(asked: Asked) -> Q:
    """Of that kind, or of any."""
    return Q(kind=asked.kind) if asked.kind else Q()


def in_line(asked: Asked) -> Q:
    """In that line, or in any."""
    return Q(line=asked.line) if asked.line else Q()
