"""What approving a request gives: what was missed, where it was missed, and the rest as the person has it.

A dimension the request names is given by that value alone; one it does not name stays as it is in the
person's main access, or as it was in the last they had. So nothing is widened that nobody asked about.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from portico.domains.access import granting, models
from portico.domains.access.asking import rules
from portico.domains.access.delegating import ceiling, grants
from portico.domains.access.delegating.ceiling_rules import Ceiling
from portico.domains.access.delegating.sets import AccessSet, AdministratorSet, Item, Lines, Where
from portico.domains.access.granting import NewPersona
from portico.domains.offices import offices
from portico.domains.permits.actors import PersonaKind
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit
from portico.domains.plan import catalogue


@dataclass(frozen=True, slots=True)
class Offers:
    """What whoever decides may give instead of what was asked for."""

    functions: tuple[Function, ...]
    tax_ids: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Held:
    """Where the main access is, in which lines, and what is handed out by it; `is_new`: there is none now."""

    where: Where
    lines: Lines = None
    hands_out: frozenset[Function] | None = None
    is_new: bool = False


def items(given: Permit, row: models.AccessRequest) -> tuple[Item, ...]:
    """What approving it as asked gives; eligibility besides, to whoever works with patients and has none."""
    held = _as_held(given, row)
    place = replace(
        held.where,
        tax_ids=frozenset((row.tax_id,)) if row.tax_id else held.where.tax_ids,
        providers=frozenset((row.provider,)) if row.provider else held.where.providers,
        regions=frozenset((row.region,)) if row.region else held.where.regions,
    )
    wanted = {function for function in Function if function in row.functions}
    if held.is_new and kind_of(row) is PersonaKind.END_USER:
        wanted.add(Function.ELIGIBILITY)
    lines = frozenset((row.line,)) if row.line else held.lines
    asked = (Item(function, place, lines) for function in Function if function in wanted)
    return tuple(_no_wider(item, held) for item in asked)


def narrowed(given: Permit, row: models.AccessRequest, chosen: Iterable[Item]) -> tuple[Item, ...]:
    """What is given instead: where it does not say what may be handed out, that stays as it is."""
    held = _as_held(given, row)
    return tuple(_no_wider(item, held) for item in chosen)


def is_away(row: models.AccessRequest) -> bool:
    """Was the end-user persona it would be given to taken away? Then what is given opens nothing."""
    return row.wants_end_user and _end_user(row).filter(suspended_at__isnull=False).exists()


def holder(given: Permit, row: models.AccessRequest) -> int:
    """The persona it is given to: who asked, or their end-user persona, made now where there is none."""
    if not row.wants_end_user:
        return row.persona_id
    own = _end_user(row)
    if not own.exists():
        new = NewPersona(PersonaKind.END_USER, office=row.office.key)
        granting.add_persona(given, row.persona.user_id, new)
    return own.get().pk


def ceiling_of(given: Permit, row: models.AccessRequest) -> Ceiling:
    """How far whoever decides may hand out in the office of the request."""
    return ceiling.of(given, offices.find(row.office.key))


def offers(ceiling: Ceiling, kind: PersonaKind) -> Offers:
    """What may be handed out to such a persona within that ceiling."""
    return Offers(
        tuple(each for each in Function if rules.may_hold(each, kind) and ceiling.why(function=each) is None),
        tuple(sorted(ceiling.tax_ids)),
        tuple(line for line in catalogue.line_names() if ceiling.why(line=line) is None),
    )


def kind_of(row: models.AccessRequest) -> PersonaKind:
    """What the persona that gets it acts as."""
    return PersonaKind.END_USER if row.wants_end_user else PersonaKind(row.persona.kind)


def _end_user(row: models.AccessRequest) -> "QuerySet[models.Persona]":
    return models.Persona.objects.filter(
        user_id=row.persona.user_id, office_id=row.office_id, kind=models.Persona.Kind.END_USER
    )


def _no_wider(item: Item, held: _Held) -> Item:
    if item.function is not Function.MANAGE_USERS or item.hands_out is not None:
        return item
    return replace(item, hands_out=held.hands_out)


def _as_held(given: Permit, row: models.AccessRequest) -> _Held:
    """The person's main access; without any the last they had, for as long as it is given now.

    Whoever never had one: all that whoever decides may hand out in.
    """
    main = grants.held(row.persona, on=given.actor.today).main
    if isinstance(main, AccessSet):
        return _Held(main.where, main.functions.get(Function.ELIGIBILITY))
    if isinstance(main, AdministratorSet):
        return _Held(main.where, main.lines, main.hands_out, row.wants_end_user)
    last = grants.last(row.persona)
    if last is None:
        return _Held(Where(ceiling_of(given, row).tax_ids), is_new=True)
    return _Held(replace(last.where, last_on=None), last.lines, last.hands_out, is_new=True)
