"""The index of the rules of authorizations."""

from django.test import Client

from portico.domains.authorizations import models
from tests.support import authorizations, visiting
from tests.support.actors import NOW, TODAY
from tests.support.world import World

INDEX = "/staff/authorizations/rules/"


def test_the_index_counts_what_is_in_force(operations: Client, world: World) -> None:
    del world
    assert "send to a reviewer 0 Clocks the plan has set 0 Questionnaires 0" in _seen(operations)
    authorizations.clock_rule()
    models.Questionnaire.objects.create(
        key="imaging", version=1, title="Imaging", content={}, published_at=NOW
    )
    models.ApprovalRule.objects.create(
        key="therapy",
        version=1,
        position=1,
        outcome="approve",
        text="Ten visits",
        citation="Policy 12",
        first_on=TODAY,
        published_at=NOW,
    )
    assert "send to a reviewer 1 Clocks the plan has set 1 Questionnaires 1" in _seen(operations)


def _seen(browser: Client) -> str:
    return visiting.seen(browser.get(INDEX))
