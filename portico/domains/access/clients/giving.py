"""An office lets a billing company work under its tax IDs, and takes that back.

The administrator names the company by its tax ID: nobody is given a list of those there are. What is given
lies within the administrator's own ceiling, and reaches nobody until the company hands it on to its people.
Giving asks who it is; taking back is one click, for it only ever closes.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portico.domains.access import models
from portico.domains.access.clients import rows, rules
from portico.domains.access.clients.rows import PAGE, Row
from portico.domains.access.clients.rules import Ending, Terms
from portico.domains.access.delegating import acting, ceiling
from portico.domains.access.delegating.choices import ALWAYS_ON, Choice
from portico.domains.access.delegating.refusals import BeyondCeiling, CannotGive
from portico.domains.access.delegating.sets import Item, Where
from portico.domains.offices import offices, practising
from portico.domains.offices.offices import Office
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import catalogue
from portico.shared import pages

__all__ = ["BeyondCeiling", "CannotGive", "Company", "Form", "UnknownGrant", "end", "find", "form", "give"]


class UnknownGrant(LookupError):
    """The office gave no such permission, or not within what this administrator looks after."""


@dataclass(frozen=True, slots=True)
class Company:
    """A billing company: what it is called, and the tax ID it was found by."""

    name: str
    tax_id: str


@dataclass(frozen=True, slots=True)
class Form:
    """What may be given; a choice says why it cannot be (choices.Choice). `latest_on`: the last day."""

    tax_ids: tuple[Choice, ...]
    functions: tuple[Choice, ...]
    lines: tuple[Choice, ...]
    latest_on: date | None


def find(*, actor: Actor, tax_id: str) -> Company | None:
    """The billing company that bills under exactly this tax ID; None for any other, whoever's it is.

    Raises NotPermitted.
    """
    with permit(actor, Function.MANAGE_USERS) as given:
        found = offices.billing_company(tax_id)
        given.conclude("billing_company_found" if found else "no_billing_company_found")
        return Company(found.name, tax_id) if found else None


def form(*, actor: Actor) -> Form:
    """What this administrator may give. Raises NotPermitted."""
    with permit(actor, Function.MANAGE_USERS) as given:
        office = acting.office_for(given, "")
        reach, named = ceiling.of(given, office), practising.names_of(office.tax_ids)
        given.conclude("client_access_form_shown")
        return Form(
            tax_ids=tuple(
                Choice(each, named.get(each, ""), reach.why(tax_id=each) or "") for each in office.tax_ids
            ),
            functions=tuple(_choice(reach.why(function=each), each) for each in rules.GIVABLE),
            lines=tuple(
                Choice(each.code, each.name, reach.why(line=each.code) or "") for each in catalogue.lines()
            ),
            latest_on=reach.latest_on,
        )


def give(*, actor: Actor, company: str, terms: Terms) -> tuple[UUID, ...]:
    """Let the billing company of that tax ID do this; answers a number for each tax ID given.

    What it was given before under the same tax ID ends, and this takes its place. Raises CannotGive,
    BeyondCeiling, NotPermitted.
    """
    with acting.act(actor, function=Function.MANAGE_USERS) as given:
        office = acting.office_for(given, "")
        biller = offices.billing_company(company)
        if biller is None or biller.id == office.id:
            raise CannotGive("unknown_company")
        _check(given, office, terms)
        made = [_given(given, office, biller, tax_id, terms) for tax_id in sorted(terms.tax_ids)]
        given.note_subject("office", str(biller.id))
        given.conclude("client_access_given")
        return tuple(made)


def end(*, actor: Actor, public_id: UUID) -> bool:
    """Take it back, at once; False where it was over already. Raises UnknownGrant, NotPermitted."""
    with permit(actor, Function.MANAGE_USERS) as given:
        held = models.ClientGrant.objects.select_for_update().filter(client_id=actor.office_id or 0)
        row = held.filter(public_id=public_id).first()
        is_found = row is not None and _is_in_reach(given, row)
        is_open = row is not None and is_found and row.ended_at is None
        given.conclude("client_access_ended" if is_open else "already_so" if is_found else "not_found")
        if row is not None and is_open:
            rows.end(given, row, Ending.CLIENT)
    if not is_found:
        raise UnknownGrant("this office gave no such permission")
    return is_open


def listed(*, actor: Actor, key: str = "", size: int = PAGE) -> pages.Page[Row]:
    """What the office gave, the latest first, also what is over. Raises NotPermitted."""
    with permit(actor, Function.MANAGE_USERS) as given:
        held = models.ClientGrant.objects.filter(client_id=actor.office_id or 0)
        held = held.select_related("client", "biller").order_by("-pk")
        found = list(held.filter(pk__lt=int(key))[: size + 1] if pages.is_row(key) else held[: size + 1])
        cut = pages.cut(found, size=size, key_of=lambda row: str(row.pk))
        given.conclude("billing_companies_listed")
        return pages.Page(rows.shown(cut.rows, today=actor.today), cut.next_key)


def _choice(beyond: str | None, function: Function) -> Choice:
    return Choice(function, why=beyond or (ALWAYS_ON if function is rules.ALWAYS else ""))


def _check(given: Permit, office: Office, terms: Terms) -> None:
    """Within what the office has and the administrator may hand out; its tax IDs are held for it."""
    today = given.actor.today
    own = office.tax_ids
    if terms.tax_ids and terms.tax_ids.issubset(own):
        offices.hold(terms.tax_ids, name=office.name)
        own = offices.tax_ids_of(office.id)
    found = rules.fault(terms, own=own, lines=catalogue.line_names(), today=today)
    if found:
        raise CannotGive(*found)
    where = Where(terms.tax_ids, last_on=terms.last_on)
    reach = ceiling.of(given, office)
    ceiling.check(reach, [Item(each, where, terms.lines) for each in sorted(terms.whole)])


def _given(given: Permit, office: Office, biller: Office, tax_id: str, terms: Terms) -> UUID:
    """The permission for one tax ID, in place of what there was; one given twice alike stays as it is."""
    held = models.ClientGrant.objects.select_for_update().filter(biller_id=biller.id, tax_id=tax_id)
    was, row = held.filter(ended_at=None).first(), _row(given, office, biller, tax_id, terms)
    if was is not None and was.client_id == office.id:
        if _terms(was) == _terms(row):
            return was.public_id
        if terms.first_on > given.actor.today and _runs(was, given.actor.today):
            raise CannotGive("runs_already", tax_id)
    if was is not None:
        rows.end(given, was, Ending.REPLACED if was.client_id == office.id else Ending.MOVED)
    row.save()
    given.note_subject("client_grant", str(row.public_id))
    rows.tell(given, row, "given")
    return row.public_id


def _row(given: Permit, office: Office, biller: Office, tax_id: str, terms: Terms) -> models.ClientGrant:
    return models.ClientGrant(
        client_id=office.id,
        biller_id=biller.id,
        tax_id=tax_id,
        functions=" ".join(function for function in Function if function in terms.whole),
        lines=" ".join(sorted(terms.lines or ())),
        first_on=terms.first_on,
        last_on=terms.last_on,
        made_at=given.actor.asked_at,
        made_by=given.actor.user_id,
    )


def _terms(row: models.ClientGrant) -> tuple[str, str, date, date | None]:
    return row.functions, row.lines, row.first_on, row.last_on


def _runs(row: models.ClientGrant, today: date) -> bool:
    return row.first_on <= today and (row.last_on is None or row.last_on >= today)


def _is_in_reach(given: Permit, row: models.ClientGrant) -> bool:
    """Under a tax ID the administrator looks after, or one the office has no more."""
    own = offices.tax_ids_of(row.client_id)
    return row.tax_id in given.scope.tax_ids() or row.tax_id not in own
