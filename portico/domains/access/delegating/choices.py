"""What a form that gives access may offer, and why something in it cannot be chosen.

Every one of the office's tax IDs, lines and functions is offered, whoever asks: what is beyond the ceiling
says so instead of being missing.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from portico.domains.access.delegating import acting, ceiling
from portico.domains.access.delegating.ceiling_rules import Beyond, Ceiling
from portico.domains.access.delegating.sets import ANCHORS
from portico.domains.offices import practising
from portico.domains.offices.offices import Office
from portico.domains.offices.practising import Wanted
from portico.domains.permits.actors import Actor, PersonaKind
from portico.domains.permits.functions import GRANTABLE, TRAITS, Function
from portico.domains.permits.permit import Permit
from portico.domains.plan import catalogue
from portico.shared import pages

__all__ = [
    "ALWAYS_ON",
    "NO_PATIENTS",
    "Choice",
    "Form",
    "ProviderChoice",
    "Wanted",
    "form",
    "places",
    "providers",
]

PAGE = practising.PAGE
ALWAYS_ON = "always_on"
NO_PATIENTS = "administrator_has_no_patients"


@dataclass(frozen=True, slots=True)
class Choice:
    """One box: its code and name (a function's name is the page's). `why` it cannot be changed; "": it can.

    A Beyond code, ALWAYS_ON or NO_PATIENTS.
    """

    code: str
    name: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """What may be chosen. `functions` for that kind of persona; `hands_out` for an administrator alone.

    `every_…`: why "every one, also those to come" cannot be chosen there; "": it can. `latest_on`: the last
    day anything may be given for; None: no end is needed. `clients`: the tax IDs that are a client's.
    """

    office_key: str
    office_name: str
    tax_ids: tuple[Choice, ...]
    lines: tuple[Choice, ...]
    regions: tuple[Choice, ...]
    functions: tuple[Choice, ...]
    hands_out: tuple[Choice, ...]
    every_line: str
    every_region: str
    every_provider: str
    every_function: str
    latest_on: date | None
    clients: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ProviderChoice:
    """One provider: the tax IDs it bills under of those asked for, where, and why it cannot be chosen."""

    npi: str
    name: str
    specialty: str
    tax_ids: tuple[str, ...]
    places: tuple[str, ...]
    why: str = ""


def form(*, actor: Actor, kind: PersonaKind, office: str = "") -> Form:
    """What may be chosen for such a persona of the office; `office`: its key, for the plan.

    Raises UnknownOffice, NotPermitted.
    """
    with acting.act(actor, lately=False) as given:
        place = acting.office_for(given, office)
        given.conclude("access_choices_shown")
        return _form(given, place, kind)


def providers(
    *,
    actor: Actor,
    tax_ids: Collection[str],
    wanted: Wanted | None = None,
    office: str = "",
    key: str = "",
    size: int = PAGE,
) -> pages.Page[ProviderChoice]:
    """The providers under these tax IDs of the office, by name; tax IDs that are not the office's find none.

    Raises UnknownOffice, NotPermitted.
    """
    with acting.act(actor, lately=False) as given:
        place = acting.office_for(given, office)
        reach, own = ceiling.of(given, place), _own(given, place, tax_ids)
        found = practising.page(own, on=actor.today, wanted=wanted, key=key, size=size)
        given.conclude("providers_listed")
        return pages.Page(tuple(_provider(reach, each) for each in found.rows), found.next_key)


def places(*, actor: Actor, tax_ids: Collection[str], office: str = "") -> tuple[str, ...]:
    """Where providers practise under these tax IDs of the office. Raises UnknownOffice, NotPermitted."""
    with acting.act(actor, lately=False) as given:
        own = _own(given, acting.office_for(given, office), tax_ids)
        given.conclude("places_listed")
        return practising.places(own, on=actor.today)


def _own(given: Permit, office: Office, tax_ids: Collection[str]) -> frozenset[str]:
    lent = ceiling.client_tax_ids(office.id, on=given.actor.today)
    return frozenset(tax_ids) & lent.union(office.tax_ids)


def _form(given: Permit, office: Office, kind: PersonaKind) -> Form:
    reach = ceiling.of(given, office)
    lent = ceiling.client_tax_ids(office.id, on=given.actor.today)
    numbers = (*office.tax_ids, *sorted(lent.difference(office.tax_ids)))
    named, offered = practising.names_of(numbers), catalogue.choices()
    return Form(
        office_key=office.key,
        office_name=office.name,
        tax_ids=tuple(Choice(each, named.get(each, ""), _said(reach.why(tax_id=each))) for each in numbers),
        lines=tuple(Choice(each.code, each.name, _said(reach.why(line=each.code))) for each in offered.lines),
        regions=tuple(
            Choice(each.code, each.name, _said(reach.why(region=each.code))) for each in offered.regions
        ),
        functions=tuple(_functions(reach, kind)),
        hands_out=tuple(_hands_out(reach)) if kind is PersonaKind.ADMINISTRATOR else (),
        every_line=_said(reach.why_all(Beyond.LINE)),
        every_region=_said(reach.why_all(Beyond.REGION)),
        every_provider=_said(reach.why_all(Beyond.PROVIDER)),
        every_function=_said(reach.why_all(Beyond.FUNCTION)),
        latest_on=reach.latest_on,
        clients=lent.difference(office.tax_ids),
    )


def _functions(reach: Ceiling, kind: PersonaKind) -> Iterable[Choice]:
    """What such a persona may hold, first what its set hangs on and always holds."""
    is_administrator, anchor = kind is PersonaKind.ADMINISTRATOR, ANCHORS[kind]
    for function in sorted(GRANTABLE, key=lambda each: each is not anchor):
        beyond = _said(reach.why(function=function))
        if is_administrator and TRAITS[function].phi:
            yield Choice(function, why=NO_PATIENTS)
        elif function is anchor:
            yield Choice(function, why=beyond or ALWAYS_ON)
        elif function is not Function.MANAGE_USERS:
            yield Choice(function, why=beyond)


def _hands_out(reach: Ceiling) -> Iterable[Choice]:
    for function in GRANTABLE:
        beyond = _said(reach.why(function=function))
        is_always = function is Function.ELIGIBILITY
        yield Choice(function, why=beyond or (ALWAYS_ON if is_always else ""))


def _provider(reach: Ceiling, found: practising.Practising) -> ProviderChoice:
    why = reach.why(provider=found.npi)
    return ProviderChoice(found.npi, found.name, found.specialty, found.tax_ids, found.places, _said(why))


def _said(beyond: Beyond | None) -> str:
    return beyond or ""
