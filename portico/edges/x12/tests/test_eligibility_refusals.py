"""The tables of AAAs are whole, their codes the guide's, and a request gets the ones that help."""

import pytest

from portico.domains.members.asked import NoAnswer, NotAnswered
from portico.domains.permits.decisions import Decision
from portico.domains.permits.functions import Function
from portico.domains.permits.questions import Question
from portico.domains.permits.reasons import FixedBy, Reason
from portico.edges.x12.eligibility import refusals
from portico.edges.x12.eligibility.outcomes import Failed, Refused
from portico.edges.x12.eligibility.refusals import FAILED, Line, Loop, Problem, Rejection
from portico.edges.x12.eligibility.requests import Name, Party, Person, Request

# AAA03 by loop in 005010X279A1.
CODES = {
    Loop.SOURCE: frozenset("04 41 42 79".split()),
    Loop.RECEIVER: frozenset("15 41 43 44 45 46 47 48 50 51 79 97 T4".split()),
    Loop.SUBSCRIBER: frozenset(
        "15 35 42 43 45 47 48 49 51 52 56 57 58 60 61 62 63 71 72 73 74 75 76 78".split()
    ),
    Loop.DEPENDENT: frozenset(
        "15 35 42 43 45 47 48 49 51 52 56 57 58 60 61 62 63 64 65 66 67 68 71 77".split()
    ),
}
NEXT = frozenset("C N R S W X Y".split())

NAMED = Name("IL", "1", "OKAFOR", "ADAEZE", id_kind="MI", id="N1001")
SUBSCRIBER = Person("3", name=NAMED, birth="19840506")
DEPENDENT = Person("4", name=Name("03", "1", "OKAFOR", "ADA"), birth="20150304")
ALONE = Request(Party("1"), Party("2"), SUBSCRIBER)
FAMILY = Request(Party("1"), Party("2"), SUBSCRIBER, DEPENDENT)


def refused(*reasons: Reason) -> Refused:
    """A decision against the question."""
    question = Question(Function.ELIGIBILITY, "001111111")
    return Refused(Decision(question, False, reasons=reasons, by_machine=True), "R1")


def codes_of(request: Request, outcome: NotAnswered | Refused | Failed, *problems: Problem) -> list[str]:
    """AAA03s in order, each with its loop."""
    found = refusals.rejections(request, outcome, problems)
    return [f"{each.loop} {each.code}" for each in found]


def lines() -> list[Line]:
    """Every line of every table."""
    tables = (refusals.REASONS, refusals.NO_ANSWERS, refusals.PROBLEMS)
    return [FAILED, *(line for table in tables for line in table.values())]


def test_every_reason_every_missing_answer_and_every_problem_has_its_line() -> None:
    assert set(refusals.REASONS) == set(Reason)
    assert set(refusals.NO_ANSWERS) == set(NoAnswer)
    assert set(refusals.PROBLEMS) == set(Problem)
    assert set(refusals.BY_WORDS) == set(FixedBy)


@pytest.mark.parametrize("line", lines(), ids=lambda line: f"{line.code} {line.words}")
def test_a_line_has_codes_its_loop_allows(line: Line) -> None:
    loop = Loop.SUBSCRIBER if line.loop is Loop.PATIENT else line.loop
    assert line.sound in ("Y", "N")
    assert line.follow_up in NEXT
    assert line.code in CODES[loop]
    if line.loop is Loop.PATIENT or line.of_dependent:
        assert line.of_dependent in CODES[Loop.DEPENDENT]


@pytest.mark.parametrize("line", lines(), ids=lambda line: f"{line.code} {line.words}")
def test_a_line_says_in_a_sentence_what_is_wrong(line: Line) -> None:
    assert line.words.endswith(".")
    assert len(line.words) < 110


def test_what_must_be_changed_is_no_sound_request() -> None:
    for line in lines():
        if line.sound == "N":
            assert line.follow_up == "C"


