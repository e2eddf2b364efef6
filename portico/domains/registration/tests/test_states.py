"""Whatever anybody does in whatever order: no account without a recorded match or somebody's approval."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from portico.domains.registration import models
from portico.domains.registration.tests.registering import GROUP_NPI, NPI
from portico.domains.registration.tests.state_machine import Registrations


@pytest.mark.django_db
def test_no_account_without_a_match_or_an_approval() -> None:
    run_state_machine_as_test(
        Registrations,
        settings=settings(
            max_examples=20,
            stateful_step_count=15,
            deadline=timedelta(minutes=1),
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.fixture
def machine() -> Iterator[Registrations]:
    """One run, step by step."""
    machine = Registrations()
    machine.a_plan()
    yield machine
    machine.every_account_stands_on_a_match_or_an_approval()
    machine.every_reason_is_one_and_every_open_one_has_a_due_time()
    machine.teardown()


def states() -> list[str]:
    return list(models.Application.objects.order_by("pk").values_list("state", flat=True))


@pytest.mark.django_db
def test_both_roads_lead_in_and_no_further(machine: Registrations) -> None:
    machine.submit("on file")
    machine.submit("hospital")
    machine.approve(1, takes_licence=False, joins=False)
    for _ in range(2):
        machine.try_to_come_in_at_once(0, by_mark=True)
        machine.try_to_come_in_by_a_link(1, link=0)
    assert states() == ["completed", "completed"]


@pytest.mark.django_db
def test_the_desk_lets_in_whom_it_vouches_for(machine: Registrations) -> None:
    machine.submit("slip")
    machine.approve(0, takes_licence=False, joins=False)
    machine.try_to_come_in_by_a_link(0, link=0)
    assert states() == ["submitted"]
    machine.vouch_and_approve(0, takes_licence=False, joins=False)
    machine.try_to_come_in_by_a_link(0, link=0)
    assert states() == ["completed"]


@pytest.mark.django_db
def test_neither_road_leads_in_once_somebody_is_excluded(machine: Registrations) -> None:
    machine.submit("on file")
    machine.submit("hospital")
    machine.approve(1, takes_licence=False, joins=False)
    machine.exclude(NPI)
    machine.exclude(GROUP_NPI)
    machine.try_to_come_in_at_once(0, by_mark=False)
    machine.try_to_come_in_by_a_link(1, link=0)
    assert states() == ["submitted", "submitted"]


@pytest.mark.django_db
def test_neither_road_leads_in_once_it_was_taken_back(machine: Registrations) -> None:
    machine.submit("on file")
    machine.submit("hospital")
    machine.approve(1, takes_licence=False, joins=False)
    machine.withdraw(0)
    machine.withdraw(1)
    machine.try_to_come_in_at_once(0, by_mark=True)
    machine.try_to_come_in_by_a_link(1, link=0)
    assert states() == ["submitted", "submitted"]
