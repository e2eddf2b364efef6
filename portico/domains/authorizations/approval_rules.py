"""What may be approved without a person looking: rules as data, tried in order, each step told.

Pure. A rule approves, or says that a person has to look (pend); there is no rule that denies, and where none
holds, a person looks. The first whose conditions all hold decides. The same rules and the same inputs give
the same outcome and the same steps, so that a trace can be run again.

    {"field": "line", "test": "in", "values": ["employer-ppo"]}
    {"field": "codes", "test": "all_in", "values": ["97110-97140", "G0283"]}
    {"field": "units", "test": "at_most", "values": ["12"]}
    {"field": "servicing_in_network", "test": "is", "values": ["yes"]}

What a request does not say holds nothing: a condition on it fails. Steps name rules and conditions, never
what a request says.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Final

from portico.domains.authorizations.requirement_rules import in_range

MOST_CONDITIONS: Final = 20
MOST_VALUES: Final = 200
LONGEST_VALUE: Final = 40
YES, NO = "yes", "no"


class Outcome(StrEnum):
    """What comes of the rules: approved by one, or for a person to decide."""

    APPROVED = "approved"
    IN_REVIEW = "in_review"


class Shape(StrEnum):
    """What kind of thing a field holds."""

    TEXT = "text"
    MANY = "many"
    NUMBER = "number"
    FLAG = "flag"


FIELDS: Final[Mapping[str, Shape]] = {
    "kind": Shape.TEXT,
    "level": Shape.TEXT,
    "line": Shape.TEXT,
    "plan_code": Shape.TEXT,
    "place": Shape.TEXT,
    "door": Shape.TEXT,
    "requesting_tax_id": Shape.TEXT,
    "requesting_npi": Shape.TEXT,
    "requesting_in_network": Shape.FLAG,
    "servicing_tax_id": Shape.TEXT,
    "servicing_npi": Shape.TEXT,
    "servicing_in_network": Shape.FLAG,
    "facility_in_network": Shape.FLAG,
    "asked_by_pcp": Shape.FLAG,
    "is_extension": Shape.FLAG,
    "age": Shape.NUMBER,
    "codes": Shape.MANY,
    "service_types": Shape.MANY,
    "diagnoses": Shape.MANY,
    "services": Shape.NUMBER,
    "units": Shape.NUMBER,
    "days": Shape.NUMBER,
}
"""What a condition may look at; `units` is the largest quantity of a service, `days` the longest period."""

TESTS: Final[Mapping[Shape, frozenset[str]]] = {
    Shape.TEXT: frozenset({"in", "not_in"}),
    Shape.MANY: frozenset({"all_in", "any_in", "none_in"}),
    Shape.NUMBER: frozenset({"at_most", "at_least"}),
    Shape.FLAG: frozenset({"is"}),
}
"""How a field of each shape is tested. Lists of codes may hold ranges (97110-97140) and beginnings (M23*)."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One field, tested against values."""

    field: str
    test: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A version of a rule; `outcome` is approve or pend."""

    key: str
    version: int
    outcome: str
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A rule that was tried: whether it held, and whether each of its conditions did, in order."""

    rule: str
    version: int
    holds: bool
    conditions: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class Ran:
    """What the rules made of a request: the outcome, the rule that decided, each that was tried."""

    outcome: Outcome
    rule: str
    version: int
    steps: tuple[Step, ...]


Value = str | bool | tuple[str, ...] | None
Inputs = Mapping[str, Value]
"""What a request says, by field; numbers as text."""


def run(rules: Iterable[Rule], inputs: Inputs) -> Ran:
    """Try the rules in their order; the first that holds decides."""
    steps: list[Step] = []
    for rule in rules:
        told = tuple((one.field, one.test, holds(one, inputs)) for one in rule.conditions)
        is_met = bool(told) and all(held for _, _, held in told)
        steps.append(Step(rule.key, rule.version, is_met, told))
        if is_met:
            outcome = Outcome.APPROVED if rule.outcome == "approve" else Outcome.IN_REVIEW
            return Ran(outcome, rule.key, rule.version, tuple(steps))
    return Ran(Outcome.IN_REVIEW, "", 0, tuple(steps))


