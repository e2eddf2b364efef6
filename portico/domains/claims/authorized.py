"""Which authorizations paid claims used: told after every load that decides claims, or takes that back."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from decimal import Decimal

from portico.domains.authorizations import using
from portico.domains.authorizations.using import Paid, Spent
from portico.domains.claims import models
from portico.domains.jobs.leases import Leased
from portico.domains.permits.permit import Permit


def recount(given: Permit, leased: Leased, claims: Collection[int]) -> None:
    """Count what these claims, by the ids of their rows, used as they stand now.

    A claim that is paid uses the units of its lines, denied ones apart; any other one uses nothing. In the
    transaction of the load, its way back noted.
    """
    rows = models.Claim.objects.filter(pk__in=list(claims))
    columns = "pk", "claim_number", "authorization_number", "member_id", "status"
    held = list(rows.values_list(*columns))
    if not held:
        return
    is_paid = {pk for pk, _, number, _, status in held if number and status == models.Claim.Status.PAID}
    lines = _paid_lines(is_paid) if is_paid else {}
    told = {
        claim: Spent(number, member_id, lines.get(pk, ())) if pk in is_paid else None
        for pk, claim, number, member_id, _ in held
    }
    using.settle(given, leased, told)


def _paid_lines(claims: Collection[int]) -> Mapping[int, list[Paid]]:
    """The lines of these claims, but for those of which nothing was allowed."""
    found: dict[int, list[Paid]] = defaultdict(list)
    for line in models.ClaimLine.objects.filter(claim__in=list(claims)).select_related("claim"):
        if not _is_denied(line):
            on = line.first_on or line.claim.first_on
            paid = Paid(line.code, line.revenue_code, line.units, line.unit, on)
            found[line.claim_id].append(paid)
    return found


def _is_denied(line: models.ClaimLine) -> bool:
    """Whether a line of a paid claim got nothing; one of which nobody told goes with its claim."""
    told = [amount for amount in (line.allowed, line.paid) if amount is not None]
    return bool(told) and max(told) <= Decimal(0)
