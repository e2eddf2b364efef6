"""The mirror: who looked up whom, read by an office's administrator, and by the plan for a tax ID.

Of a member it shows the ID and nothing else: no name, no coverage, no answer. An administrator needs it to
ask somebody why; the permit that opens it opens no patient. Reading it is a use of its own, with each member
shown among its subjects.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from portico.domains.access import mirror_rules, models
from portico.domains.access.delegating import grants
from portico.domains.access.mirror_rules import Flag, Pattern
from portico.domains.audit import looks
from portico.domains.audit.looks import Look, Use, Wanted
from portico.domains.offices import offices
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import GRANTABLE, TRAITS, Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import days
from portico.shared import pages

__all__ = ["Flag", "Look", "Pattern", "Sought", "Unusual", "export", "page", "unusual"]

SHOWING: Final = tuple(function.value for function in GRANTABLE if TRAITS[function].phi)
MOST_DAYS: Final = 92
MOST_USES: Final = 20_000
MOST_EXPORTED: Final = 10_000
USUAL_DAYS: Final = 28
PAGE: Final = 200


@dataclass(frozen=True, slots=True)
class Sought:
    """Which look-ups: both days count; the plan names a tax ID. `member` is an ID as it stands on a card.

    At most MOST_DAYS are looked at, the latest of them.
    """

    first: date
    last: date
    tax_id: str = ""
    person: str = ""
    user_id: int | None = None
    member: str = ""
    door: str = ""


@dataclass(frozen=True, slots=True)
class Unusual:
    """What is worth a question, and the names of those it is about; `is_cut`: the oldest are not in it."""

    flags: tuple[Flag, ...]
    names: Mapping[int, str]
    is_cut: bool


def page(
    *, actor: Actor, function: Function, sought: Sought, key: str = "", size: int = PAGE
) -> pages.Page[Look]:
    """A page of look-ups, the latest first. `function`: MANAGE_USERS, or AUDIT_READING of the plan.

    Raises NotPermitted.
    """
    with permit(actor, function) as given:
        found = looks.page(given=given, wanted=_wanted(given, sought), key=key, size=size)
        _note(given, found.rows)
        given.conclude("lookups_shown")
        return found


def export(*, actor: Actor, function: Function, sought: Sought) -> tuple[Look, ...]:
    """The same to take home, at most MOST_EXPORTED of them. Raises NotPermitted."""
    with permit(actor, function, lately=True) as given:
        found = looks.page(given=given, wanted=_wanted(given, sought), size=MOST_EXPORTED)
        _note(given, found.rows)
        given.conclude("lookups_exported")
        return found.rows


def unusual(*, actor: Actor, function: Function, sought: Sought) -> Unusual:
    """What is worth a question in these days, beside the four weeks before. Raises NotPermitted."""
    with permit(actor, function) as given:
        wanted = replace(_wanted(given, sought), person="", user_id=None, member="", door="")
        uses = looks.uses(given=given, wanted=wanted, most=MOST_USES)
        found = _flags(given, wanted, uses)
        for flag in found:
            if flag.member is not None:
                given.note_subject(looks.MEMBER, flag.member)
        given.conclude("unusual_lookups_shown")
    names = {use.user_id: use.name for use in reversed(uses)}
    return Unusual(found, names, is_cut=len(uses) == MOST_USES)


def _flags(given: Permit, wanted: Wanted, uses: list[Use]) -> tuple[Flag, ...]:
    """What is unusual; the weeks before are read only where a first look finds anything at all."""
    if not mirror_rules.flags(uses, {}, days.local):
        return ()
    before = replace(wanted, since=wanted.since - timedelta(days=USUAL_DAYS), until=wanted.since)
    usual = looks.usual(given=given, wanted=before, nights=mirror_rules.NIGHT, zone=days.zone())
    return mirror_rules.flags(uses, usual, days.local)


def _wanted(given: Permit, sought: Sought) -> Wanted:
    """What is asked of the audit; the tax ID is noted as a subject, so that a refusal is the same for all."""
    if sought.tax_id:
        given.note_subject("tax_id", sought.tax_id)
    first = max(sought.first, sought.last - timedelta(days=MOST_DAYS - 1))
    return Wanted(
        functions=SHOWING,
        since=days.begins(first),
        until=_after(sought.last),
        tax_id=sought.tax_id,
        within=_within(given),
        person=sought.person,
        user_id=sought.user_id,
        member=sought.member,
        door=sought.door,
    )


def _after(last: date) -> datetime:
    return days.begins(last + timedelta(days=1))


def _within(given: Permit) -> tuple[str, ...] | None:
    """The tax IDs whose look-ups an administrator sees: those they look after or did, and clients', past ones
    too; None for the plan. What names no tax ID, such as a list of receipts, may show patients of every one.
    """
    actor = given.actor
    if given.scope.everything or actor.office_id is None:
        return None
    clients = models.ClientGrant.objects.filter(biller_id=actor.office_id).values_list("tax_id", flat=True)
    named = _named(given)
    is_whole = named >= set(offices.tax_ids_of(actor.office_id))
    return tuple(sorted(named.union(clients, ("",) if is_whole else ())))


def _named(given: Permit) -> frozenset[str]:
    """The tax IDs named by what opens this, those the office has lost meanwhile among them. One query."""
    today = given.actor.today
    held = grants.rows(today).filter(
        persona_id=given.actor.persona_id or 0,
        function=Function.MANAGE_USERS,
        state=models.Grant.State.ACTIVE,
        first_on__lte=today,
    )
    limits = models.GrantLimit.objects.filter(grant__in=held, dimension=models.GrantLimit.Dimension.TAX_ID)
    return frozenset(limits.values_list("value", flat=True))


def _note(given: Permit, rows: tuple[Look, ...]) -> None:
    for row in rows:
        given.note_subject(looks.MEMBER, row.member)
