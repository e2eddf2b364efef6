"""Searching requests by Social Security number is no faster way to guess numbers than Patient Info is."""

from datetime import date

import pytest
from django.apps import apps

from portico.domains.authorizations import finding
from portico.domains.authorizations.asked import Asked, NoAuthorizations, NothingFound
from tests.support import authorizations, patients, world
from tests.support.cast import OWN

pytestmark = pytest.mark.django_db
WANTED = Asked(OWN, ssn=patients.SSN, birth_date=date(1984, 5, 6))


def misses() -> int:
    """How many searches by SSN count as misses."""
    return apps.get_model("members", "Miss").objects.filter(by="ssn").count()


def test_guessing_gets_slow_whether_or_not_somebody_has_the_number() -> None:
    actor = world.actor(world.build()["front_desk"])
    unknown = Asked(OWN, ssn="900111111", birth_date=date(1984, 5, 6))
    said: list[str] = []
    for place in range(12):
        answer = finding.find(actor=actor, asked=unknown if place % 2 else WANTED)
        assert isinstance(answer, NothingFound)
        said += answer.reasons
    assert said[:2] == [NoAuthorizations.NOT_RECEIVED] * 2
    assert said[-1] == NoAuthorizations.SLOW_DOWN
    assert misses() == said.count(NoAuthorizations.NOT_RECEIVED)


def test_what_is_found_does_not_count_as_a_guess() -> None:
    actor = world.actor(world.build()["front_desk"])
    authorizations.in_review()
    finding.find(actor=actor, asked=WANTED)
    assert not misses()
