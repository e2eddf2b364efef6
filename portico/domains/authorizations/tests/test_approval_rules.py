"""Rules that approve or pend: what holds, what a trace says, and that the same inputs give the same trace."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.domains.authorizations import approval_rules
from portico.domains.authorizations.approval_rules import FIELDS, TESTS, Condition, Outcome, Rule, Shape

SAID: dict[str, Any] = {
    "kind": "authorization",
    "line": "employer-hmo",
    "servicing_in_network": True,
    "facility_in_network": None,
    "age": "41",
    "units": "12.00",
    "codes": ("97110", "97140"),
    "diagnoses": ("M2391", "M25561"),
    "service_types": (),
}


@pytest.mark.parametrize(
    ("field", "test", "values", "holds"),
    [
        ("line", "in", ("employer-hmo", "medi-cal"), True),
        ("line", "in", ("medi-cal",), False),
        ("line", "not_in", ("medi-cal",), True),
        ("place", "in", ("11",), False),
        ("place", "not_in", ("11",), False),
        ("servicing_in_network", "is", ("yes",), True),
        ("servicing_in_network", "is", ("no",), False),
        ("facility_in_network", "is", ("no",), False),
        ("age", "at_least", ("41",), True),
        ("age", "at_least", ("42",), False),
        ("units", "at_most", ("12",), True),
        ("units", "at_most", ("11.99",), False),
        ("units", "at_most", ("many",), False),
        ("units", "at_most", (), False),
        ("codes", "all_in", ("97110-97140",), True),
        ("codes", "all_in", ("97110",), False),
        ("codes", "any_in", ("97110",), True),
        ("codes", "none_in", ("97110",), False),
        ("codes", "none_in", ("J0100-J9999",), True),
        ("diagnoses", "all_in", ("M23*", "M25*"), True),
        ("diagnoses", "any_in", ("S83*",), False),
        ("service_types", "all_in", ("PT",), False),
        ("service_types", "none_in", ("PT",), False),
        ("age", "in", ("41",), False),
        ("shoe_size", "in", ("41",), False),
    ],
)
def test_a_condition_holds(field: str, test: str, values: tuple[str, ...], holds: bool) -> None:
    assert approval_rules.holds(Condition(field, test, values), SAID) is holds


def rule(key: str, outcome: str, *conditions: Condition) -> Rule:
    return Rule(key, 1, outcome, conditions)


IN_HMO = Condition("line", "in", ("employer-hmo",))
MANY_UNITS = Condition("units", "at_least", ("10",))
NO_CHILD = Condition("age", "at_least", ("18",))


def test_the_first_rule_that_holds_decides() -> None:
    ran = approval_rules.run(
        [
            rule("children", "approve", Condition("age", "at_most", ("17",))),
            rule("many", "pend", MANY_UNITS),
            rule("hmo", "approve", IN_HMO),
        ],
        SAID,
    )

    assert (ran.outcome, ran.rule) == (Outcome.IN_REVIEW, "many")
    assert [(step.rule, step.holds) for step in ran.steps] == [("children", False), ("many", True)]


def test_all_conditions_must_hold() -> None:
    held = approval_rules.run([rule("both", "approve", IN_HMO, NO_CHILD)], SAID)
    child = approval_rules.run([rule("both", "approve", IN_HMO, NO_CHILD)], {**SAID, "age": "17"})

    assert held.outcome is Outcome.APPROVED
    assert child.outcome is Outcome.IN_REVIEW
    assert child.steps[0].conditions == (("line", "in", True), ("age", "at_least", False))


def test_without_a_rule_a_person_looks() -> None:
    assert approval_rules.run([], SAID).outcome is Outcome.IN_REVIEW


def test_a_rule_without_conditions_approves_nothing() -> None:
    assert approval_rules.run([rule("all", "approve")], SAID).outcome is Outcome.IN_REVIEW
    assert approval_rules.wrong([]) == ("no_conditions",)


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        (Condition("shoe_size", "in", ("41",)), "unknown_field"),
        (Condition("line", "at_most", ("1",)), "unknown_test"),
        (Condition("line", "in", ()), "values_missing"),
        (Condition("line", "in", ("",)), "values_missing"),
        (Condition("asked_by_pcp", "is", ("maybe",)), "not_yes_or_no"),
        (Condition("age", "at_most", ("old",)), "not_a_number"),
        (Condition("age", "at_most", ("1", "2")), "not_a_number"),
    ],
)
def test_what_is_no_condition_is_told(condition: Condition, code: str) -> None:
    assert approval_rules.wrong([IN_HMO, condition]) == (f"2:{code}",)


def test_no_outcome_denies() -> None:
    assert set(Outcome) == {"approved", "in_review"}


VALUES = st.lists(st.sampled_from(["yes", "no", "11", "97110", "97110-97999", "M2*", "x"]), max_size=3)
CONDITIONS = st.builds(
    Condition,
    st.sampled_from(sorted(FIELDS)),
    st.sampled_from(sorted(set().union(*TESTS.values()))),
    VALUES.map(tuple),
)
RULES = st.lists(
    st.builds(
        Rule,
        st.sampled_from("abcdef"),
        st.integers(1, 9),
        st.sampled_from(["approve", "pend"]),
        st.lists(CONDITIONS, max_size=3).map(tuple),
    ),
    max_size=5,
)


def _said(field: str) -> st.SearchStrategy[Any]:
    shapes: dict[Shape, st.SearchStrategy[Any]] = {
        Shape.FLAG: st.booleans(),
        Shape.MANY: st.lists(st.sampled_from(["97110", "M2391", "J0100"]), max_size=3).map(tuple),
        Shape.NUMBER: st.integers(0, 99).map(str),
        Shape.TEXT: st.sampled_from(["11", "x", "authorization"]),
    }
    return st.none() | shapes[FIELDS[field]]


INPUTS = st.fixed_dictionaries({field: _said(field) for field in FIELDS})


@given(RULES, INPUTS)
def test_the_same_rules_and_inputs_give_the_same_trace(rules: list[Rule], said: dict[str, Any]) -> None:
    ran = approval_rules.run(rules, said)
    kept_rules = json.loads(json.dumps(approval_rules.images_of(rules)))
    kept_inputs = json.loads(json.dumps(said))
    again = [approval_rules.rule_of(image) for image in kept_rules]

    assert approval_rules.run(again, approval_rules.inputs_of(kept_inputs)) == ran
    assert approval_rules.digest(again) == approval_rules.digest(rules)
    assert ran.outcome in set(Outcome)


@given(RULES, INPUTS)
def test_steps_say_nothing_of_the_request(rules: list[Rule], said: dict[str, Any]) -> None:
    for step in approval_rules.run(rules, said).steps:
        assert {field for field, _, _ in step.conditions} <= set(FIELDS)
        assert {test for _, test, _ in step.conditions} <= set().union(*TESTS.values())