@pytest.mark.parametrize(
    ("outcome", "of_subscriber", "of_dependent"),
    [
        (NotAnswered(NoAnswer.MEMBER_ID_NOT_FOUND), ["2100C 75"], ["2100C 75"]),
        (NotAnswered(NoAnswer.SSN_NOT_FOUND), ["2100C 75"], ["2100C 75"]),
        (NotAnswered(NoAnswer.NAME_NOT_FOUND), ["2100C 75"], ["2100C 75"]),
        (NotAnswered(NoAnswer.NAME_DIFFERS), ["2100C 73"], ["2100C 73"]),
        (NotAnswered(NoAnswer.BIRTH_DATE_DIFFERS), ["2100C 71"], ["2100C 71"]),
        (
            NotAnswered(NoAnswer.NAME_DIFFERS, also=(NoAnswer.BIRTH_DATE_DIFFERS,)),
            ["2100C 73", "2100C 71"],
            ["2100C 73", "2100C 71"],
        ),
        (NotAnswered(NoAnswer.TOO_EARLY), ["2100C 62"], ["2100D 62"]),
        (NotAnswered(NoAnswer.TOO_LATE), ["2100C 63"], ["2100D 63"]),
        (NotAnswered(NoAnswer.SLOW_DOWN), ["2100C 42"], ["2100D 42"]),
        (NotAnswered(NoAnswer.SEVERAL_FOUND), ["2100C 76"], ["2100D 68"]),
        (NotAnswered(NoAnswer.TOO_MANY), ["2100C 76"], ["2100C 76"]),
        (NotAnswered(NoAnswer.SSN_SEARCH_OFF), ["2100C 72"], ["2100C 72"]),
        (NotAnswered(NoAnswer.EXPIRED), ["2100C 42"], ["2100D 42"]),
        (NotAnswered(NoAnswer.KEY_NOT_FOUND), ["2100C 75"], ["2100C 75"]),
        (Failed("R1"), ["2100C 42"], ["2100D 42"]),
        (refused(Reason.TAX_ID_NOT_GRANTED), ["2100B 50"], ["2100B 50"]),
        (
            refused(Reason.GRANT_EXPIRED, Reason.NOT_PARTICIPATING),
            ["2100B 41", "2100B 50"],
            ["2100B 41", "2100B 50"],
        ),
        (refused(Reason.GRANT_EXPIRED, Reason.ACCOUNT_LOCKED), ["2100B 41"], ["2100B 41"]),
    ],
)
def test_an_outcome_is_said_in_the_loop_at_fault(
    outcome: NotAnswered | Refused | Failed, of_subscriber: list[str], of_dependent: list[str]
) -> None:
    assert codes_of(ALONE, outcome) == of_subscriber
    assert codes_of(FAMILY, outcome) == of_dependent


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        (NoAnswer.NAME_DIFFERS, ["2100D 65"]),
        (NoAnswer.BIRTH_DATE_DIFFERS, ["2100D 71"]),
        (NoAnswer.DEPENDENT_NOT_FOUND, ["2100D 67"]),
    ],
)
def test_what_differs_of_a_dependent_is_said_there(reason: NoAnswer, expected: list[str]) -> None:
    assert codes_of(FAMILY, NotAnswered(reason, of_dependent=True)) == expected


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (Person(), ["2100C 72", "2100C 73", "2100C 58"]),
        (Person(name=Name(id="N1001")), ["2100C 73", "2100C 58"]),
        (Person(name=Name(last="OKAFOR")), ["2100C 72", "2100C 58"]),
        (Person(birth="19840506"), ["2100C 72", "2100C 73"]),
        (Person(name=Name(last="OKAFOR"), references=(("SY", "900123456"),)), ["2100C 58"]),
        (SUBSCRIBER, ["2100C 15"]),
    ],
)
def test_each_part_that_is_missing_gets_its_own_aaa(person: Person, expected: list[str]) -> None:
    request = Request(Party("1"), Party("2"), person)

    assert codes_of(request, NotAnswered(NoAnswer.NOT_ENOUGH)) == expected


def test_a_dependent_lacks_a_first_name_and_a_birth_date() -> None:
    request = Request(Party("1"), Party("2"), SUBSCRIBER, Person("4"))

    found = codes_of(request, NotAnswered(NoAnswer.NOT_ENOUGH, of_dependent=True))

    assert found == ["2100D 65", "2100D 58"]


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (Problem.PROVIDER_ID_WRONG, ["2100B 43"]),
        (Problem.PROVIDER_NOT_ON_FILE, ["2100B 51"]),
        (Problem.MEMBER_ID_WRONG, ["2100C 72"]),
        (Problem.BIRTH_DATE_WRONG, ["2100D 58"]),
        (Problem.DATE_WRONG, ["2100D 57"]),
    ],
)
def test_a_problem_says_more_than_that_nobody_was_asked_about(problem: Problem, expected: list[str]) -> None:
    assert codes_of(FAMILY, NotAnswered(NoAnswer.NOT_ENOUGH), problem) == expected


def test_a_provider_unknown_here_is_said_in_place_of_a_tax_id_that_is_not_granted() -> None:
    found = codes_of(ALONE, refused(Reason.TAX_ID_NOT_GRANTED), Problem.PROVIDER_NOT_ON_FILE)

    assert found == ["2100B 51"]


def test_who_may_not_ask_at_all_is_told_so_whatever_else_is_wrong() -> None:
    problems = Problem.PROVIDER_ID_WRONG, Problem.DATE_WRONG

    assert codes_of(ALONE, refused(Reason.ACCOUNT_DISABLED), *problems) == ["2100B 41"]
    assert codes_of(ALONE, refused(Reason.TAX_ID_NOT_GRANTED), Problem.DATE_WRONG) == ["2100B 50"]


def test_only_the_outermost_loop_at_fault_is_told() -> None:
    problems = Problem.DATE_WRONG, Problem.PROVIDER_ID_WRONG

    assert codes_of(FAMILY, NotAnswered(NoAnswer.NOT_ENOUGH), *problems) == ["2100B 43"]


def test_a_sound_request_says_so() -> None:
    (found,) = refusals.rejections(ALONE, NotAnswered(NoAnswer.MEMBER_ID_NOT_FOUND))
    (wrong,) = refusals.rejections(ALONE, NotAnswered(NoAnswer.BIRTH_DATE_DIFFERS))

    assert found == Rejection(Loop.SUBSCRIBER, "Y", "75", "C")
    assert wrong == Rejection(Loop.SUBSCRIBER, "N", "71", "C")


def test_why_benefits_are_not_open_names_who_can_change_it() -> None:
    decision = refused(Reason.FUNCTION_NOT_GRANTED).decision

    assert refusals.why_not(decision) == "The function asked for is not granted. The plan can change this."
