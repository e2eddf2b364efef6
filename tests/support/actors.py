"""Named people for tests: actors built by hand, at one instant."""

from dataclasses import replace
from datetime import UTC, date, datetime

from portico.domains.permits import actors
from portico.domains.permits.actors import Actor, ActorKind, Door, Grant, Held, PersonaKind, Standing
from portico.domains.permits.functions import Desk, Function
from portico.domains.permits.verification import PATIENT_DATA, Rule, Verification
from portico.shared.periods import Period

NOW = datetime(2026, 3, 12, 17, 0, tzinfo=UTC)
TODAY = date(2026, 3, 12)
OWN_TAX_ID = "171234567"
SECOND_TAX_ID = "171234568"
FOREIGN_TAX_ID = "181234567"
LINE = "employer-hmo"
OTHER_LINE = "medi-cal"

UNVERIFIED = Verification((Rule(functions=PATIENT_DATA, provers=("documents",)),))
FRONT_DESK_FUNCTIONS = (Function.ELIGIBILITY, Function.BENEFITS)


def grant(function: Function, *, number: int = 1, **changes: object) -> Grant:
    """A grant of `function` on the own tax ID in one line, running since January."""
    base = Grant(
        number,
        function,
        frozenset({OWN_TAX_ID}),
        Period(date(2026, 1, 1)),
        lines=frozenset({LINE}),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def front_desk(*grants: Grant, **changes: object) -> Actor:
    """An end user of the office, signed in with a second factor."""
    base = Actor(
        ActorKind.PERSONA,
        Door.WEB,
        NOW,
        TODAY,
        name="Fay Desk",
        user_id=11,
        persona_id=21,
        persona_kind=PersonaKind.END_USER,
        office_id=31,
        standing=Standing(
            tax_ids=frozenset({OWN_TAX_ID, SECOND_TAX_ID}),
            participating=frozenset({OWN_TAX_ID, SECOND_TAX_ID}),
        ),
        held=Held(grants or [grant(f, number=i) for i, f in enumerate(FRONT_DESK_FUNCTIONS, 1)]),
        context={"office_name": "Lakeside", "username": "fay"},
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def administrator(**changes: object) -> Actor:
    """The office's delegated administrator: manages users, sees no patient data."""
    held = Held([grant(Function.MANAGE_USERS)])
    return front_desk(persona_kind=PersonaKind.ADMINISTRATOR, held=held, **changes)


def machine(*grants: Grant, door: Door = Door.X12, **changes: object) -> Actor:
    """A trading partner or application of the office, holding grants like a person."""
    held = Held(grants or [grant(f, number=i) for i, f in enumerate(FRONT_DESK_FUNCTIONS, 1)])
    base: dict[str, object] = {"kind": ActorKind.MACHINE, "door": door, "machine_id": 41, "held": held}
    nobody = {"user_id": None, "persona_id": None, "persona_kind": None, "name": "Lakeside practice software"}
    return front_desk(**{**base, **nobody, **changes})


def plan_staff(desk: Desk = Desk.OPERATIONS, **changes: object) -> Actor:
    """Somebody of the plan."""
    kind = PersonaKind.PLAN_STAFF
    return front_desk(
        persona_kind=kind, desk=desk, office_id=None, held=Held(), standing=Standing(), user_id=12, **changes
    )


def visitor() -> Actor:
    """Somebody who has not signed in."""
    return actors.visitor(asked_at=NOW, today=TODAY)


def system(name: str = "test") -> Actor:
    """The system itself."""
    return actors.system_actor(name, asked_at=NOW, today=TODAY)
