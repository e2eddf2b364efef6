"""What the demo asks about a knee: it can be read, depends on what was tried, and is answered."""

import pytest

from portico.demo import questions, requirements
from portico.demo.tests.conftest import TODAY
from portico.domains.authorizations import questionnaire_data
from portico.domains.authorizations import questions as asking

KNEE = questionnaire_data.read(questions.CONTENT)


@pytest.mark.parametrize(
    ("tried", "asks"), [("none", {"why_none"}), ("tablets", {"weeks"}), ("exercise,injections", {"weeks"})]
)
def test_what_was_tried_decides_what_is_asked_next(tried: str, asks: set[str]) -> None:
    found = {each.id for each in asking.applying(KNEE, {"tried": tried})}
    assert found & {"weeks", "why_none"} == asks


def test_the_answers_of_the_demo_answer_it_whole() -> None:
    answers = {**dict(questions.KNEE_ANSWERS), "pictured_on": TODAY.isoformat()}
    assert asking.wrong(KNEE, answers) == {}
    assert len(asking.kept(KNEE, answers)) == len(answers)


def test_the_lists_name_it_from_this_year_on() -> None:
    naming = {
        version.name: [rule.first_code for rule in version.rules if rule.questionnaire]
        for version in requirements.versions(TODAY)
    }
    assert naming == {"2024-1": [], "2026-1": [requirements.NEEDS], "2027-1": [requirements.NEEDS]}
    assert questions.KNEE_VERSION.startswith(f"{questions.KNEE}/")
