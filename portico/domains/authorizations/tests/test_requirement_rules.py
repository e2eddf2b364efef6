"""Which rule decides whether an authorization is required."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.domains.authorizations import requirement_rules
from portico.domains.authorizations.facts.requested import System
from portico.domains.authorizations.requirement_books import Book
from portico.domains.authorizations.requirement_rules import Answer, Basis, DecidedBy, Question, Rule

DAY = date(2025, 6, 10)
WHOLE = Rule(
    key="A",
    system=System.PROCEDURE,
    first_code="70010",
    last_code="79999",
    answer=Answer.REQUIRED,
    text="Imaging needs an authorization.",
    citation="List of 2025, section 4",
    first_on=date(2025, 1, 1),
)
ASKED = Question(System.PROCEDURE, "70551", "employer-ppo", DAY)
NO = Answer.NOT_REQUIRED


def said(*rules: Rule, asked: Question = ASKED) -> tuple[Answer, str]:
    verdict = requirement_rules.answer(rules, asked)
    return verdict.answer, verdict.rule.key if verdict.rule else ""


@pytest.mark.parametrize(
    ("narrower", "asked"),
    [
        ({"npi": "1234567893", "first_code": "70010", "last_code": "99999"}, {"npi": "1234567893"}),
        ({"tax_id": "123456789", "first_code": "70010", "last_code": "99999"}, {"tax_id": "123456789"}),
        ({"first_code": "70551", "last_code": ""}, {}),
        ({"first_code": "70500", "last_code": "70599"}, {}),
        ({"places": ("11",)}, {"place": "11"}),
        ({"plan_code": "AB1"}, {"plan_code": "AB1"}),
        ({"line": "employer-ppo"}, {}),
        ({"network": "out"}, {"network": "out"}),
        ({"first_on": date(2025, 6, 10)}, {}),
    ],
)
def test_the_narrower_rule_decides(narrower: dict[str, object], asked: dict[str, str]) -> None:
    exception = replace(WHOLE, key="Z", answer=NO, **narrower)  # type: ignore[arg-type]

    question = replace(ASKED, **asked)  # type: ignore[arg-type]

    assert said(WHOLE, exception, asked=question) == (NO, "Z")
    assert said(exception, WHOLE, asked=question) == (NO, "Z")


@pytest.mark.parametrize(
    ("narrower", "asked"),
    [
        ({"npi": "1234567893"}, {"npi": "1999999984"}),
        ({"tax_id": "123456789"}, {}),
        ({"first_code": "70552", "last_code": ""}, {}),
        ({"places": ("11",)}, {"place": "22"}),
        ({"plan_code": "AB1"}, {"plan_code": "AB2"}),
        ({"line": "employer-hmo"}, {}),
        ({"network": "out"}, {"network": "in"}),
        ({"first_on": date(2025, 6, 11)}, {}),
        ({"last_on": date(2025, 6, 9)}, {}),
        ({"system": System.REVENUE}, {}),
    ],
)
def test_a_rule_whose_condition_fails_does_not_speak(
    narrower: dict[str, object], asked: dict[str, str]
) -> None:
    exception = replace(WHOLE, key="Z", answer=NO, **narrower)  # type: ignore[arg-type]

    assert said(WHOLE, exception, asked=replace(ASKED, **asked)) == (Answer.REQUIRED, "A")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "first", "last", "is_in"),
    [
        ("70010", "70010", "79999", True),
        ("79999", "70010", "79999", True),
        ("70009", "70010", "79999", False),
        ("80000", "70010", "79999", False),
        ("J0100", "10000", "99999", False),
        ("J0100", "J0000", "J9999", True),
        ("0042T", "0001T", "0999T", True),
        ("00420", "0001T", "0999T", False),
        ("7055", "70010", "79999", False),
        ("70551", "70551", "", True),
        ("70552", "70551", "", False),
    ],
)
def test_codes_are_compared_with_those_of_their_shape(code: str, first: str, last: str, is_in: bool) -> None:
    assert requirement_rules.in_range(code, first, last) is is_in


@pytest.mark.parametrize("day", [date(2025, 1, 1), date(2025, 12, 31)])
def test_both_ends_of_a_rule_count(day: date) -> None:
    rule = replace(WHOLE, last_on=date(2025, 12, 31))

    assert said(rule, asked=replace(ASKED, on=day)) == (Answer.REQUIRED, "A")


def test_a_code_nobody_speaks_of_falls_back_to_its_service_type() -> None:
    of_type = replace(WHOLE, key="T", system=System.SERVICE_TYPE, first_code="62", last_code="")

    verdict = requirement_rules.answer([of_type], replace(ASKED, service_type="62"))

    assert (verdict.answer, verdict.basis, verdict.rule) == (Answer.REQUIRED, Basis.SERVICE_TYPE, of_type)


def test_a_rule_of_the_code_goes_before_one_of_its_service_type() -> None:
    of_type = replace(WHOLE, key="T", system=System.SERVICE_TYPE, first_code="62", last_code="", answer=NO)

    assert said(of_type, WHOLE, asked=replace(ASKED, service_type="62")) == (Answer.REQUIRED, "A")


def test_what_no_rule_speaks_of_needs_nothing() -> None:
    verdict = requirement_rules.answer([WHOLE], replace(ASKED, code="99213"))

    assert (verdict.answer, verdict.basis, verdict.rule) == (NO, Basis.UNLISTED, None)


@pytest.mark.parametrize(
    ("condition", "field"),
    [({"places": ("11",)}, "places"), ({"network": "out"}, "network"), ({"plan_code": "AB1"}, "plan_code")],
)
def test_what_is_left_open_and_would_change_the_answer_is_said(
    condition: dict[str, object], field: str
) -> None:
    exception = replace(WHOLE, key="Z", answer=NO, **condition)  # type: ignore[arg-type]

    verdict = requirement_rules.answer([WHOLE, exception], ASKED)

    assert (verdict.answer, verdict.depends_on) == (Answer.REQUIRED, (field,))


def test_what_is_left_open_and_changes_nothing_is_not_said() -> None:
    alike = replace(WHOLE, key="Z", places=("11",))

    assert requirement_rules.answer([WHOLE, alike], ASKED).depends_on == ()


def test_a_rule_for_some_places_alone_makes_the_answer_depend_on_the_place() -> None:
    verdict = requirement_rules.answer([replace(WHOLE, places=("22",))], ASKED)

    assert (verdict.answer, verdict.depends_on) == (NO, ("places",))


def test_another_decider_is_another_answer() -> None:
    group = replace(WHOLE, key="G", line="employer-ppo", decided_by=DecidedBy.GROUP)

    verdict = requirement_rules.answer([WHOLE, group], ASKED)

    assert (verdict.is_required, verdict.is_for_another) == (True, True)


_CODES = st.sampled_from(["70551", "70552", "70010", "79999", "J0100", "J0200"])
_RULES = st.builds(
    Rule,
    key=st.text("ABC", min_size=1, max_size=3),
    system=st.sampled_from([System.PROCEDURE, System.SERVICE_TYPE]),
    first_code=st.sampled_from(["70010", "70551", "J0100", "62"]),
    last_code=st.sampled_from(["", "", "79999", "J9999"]),
    line=st.sampled_from(["", "a", "b"]),
    plan_code=st.sampled_from(["", "AB1"]),
    places=st.sampled_from([(), ("11",), ("11", "22")]),
    network=st.sampled_from(["", "in", "out"]),
    answer=st.sampled_from([Answer.REQUIRED, NO, Answer.NOTIFY]),
    decided_by=st.sampled_from(list(DecidedBy)),
    text=st.just("x"),
    citation=st.just("y"),
    first_on=st.sampled_from([date(2025, 1, 1), date(2025, 6, 1)]),
    last_on=st.sampled_from([None, date(2025, 12, 31)]),
).filter(lambda rule: not rule.last_code or len(rule.first_code) == len(rule.last_code))
_RULES = _RULES.filter(
    lambda rule: (
        not rule.last_code
        or requirement_rules.shape(rule.first_code) == requirement_rules.shape(rule.last_code)
    )
)
_QUESTIONS = st.builds(
    Question,
    system=st.just(System.PROCEDURE),
    code=_CODES,
    line=st.sampled_from(["a", "b"]),
    on=st.dates(date(2025, 1, 1), date(2026, 1, 31)),
    plan_code=st.sampled_from(["", "AB1", "AB2"]),
    place=st.sampled_from(["", "11", "21"]),
    network=st.sampled_from(["", "in", "out"]),
    service_type=st.sampled_from(["", "62"]),
)
_LISTS = st.lists(_RULES, max_size=12, unique_by=lambda rule: rule.key)


@given(_LISTS, _QUESTIONS, st.randoms())
def test_the_same_rules_always_give_the_same_answer(
    rules: list[Rule], asked: Question, chance: object
) -> None:
    mixed = list(rules)
    chance.shuffle(mixed)  # type: ignore[attr-defined]

    expected = requirement_rules.answer(rules, asked)

    assert requirement_rules.answer(mixed, asked) == expected
    assert requirement_rules.answer(Book(rules).about(asked), asked) == expected


@given(_LISTS, _QUESTIONS)
def test_the_rule_that_decides_covers_what_was_asked(rules: list[Rule], asked: Question) -> None:
    verdict = requirement_rules.answer(rules, asked)

    if verdict.rule is not None:
        about = asked
        if verdict.rule.system is System.SERVICE_TYPE:
            about = replace(asked, system=System.SERVICE_TYPE, code=asked.service_type)
        assert requirement_rules.covers(verdict.rule, about)
        assert verdict.answer is verdict.rule.answer


@given(_LISTS, _QUESTIONS)
def test_an_answer_that_depends_on_nothing_stays_whatever_the_place(
    rules: list[Rule], asked: Question
) -> None:
    verdict = requirement_rules.answer(rules, replace(asked, place=""))

    if not verdict.depends_on:
        for place in ("11", "22", "99"):
            told = requirement_rules.answer(rules, replace(asked, place=place))
            assert told.answer is verdict.answer


def test_a_place_left_open_of_the_code_is_said_though_its_service_type_answers() -> None:
    of_type = replace(WHOLE, key="T", system=System.SERVICE_TYPE, first_code="62", last_code="", answer=NO)

    verdict = requirement_rules.answer(
        [replace(WHOLE, places=("22",)), of_type], replace(ASKED, service_type="62")
    )

    assert (verdict.answer, verdict.basis, verdict.depends_on) == (NO, Basis.SERVICE_TYPE, ("places",))
