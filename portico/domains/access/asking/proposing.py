"""What approving a request gives: what was missed, where it was missed, and the rest as the person has it.

A dimension the request names is given by that value alone; one it does not name stays as it is in the
person's main access. So nothing is widened that nobody asked about.
"""

from dataclasses import dataclass, replace

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


def items(given: Permit, row: models.AccessRequest) -> tuple[Item, ...]:
    """What approving it as asked gives; eligibility besides, to whoever works with patients and has none."""
    where, lines, is_new = _as_held(given, row)
    place = replace(
        where,
        tax_ids=frozenset((row.tax_id,)) if row.tax_id else where.tax_ids,
        providers=frozenset((row.provider,)) if row.provider else where.providers,
        regions=frozenset((row.region,)) if row.region else where.regions,
    )
    wanted = {function for function in Function if function in row.functions}
    if is_new and kind_of(row) is PersonaKind.END_USER:
        wanted.add(Function.ELIGIBILITY)
    asked_lines = frozenset((row.line,)) if row.line else lines
    return tuple(Item(function, place, asked_lines) for function in Function if function in wanted)


def holder(given: Permit, row: models.AccessRequest) -> int:
    """The persona it is given to: who asked, or their end-user persona, made now where there is none."""
    if not row.wants_end_user:
        return row.persona_id
    own = models.Persona.objects.filter(
        user_id=row.persona.user_id, office_id=row.office_id, kind=models.Persona.Kind.END_USER
    )
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


def _as_held(given: Permit, row: models.AccessRequest) -> tuple[Where, Lines, bool]:
    """Where the person's main access is, in which lines, and whether there is none to go by.

    Without any, all that whoever decides may hand out in.
    """
    main = grants.held(row.persona, on=given.actor.today).main
    if isinstance(main, AccessSet):
        return main.where, main.functions.get(Function.ELIGIBILITY), False
    if isinstance(main, AdministratorSet):
        return main.where, main.lines, row.wants_end_user
    return Where(ceiling_of(given, row).tax_ids), None, True
