"""Who of an office may do what: a row for each persona, a column for each function."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet

from portico.domains.access import models
from portico.domains.access.delegating import acting, grants
from portico.domains.permits.actors import Actor, GrantState, PersonaKind
from portico.domains.permits.functions import GRANTABLE, Function
from portico.shared import pages

PAGE = 50
COLUMNS = GRANTABLE
_KNOWN = frozenset(Function)


class State(StrEnum):
    """How far somebody's function is: it counts, it waits for somebody's word, or for its first day."""

    ACTIVE = "active"
    PROPOSED = "proposed"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Cell:
    """One function of one persona; `is_limited`: to some lines, regions or providers, or until a day."""

    state: State
    is_limited: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One persona, and its cells; a function without one is not held."""

    persona_id: int
    user_id: int
    kind: PersonaKind
    name: str
    username: str
    cells: Mapping[Function, Cell]


def page(
    *, actor: Actor, office: str = "", function: Function | None = None, key: str = "", size: int = PAGE
) -> pages.Page[Row]:
    """The office's people by name; `function`: those alone who hold it. `office`: its key, for the plan.

    Raises UnknownOffice, NotPermitted.
    """
    with acting.act(actor, lately=False) as given:
        place = acting.office_for(given, office)
        here = acting.reached(given).filter(office=place.id)
        found = _holding(here.filter(suspended_at__isnull=True), function, actor.today)
        found = _after(found, here, key)
        names = ("user__last_name", "user__first_name", "pk")
        rows = list(found.select_related("user").order_by(*names)[: size + 1])
        cut = pages.cut(rows, size=size, key_of=lambda row: str(row.pk))
        cells = _cells([row.pk for row in cut.rows], actor.today)
        given.conclude("access_matrix_shown")
        return pages.Page(tuple(_row(row, cells[row.pk]) for row in cut.rows), cut.next_key)


def opened(persona_ids: Collection[int], *, on: date) -> Mapping[int, tuple[Function, ...]]:
    """The functions some grant opens that day, by persona, in the order of Function. One query.

    For whoever has made sure that they may be shown.
    """
    rows = grants.rows(on).filter(persona__in=persona_ids, state=GrantState.ACTIVE, first_on__lte=on)
    found: dict[int, set[str]] = defaultdict(set)
    for persona_id, function in rows.values_list("persona_id", "function").distinct():
        found[persona_id or 0].add(function)
    return {number: tuple(each for each in Function if each in held) for number, held in found.items()}


def _holding(
    found: "QuerySet[models.Persona]", function: Function | None, on: date
) -> "QuerySet[models.Persona]":
    if function is None:
        return found
    return found.filter(Exists(grants.rows(on).filter(persona=OuterRef("pk"), function=function)))


def _after(
    found: "QuerySet[models.Persona]", here: "QuerySet[models.Persona]", key: str
) -> "QuerySet[models.Persona]":
    """Those who come after the one of that number by name, where that is somebody of `here`.

    Where a page begins would tell a stranger's name otherwise, letter by letter.
    """
    row = here.filter(pk=int(key)).select_related("user").first() if pages.is_row(key) else None
    if row is None:
        return found
    user, same = row.user, Q(user__last_name=row.user.last_name)
    later = Q(user__first_name__gt=user.first_name) | Q(user__first_name=user.first_name, pk__gt=row.pk)
    return found.filter(Q(user__last_name__gt=user.last_name) | (same & later))


def _cells(persona_ids: Collection[int], on: date) -> Mapping[int, dict[Function, Cell]]:
    limited = models.GrantLimit.objects.filter(grant=OuterRef("pk")).exclude(
        dimension__in=(models.GrantLimit.Dimension.TAX_ID, models.GrantLimit.Dimension.FUNCTION)
    )
    rows = grants.rows(on).filter(persona__in=persona_ids).annotate(is_limited=Exists(limited))
    found: dict[int, dict[Function, Cell]] = defaultdict(dict)
    named = ("persona_id", "function", "state", "first_on", "last_on", "is_limited")
    for number, function, state, first_on, last_on, is_limited in rows.values_list(*named):
        if function in _KNOWN:
            cell = Cell(_state(state, first_on, on), is_limited or last_on is not None)
            cells = found[number or 0]
            cells[Function(function)] = _best(cells.get(Function(function)), cell)
    return found


def _state(state: str, first_on: date, on: date) -> State:
    if state == GrantState.PROPOSED:
        return State.PROPOSED
    return State.ACTIVE if first_on <= on else State.AHEAD


def _best(one: Cell | None, other: Cell) -> Cell:
    """Of two grants of a function, the one that opens more."""
    order = list(State)
    return min(filter(None, (one, other)), key=lambda cell: (order.index(cell.state), cell.is_limited))


def _row(row: models.Persona, cells: Mapping[Function, Cell]) -> Row:
    name = f"{row.user.first_name} {row.user.last_name}".strip()
    return Row(row.pk, row.user_id, PersonaKind(row.kind), name, row.user.username, dict(cells))
