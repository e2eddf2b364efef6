"""Units of services that paid claims used: told by claims whenever they are decided, taken back or reloaded.

For a load: the caller's transaction, its way back noted, so that a load that is undone gives the units back.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from portico.domains.authorizations import models, numbers, usage_rules
from portico.domains.authorizations.usage_rules import Held
from portico.domains.authorizations.usage_rules import Paid as Paid
from portico.domains.jobs import loading
from portico.domains.jobs.leases import Leased
from portico.domains.permits.permit import Permit
from portico.shared.identifiers import BadIdentifier

_COUNTED = ("in_review", "pended", "approved", "partly")
"""What is decided later counts from the beginning: it may be approved for days that went by."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What a paid claim says: the number it names, as it was sent, whose it is, and its paid lines."""

    number: str
    member_id: str
    lines: Sequence[Paid]


def settle(given: Permit, leased: Leased, claims: Mapping[str, Spent | None]) -> None:
    """Let these claims, by their own numbers, have used what they say now; None: nothing, nor before.

    A number that is none, or is another member's, uses nothing. At most five statements; one where no claim
    names a request and none did.
    """
    del given
    held = _held(claims)
    named = {claim: spent for claim, spent in claims.items() if spent is not None}
    wanted = _wanted(named) if named else {}
    changed = {key: row for key, row in held.items() if wanted.get(key) != row[1:]}
    loading.delete(leased, models.Usage, [row[0] for row in changed.values()])
    rows = [
        {"service_id": service, "claim_number": claim, "quantity": used.quantity, "on": used.on}
        for (service, claim), used in wanted.items()
        if (service, claim) not in held or (service, claim) in changed
    ]
    loading.insert(leased, models.Usage, rows)


def _held(claims: Collection[str]) -> dict[tuple[int, str], tuple[int, Decimal, object]]:
    """What these claims used so far."""
    rows = models.Usage.objects.filter(claim_number__in=list(claims))
    columns = "service_id", "claim_number", "pk", "quantity", "on"
    return {(service, claim): (pk, *told) for service, claim, pk, *told in rows.values_list(*columns)}


def _wanted(claims: Mapping[str, Spent]) -> dict[tuple[int, str], usage_rules.Used]:
    known = _services({_number(spent.number) for spent in claims.values()} - {""})
    found: dict[tuple[int, str], usage_rules.Used] = {}
    for claim, spent in claims.items():
        services = known.get((_number(spent.number), spent.member_id), ())
        for service, used in usage_rules.used(services, spent.lines).items():
            found[(service, claim)] = used
    return found


def _services(wanted: Collection[str]) -> dict[tuple[str, str], list[Held]]:
    """The services of these requests that units may be used of, by number and member."""
    rows = models.Service.objects.filter(authorization__number__in=sorted(wanted), state__in=_COUNTED)
    found: dict[tuple[str, str], list[Held]] = {}
    for row in rows.select_related("authorization").order_by("authorization", "position"):
        key = row.authorization.number, row.authorization.member_id
        held = Held(
            row.pk,
            row.code,
            row.unit,
            row.approved_first_on or row.first_on,
            row.approved_last_on or row.last_on,
        )
        found.setdefault(key, []).append(held)
    return found


def _number(text: str) -> str:
    try:
        return numbers.parse(text)
    except BadIdentifier:
        return ""
