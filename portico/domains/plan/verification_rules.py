"""What a table of when identity is verified may say: of whom, of what, by which proofs. Pure."""

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from portico.domains.permits.actors import PersonaKind
from portico.domains.permits.functions import TRAITS, Function, Holding
from portico.domains.permits.verification import ACTIVE, ANY, PATIENT_DATA, PLAN, REACTIVATED, Rule

OFFICE_TYPES: Final = ("physician", "medical_group", "hospital", "ancillary", "billing_company")
ACCOUNT_TYPES: Final = (*OFFICE_TYPES, PLAN)
STATES: Final = (ACTIVE, "pending", REACTIVATED)
OPEN_STATES: Final = (ACTIVE, REACTIVATED)
"""Those in which an account opens anything but itself."""
MOST_ROWS: Final = 30
MOST_DAYS: Final = 3650
LONGEST_PROVERS: Final = 70  # what the audit keeps of a row
NEVER_ASKED: Final = frozenset({Function.OWN_ACCOUNT, Function.ACTIVATION})
_HELD_BY: Final = {
    PersonaKind.PLAN_STAFF: (Holding.DESK, Holding.SIGNED_IN),
    PersonaKind.ADMINISTRATOR: (Holding.GRANT, Holding.SIGNED_IN),
    PersonaKind.END_USER: (Holding.GRANT, Holding.SIGNED_IN),
}


class CannotSet(ValueError):
    """The table cannot be set; `row` counts from 1 where one row is wrong, else it is 0."""

    def __init__(self, words: str, row: int = 0) -> None:
        super().__init__(words)
        self.row = row


class Who(NamedTuple):
    """A kind of person: what account, and acting as what."""

    account_type: str
    persona: PersonaKind


EVERYBODY: Final = (
    *(Who(each, PersonaKind.ADMINISTRATOR) for each in OFFICE_TYPES),
    *(Who(each, PersonaKind.END_USER) for each in OFFICE_TYPES),
    Who(PLAN, PersonaKind.PLAN_STAFF),
)


def functions_of(persona: PersonaKind) -> tuple[Function, ...]:
    """What such a persona may be given and a proof may be asked for.

    An administrator opens no patient's data; users are managed by administrators alone.
    """
    return tuple(each for each in Function if _may_hold(persona, each))


def askable() -> tuple[Function, ...]:
    """The functions a row may name: those that some persona may be given and a proof may be asked for."""
    return tuple(each for each in Function if any(_may_hold(persona, each) for persona in PersonaKind))


def check(rules: Sequence[Rule], *, provers: Collection[str]) -> None:
    """Every row says what is known, and asks for proofs among `provers`. Raises CannotSet."""
    if len(rules) > MOST_ROWS:
        raise CannotSet(f"a table has {MOST_ROWS} rows at most")
    for number, rule in enumerate(rules, 1):
        fault = _fault(rule) or _fault_of_proof(rule, provers)
        if not fault and rule in rules[: number - 1]:
            fault = "this row stands there already"
        if fault:
            raise CannotSet(fault, number)


def _may_hold(persona: PersonaKind, function: Function) -> bool:
    traits = TRAITS[function]
    if function in NEVER_ASKED or traits.holding not in _HELD_BY[persona]:
        return False
    if persona is PersonaKind.ADMINISTRATOR:
        return not traits.phi
    return function is not Function.MANAGE_USERS


def _fault(rule: Rule) -> str:
    known: tuple[tuple[str, Collection[str], str], ...] = (
        (rule.account_type, (ANY, *ACCOUNT_TYPES), "type of account"),
        (rule.persona, (ANY, *PersonaKind), "persona"),
        (rule.functions, (ANY, PATIENT_DATA, *askable()), "function that a proof is asked for"),
        (rule.state, (ANY, *STATES), "state of an account"),
    )
    return next((f"{said!r} is no {what}" for said, allowed, what in known if said not in allowed), "")


def _fault_of_proof(rule: Rule, provers: Collection[str]) -> str:
    unknown = [each for each in rule.provers if each not in provers]
    if unknown:
        return f"{unknown[0]!r} is no way to prove one's identity here"
    if len(set(rule.provers)) < len(rule.provers):
        return "a way to prove one's identity stands there twice"
    if len(" ".join(rule.provers)) > LONGEST_PROVERS:
        return "these are too many ways to prove one's identity"
    return "" if 0 <= rule.days <= MOST_DAYS else f"a proof holds for 0 to {MOST_DAYS} days"
