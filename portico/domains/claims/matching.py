"""Which rows are meant by what was asked, within what a permit reaches; finding and status ask the same."""

from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from portico.domains.claims import models
from portico.domains.claims.asked import Asked, Lines
from portico.domains.claims.rules import Status
from portico.domains.permits import scoping
from portico.domains.permits.permit import Permit

ADJUSTED = "adjusted"
LONGEST_STAY = timedelta(days=366)
STATUSES = (*Status, ADJUSTED)
_FIELDS = {"tax_id": "tax_id", "line": "line", "provider": "provider_npi"}


def rows(given: Permit, asked: Asked) -> "QuerySet[models.Claim]":
    """The claims meant that `given` reaches, the latest service first."""
    return ordered(models.Claim.objects.filter(reached(given), wanted(asked)))


def reached(given: Permit) -> Q:
    """The claims a permit reaches: by tax ID, line and who rendered them."""
    return scoping.q(given, **_FIELDS)


def reached_anywhere(given: Permit) -> Q:
    """The claims the same actor reaches wherever it may look, for hints."""
    return scoping.beyond(given, **_FIELDS)


def ordered(found: "QuerySet[models.Claim]") -> "QuerySet[models.Claim]":
    """The latest service first, its payment fetched with each."""
    return found.select_related("payment").order_by("-first_on", "-pk")


def wanted(asked: Asked) -> Q:
    """The filter a question stands for."""
    return Q(tax_id=asked.tax_id) & named(asked) & within_days(asked) & in_lines(asked) & in_status(asked)


def named(asked: Asked) -> Q:
    """Whom and what it names, apart from the tax ID, the days, the lines and the status."""
    found = Q()
    if asked.subscriber_id:
        found &= Q(subscriber_number=asked.subscriber_id) | Q(member_id=asked.subscriber_id)
    exact = {
        "claim_number": asked.claim_number,
        "patient_control_number": asked.patient_control_number,
        "provider_npi": asked.provider_npi,
        "patient_last_name__iexact": asked.last_name,
    }
    found &= Q(**{column: value for column, value in exact.items() if value})
    if first_word := asked.first_name.split(" ")[0]:
        found &= Q(patient_first_name__istartswith=first_word)
    if asked.birth_date is not None:
        found &= Q(patient_birth_date=asked.birth_date)
    if asked.billed is not None:
        found &= Q(billed=asked.billed)
    return found


def within_days(asked: Asked) -> Q:
    """Service on some day from … to …; with both ends open, on any.

    A stay is met by any of its days. That it began within a year before bounds what the index reads.
    """
    found = Q()
    if asked.last_on is not None:
        found &= Q(first_on__lte=asked.last_on)
    if asked.first_on is not None:
        earliest = max(asked.first_on, date.min + LONGEST_STAY) - LONGEST_STAY
        found &= Q(last_on__gte=asked.first_on, first_on__gte=earliest)
    return found


def in_lines(asked: Asked) -> Q:
    """In one line, in the lines people buy for themselves, or in all others."""
    own = list(settings.INDIVIDUAL_LINES)
    found = Q(line=asked.line) if asked.line else Q()
    match asked.lines:
        case Lines.INDIVIDUAL:
            return found & Q(line__in=own)
        case Lines.GROUP:
            return found & ~Q(line__in=own)
        case Lines.ALL:
            return found


def in_status(asked: Asked) -> Q:
    """Standing so; what was decided more than once counts as adjusted and as paid or denied."""
    if not asked.status:
        return Q()
    if asked.status == ADJUSTED:
        return Q(decision_count__gt=1, status__in=[Status.PAID, Status.DENIED])
    return Q(status=asked.status)