def holds(condition: Condition, inputs: Inputs) -> bool:
    """Whether a condition holds; one nobody can read, or on what is not said, does not."""
    said = inputs.get(condition.field)
    if said is None or said == "" or condition.test not in TESTS.get(_shape(condition.field), ()):
        return False
    values = condition.values
    match condition.test:
        case "in":
            return said in values
        case "not_in":
            return said not in values
        case "is":
            return (YES if said is True else NO) in values
        case "at_most" | "at_least":
            return _bounded(condition.test, said, values)
        case _:
            return _among(condition.test, said, values)


def wrong(conditions: Sequence[Condition]) -> tuple[str, ...]:
    """Why conditions are not those of a rule, as codes with their place; none: they are.

    At least one is needed: a rule that holds for everything would approve everything.
    """
    if not conditions:
        return ("no_conditions",)
    if len(conditions) > MOST_CONDITIONS:
        return ("too_many_conditions",)
    found = ((place, _wrong(one)) for place, one in enumerate(conditions, 1))
    return tuple(f"{place}:{code}" for place, code in found if code)


def digest(rules: Iterable[Rule]) -> str:
    """What names these rules in this order: SHA-256 over their canonical text."""
    return hashlib.sha256(json.dumps(images_of(rules), sort_keys=True).encode()).hexdigest()


def images_of(rules: Iterable[Rule]) -> list[dict[str, Any]]:
    """Rules as plain JSON."""
    return [asdict(rule) | {"conditions": [image_of(one) for one in rule.conditions]} for rule in rules]


def image_of(condition: Condition) -> dict[str, Any]:
    """A condition as plain JSON."""
    return {"field": condition.field, "test": condition.test, "values": list(condition.values)}


def rule_of(image: Mapping[str, Any]) -> Rule:
    """The rule that plain JSON says."""
    conditions = tuple(map(condition_of, image["conditions"]))
    return Rule(image["key"], image["version"], image["outcome"], conditions)


def condition_of(image: Mapping[str, Any]) -> Condition:
    """The condition that plain JSON says; whether it is one is for `wrong` to tell."""
    values = image.get("values", ())
    told = tuple(map(str, values)) if isinstance(values, list | tuple) else ()
    return Condition(str(image.get("field", "")), str(image.get("test", "")), told)


def inputs_of(image: Mapping[str, Any]) -> Inputs:
    """Inputs as they were kept: lists become tuples again."""
    return {field: tuple(said) if isinstance(said, list) else said for field, said in image.items()}


def _shape(field: str) -> Shape:
    return FIELDS.get(field, Shape.TEXT)


def _bounded(test: str, said: object, values: Sequence[str]) -> bool:
    found, bound = _number(str(said)), _number(values[0]) if values else None
    if found is None or bound is None:
        return False
    return found <= bound if test == "at_most" else found >= bound


def _among(test: str, said: object, values: Sequence[str]) -> bool:
    """Lists: an empty one is all in nothing, so it never holds."""
    held = said if isinstance(said, tuple) else ()
    if not held:
        return False
    told = [any(_matches(one, value) for value in values) for one in held]
    return {"all_in": all(told), "any_in": any(told), "none_in": not any(told)}[test]


def _matches(code: str, value: str) -> bool:
    if value.endswith("*"):
        return code.startswith(value[:-1])
    first, _, last = value.partition("-")
    return in_range(code, first, last)


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _wrong(condition: Condition) -> str:
    if condition.field not in FIELDS:
        return "unknown_field"
    shape = FIELDS[condition.field]
    if condition.test not in TESTS[shape]:
        return "unknown_test"
    values = condition.values
    if not 0 < len(values) <= MOST_VALUES or not all(0 < len(one) <= LONGEST_VALUE for one in values):
        return "values_missing"
    if shape is Shape.FLAG and not set(values) <= {YES, NO}:
        return "not_yes_or_no"
    if shape is Shape.NUMBER and (len(values) > 1 or _number(values[0]) is None):
        return "not_a_number"
    return ""
