"""What must hold when one user asks many times at the same moment."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from uuid import UUID

import pytest
from django.apps import apps

from portico.domains.members import batches, inquiries, models, search
from portico.domains.members.asked import BySsn, NoAnswer, NotAnswered
from portico.domains.members.batches import TooManyRunning
from portico.domains.members.tests import factories, filing
from tests.support.racing import together

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 8


def miss() -> NoAnswer:
    """Why a search by an SSN that nobody has finds nothing."""
    by = BySsn("900999999", date(1980, 1, 1))
    answer = search.find(actor=factories.front_desk(), inquiry=factories.inquiry(by))
    assert isinstance(answer, NotAnswered)
    return answer.reason


def a_front_desk() -> int:
    """The user of the front desk, who takes turns with himself."""
    user_id, at = factories.front_desk().user_id or 0, factories.AT
    apps.get_model("accounts", "User").objects.create(pk=user_id, username="front.desk", created_at=at)
    return user_id


def test_searches_by_ssn_at_once_do_not_pass_the_limit_of_an_hour() -> None:
    factories.a_plan()
    user_id, at = a_front_desk(), factories.AT
    for minute in range(19):
        models.Miss.objects.create(user_id=user_id, by="ssn", at=at - timedelta(minutes=30 + minute))
    answers = Counter(together([miss] * AT_ONCE))
    assert answers == {NoAnswer.SSN_NOT_FOUND: 1, NoAnswer.SLOW_DOWN: AT_ONCE - 1}


def missed_by_software(machine_id: int) -> NoAnswer:
    """Why a machine's question by an SSN that nobody has finds nothing."""
    actor = replace(factories.front_desk(), machine_id=machine_id, user_id=None, persona_id=None)
    by = BySsn("900999999", date(1980, 1, 1))
    answer = inquiries.ask(actor=actor, inquiry=factories.inquiry(by))
    assert isinstance(answer, NotAnswered)
    return answer.reason


def test_a_machine_that_asks_by_ssn_many_times_at_once_does_not_pass_the_limit_either() -> None:
    factories.a_plan()
    factories.an_office()
    at, machine = factories.AT, apps.get_model("access", "Machine").objects
    machine.create(
        pk=5,
        office_id=factories.OFFICE_ID,
        kind="fhir_client",
        client_id="software",
        tax_id=factories.OURS,
        created_at=at,
    )
    for minute in range(19):
        models.Miss.objects.create(machine_id=5, by="ssn", at=at - timedelta(minutes=30 + minute))
    answers = Counter(together([partial(missed_by_software, 5)] * AT_ONCE))
    assert answers == {NoAnswer.SSN_NOT_FOUND: 1, NoAnswer.SLOW_DOWN: AT_ONCE - 1}


def is_started(batch: UUID) -> bool:
    """Was there room to have the batch asked?"""
    try:
        batches.start(actor=factories.front_desk(), batch=batch)
    except TooManyRunning:
        return False
    return True


def test_batches_started_at_once_do_not_pass_the_limit_of_one_person() -> None:
    factories.a_plan()
    a_front_desk()
    drafts = [filing.draft(factories.front_desk(), name=str(number)) for number in range(AT_ONCE)]
    started = Counter(together([partial(is_started, batch) for batch in drafts]))
    assert started == {True: batches.MOST_RUNNING, False: AT_ONCE - batches.MOST_RUNNING}
    assert filing.jobs().count() == batches.MOST_RUNNING
