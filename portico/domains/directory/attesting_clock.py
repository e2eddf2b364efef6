"""The clock of attestation: it begins for entries of offices that have an account, reminds, and runs out.

    new entry -> asked within 90 days -> reminded 30, 14 and 7 days before -> confirmed, and 90 days again
                                                                         `-> marked as not confirmed

An entry whose office has no account is never asked, and not marked: nobody could answer. One that nobody was
reminded of is given until the last reminder's days are over, before it is marked.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from django.db.models import Min, QuerySet

from portico.domains.directory import entries, models, telling, upkeep_rules
from portico.domains.offices import account_tax_ids
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

CHUNK: Final = 100
Due = tuple[str, date]
"""A tax ID, and the day by which something of it is confirmed."""


def keep(*, actor: Actor) -> bool:
    """Begin, remind, mark, a chunk of it; True while more may be left. Raises NotPermitted."""
    with permit(actor, Function.HOUSEKEEPING) as given:
        count = max(_begin(given), _remind(given), _mark(given))
        given.conclude("directory_attestation_kept" if count else "no_attestation_to_keep")
        return count >= CHUNK


def unconfirmed() -> dict[str, date]:
    """The tax IDs with entries that were not confirmed in time, and since when the first of them."""
    rows = models.Listing.objects.filter(unverified_since__isnull=False).values_list("tax_id")
    return dict(rows.annotate(since=Min("unverified_since")).order_by("tax_id"))


def _begin(given: Permit) -> int:
    """Ask for entries that were not asked for yet, and whose office has an account now."""
    new = entries.listed(given.actor.today).filter(attest_by__isnull=True)
    numbers = sorted(set(new.values_list("tax_id", flat=True)))
    known = sorted(account_tax_ids.offices_of(numbers))[:CHUNK]
    until = upkeep_rules.attest_by(given.actor.today)
    new.filter(tax_id__in=known).update(attest_by=until)
    return len(known)


def _remind(given: Permit) -> int:
    """Tell each office once a reminder, of all its tax IDs together."""
    today = given.actor.today
    near = entries.listed(today).filter(attest_by__gte=today, attest_by__lte=upkeep_rules.due_until(today))
    due = _due(near)
    offices = account_tax_ids.offices_of({tax_id for tax_id, _ in due})
    told = _told(due)
    new: dict[int, dict[Due, tuple[int, ...]]] = defaultdict(dict)
    for tax_id, until in due:
        days = upkeep_rules.to_remind(until, told[tax_id, until], today=today)
        if days and tax_id in offices:
            new[offices[tax_id]][tax_id, until] = days
    for office_id in sorted(new)[:CHUNK]:
        _tell(given, office_id, new[office_id])
    return min(len(new), CHUNK)


def _tell(given: Permit, office_id: int, new: Mapping[Due, tuple[int, ...]]) -> None:
    models.Reminder.objects.bulk_create(
        models.Reminder(tax_id=tax_id, attest_by=until, days=day, made_at=given.actor.asked_at)
        for (tax_id, until), days in new.items()
        for day in days
    )
    until = min(until for _, until in new)
    telling.to_confirm(given, office_id, [tax_id for tax_id, _ in new], kind=telling.DUE, until=until)
    given.note_subject("office", str(office_id))


def _mark(given: Permit) -> int:
    """Mark what was not confirmed in time, for everybody to see, and tell the office."""
    today = given.actor.today
    over = entries.listed(today).filter(attest_by__lt=today, unverified_since__isnull=True)
    due = _due(over)[:CHUNK]
    offices, told = account_tax_ids.offices_of({tax_id for tax_id, _ in due}), _told(due)
    lapsed: dict[int, list[Due]] = defaultdict(list)
    for tax_id, until in due:
        rows = over.filter(tax_id=tax_id, attest_by=until)
        if tax_id not in offices:
            rows.update(attest_by=None)
        elif not told[tax_id, until]:
            rows.update(attest_by=today + min(upkeep_rules.REMIND_DAYS) * upkeep_rules.DAY)
        else:
            rows.update(unverified_since=today)
            lapsed[offices[tax_id]].append((tax_id, until))
    for office_id, those in sorted(lapsed.items()):
        until = min(until for _, until in those)
        numbers = [tax_id for tax_id, _ in those]
        telling.to_confirm(given, office_id, numbers, kind=telling.LAPSED, until=until)
        given.note_subject("office", str(office_id))
    return len(due)


def _due(rows: "QuerySet[models.Listing]") -> list[Due]:
    pairs = set(rows.values_list("tax_id", "attest_by"))
    return sorted((tax_id, until) for tax_id, until in pairs if until is not None)


def _told(due: Collection[Due]) -> Mapping[Due, set[int]]:
    """The reminders each of these was told."""
    found: dict[Due, set[int]] = defaultdict(set)
    rows = models.Reminder.objects.filter(tax_id__in={tax_id for tax_id, _ in due})
    for tax_id, until, days in rows.values_list("tax_id", "attest_by", "days"):
        found[tax_id, until].add(days)
    return found
