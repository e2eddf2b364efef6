"""The plan writes questionnaires and publishes them; what was published is asked and never changes."""

from typing import Any

import pytest

from portico.domains.authorizations import models, questionnaires
from portico.domains.authorizations.questionnaires import BadQuestionnaire, Outdated, UnknownQuestionnaire
from portico.domains.permits.functions import Desk, Function
from portico.domains.permits.permit import NotPermitted, permit
from tests.support import actors as people

pytestmark = pytest.mark.django_db
CONTENT: dict[str, Any] = {"questions": [{"id": "first", "kind": "yes_no", "text": "Is it the first?"}]}
PLAN = people.plan_staff(Desk.OPERATIONS)


def write(key: str = "knee-imaging", **how: Any) -> questionnaires.Whole:
    return questionnaires.write(actor=PLAN, key=key, **{"title": "Knee", "content": CONTENT, **how})


def asked(key: str = "knee-imaging") -> questionnaires.Whole | None:
    with permit(PLAN, Function.AUTHORIZATION_RULES) as given:
        return questionnaires.asked(given, key)


def test_a_version_is_asked_once_it_is_published() -> None:
    first = write()
    assert (first.version, first.name, asked()) == (1, "knee-imaging/1", None)
    assert questionnaires.publish(actor=PLAN, key="knee-imaging", version=1)
    assert not questionnaires.publish(actor=PLAN, key="knee-imaging", version=1)
    second = write(title="Knee, again")
    found = asked()
    assert found is not None
    assert (found.version, second.version) == (1, 2)
    questionnaires.publish(actor=PLAN, key="knee-imaging", version=2)
    assert [(each.version, each.is_asked) for each in questionnaires.listing(actor=PLAN)] == [
        (2, True),
        (1, False),
    ]


def test_a_request_finds_the_version_it_answered() -> None:
    write()
    with permit(PLAN, Function.AUTHORIZATION_RULES) as given:
        found = questionnaires.named(given, "knee-imaging/1")
        assert found is not None
        assert found.questions[0].id == "first"
        assert questionnaires.named(given, "knee-imaging/9") is None
        assert questionnaires.named(given, "nonsense") is None


@pytest.mark.parametrize(
    "how",
    [{"content": {}}, {"title": " "}, {"key": "a key"}, {"key": ""}, {"key": "-"}],
    ids=["content", "title", "key", "none", "dash"],
)
def test_what_is_none_is_not_kept(how: dict[str, Any]) -> None:
    with pytest.raises(BadQuestionnaire):
        write(**how)
    assert not models.Questionnaire.objects.exists()


def test_one_that_is_not_there_is_not_published_nor_shown() -> None:
    with pytest.raises(UnknownQuestionnaire):
        questionnaires.publish(actor=PLAN, key="x", version=1)
    with pytest.raises(UnknownQuestionnaire):
        questionnaires.one(actor=PLAN, key="x", version=1)


def test_a_version_older_than_the_one_asked_is_published_no_more() -> None:
    write()
    write()
    questionnaires.publish(actor=PLAN, key="knee-imaging", version=2)
    with pytest.raises(Outdated):
        questionnaires.publish(actor=PLAN, key="knee-imaging", version=1)
    found = asked()
    assert found is not None
    assert found.version == 2
    assert [each.is_late for each in questionnaires.listing(actor=PLAN)] == [False, True]
    assert questionnaires.one(actor=PLAN, key="knee-imaging", version=1).is_late


def test_one_published_before_stays_as_it_was_when_the_next_is_asked() -> None:
    write()
    questionnaires.publish(actor=PLAN, key="knee-imaging", version=1)
    write()
    questionnaires.publish(actor=PLAN, key="knee-imaging", version=2)
    assert not questionnaires.publish(actor=PLAN, key="knee-imaging", version=1)
    assert not questionnaires.one(actor=PLAN, key="knee-imaging", version=1).is_late


def test_an_office_writes_none() -> None:
    with pytest.raises(NotPermitted):
        questionnaires.write(actor=people.front_desk(), key="x", title="X", content=CONTENT)
