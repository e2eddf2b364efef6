"""The same question at every door: the same answer, the same refusal, and one decision in the audit."""

import pytest

from tests.agreement.cases import CASES, Case
from tests.agreement.heard import At, Covered, Door, Expected, Heard, Refused, Several, Unanswered, subjects

IN_X12 = (At.REAL_TIME, At.BATCH)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_door_says_the_same(case: Case, doors: tuple[Door, ...], subtests: pytest.Subtests) -> None:
    for door in doors:
        otherwise = case.otherwise.get(door.at)
        if otherwise is not None and otherwise.expected is None:
            continue
        with subtests.test(str(door.at)):
            heard = door.ask(case.question)
            if otherwise is not None and isinstance(otherwise.expected, str):
                assert heard.said == otherwise.expected
                check_audit(heard, case, door.at, case.expected, has_reference=False)
                continue
            expected = case.expected if otherwise is None else otherwise.expected
            assert not isinstance(expected, str | None)
            assert heard.said == door.says(case.question, expected)
            if _is_asked(door.at, case):
                check_audit(heard, case, door.at, expected, has_reference=tells_reference(door.at, expected))


def _is_asked(at: At, case: Case) -> bool:
    """A row of a file that asks for a day out of reach is told so when it is read, and never asked."""
    return not (at is At.FILES and case.name.startswith("a day too"))


def tells_reference(at: At, expected: Expected) -> bool:
    """Is the audit row's reference told? A page without an answer and an AAA of who asks do not."""
    if at is At.WEB:
        return not isinstance(expected, Several | Unanswered)
    return not (at in IN_X12 and isinstance(expected, Refused))


def check_audit(heard: Heard, case: Case, at: At, expected: Expected, *, has_reference: bool) -> None:
    """One row is the decision: by whom, through which door, for which tax ID, about whom."""
    (row,) = [row for row in heard.rows if _is_decision(row, expected, at)]
    assert (row.reference == heard.reference) if has_reference else not heard.reference
    assert {name: getattr(row, name) for name in heard.by} == heard.by
    assert row.function == "eligibility"
    if case.question.tax_id and not isinstance(expected, Refused):
        assert row.tax_id == case.question.tax_id
    assert sorted(subjects(row)) == sorted(_shown(expected, at))


def _is_decision(row: object, expected: Expected, at: At) -> bool:
    told = (row.outcome, row.conclusion, tuple(row.reasons))  # type: ignore[attr-defined]
    match expected:
        case Covered():
            return told == ("allowed", expected.verdict, ())
        case Several():
            concluded = "several" if at in (At.WEB, At.FHIR) else "several_found"
            return told == ("allowed", concluded, ())
        case Unanswered():
            return told == ("allowed", expected.reason, ())
        case Refused():
            return told == ("denied", "", (expected.reason,))


def _shown(expected: Expected, at: At) -> list[str]:
    match expected:
        case Covered():
            return [expected.member_id]
        case Several() if at in (At.WEB, At.FHIR):
            return list(expected.member_ids)
        case _:
            return []
