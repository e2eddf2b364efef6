"""An office outside the network that the desk approved: where the plan opens claims to it, and no more."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from portico.domains.access import actors as sessions
from portico.domains.access.registering import WITH_PATIENTS
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import CLAIMS, Function
from portico.domains.permits.questions import Question
from portico.domains.permits.reasons import Reason as Refusal
from portico.domains.permits.rules import decide
from portico.domains.plan import outside
from portico.domains.registration import completion
from portico.domains.registration.tests import registering, waiting
from portico.domains.registration.tests.waiting import (
    HERE,
    NAME,
    NOW,
    NPI,
    PASSWORD,
    SECOND_TAX_ID,
    TAX_ID,
    visitor,
)
from tests.support import actors as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def _claims(settings: Any) -> None:
    """The plan opens claims outside its network."""
    settings.NONPAR_TIER = outside.CLAIMS_TIER


def opened(**changes: Any) -> int:
    """The user of an application that the desk approved and somebody completed."""
    row, transaction_id, secret = waiting.approved(**changes)
    waiting.word(row)
    done = completion.complete(
        actor=visitor(),
        address=HERE,
        username=NAME,
        password=PASSWORD,
        secret=secret,
        transaction_id=transaction_id,
    )
    return done.user_id


def takes_part(tax_id: str, *, last_on: Any = None) -> None:
    """A provider who bills under the tax ID takes part in a line."""
    line, _ = apps.get_model("plan", "LineOfBusiness").objects.get_or_create(code=people.LINE)
    row = apps.get_model("offices", "Affiliation").objects.get(tax_id__number=tax_id)
    apps.get_model("offices", "Participation").objects.create(
        affiliation=row, line=line, first_on=row.first_on, last_on=last_on
    )


def works_with(user_id: int) -> set[tuple[str, str]]:
    """The functions of the end user, with each tax ID they reach."""
    return waiting.held_by(user_id)["end_user"]


def end_user(user_id: int) -> Actor:
    """The user as end user, signed in with a second factor."""
    persona = apps.get_model("access", "Persona").objects.get(user_id=user_id, kind="end_user")
    session = sessions.Session(user_id, persona.pk, second_factor=True, epoch=1)
    found = sessions.for_session(session, asked_at=NOW, today=NOW.date())
    assert found is not None
    return found


@pytest.mark.usefixtures("_claims")
def test_whose_tax_ids_take_part_in_nothing_works_with_claims_alone() -> None:
    waiting.a_practice(NPI, TAX_ID, SECOND_TAX_ID, takes_part=False)
    user_id = opened(tax_ids=(TAX_ID, SECOND_TAX_ID))
    assert works_with(user_id) == {(each, number) for each in CLAIMS for number in (TAX_ID, SECOND_TAX_ID)}
    assert waiting.held_by(user_id)["administrator"] == {
        ("manage_users", TAX_ID),
        ("manage_users", SECOND_TAX_ID),
    }


@pytest.mark.usefixtures("_claims")
def test_the_claims_are_open_and_everything_else_answers_that_the_office_takes_no_part() -> None:
    waiting.a_practice(takes_part=False)
    actor = end_user(opened())
    for function in WITH_PATIENTS:
        decision = decide(actor, Question(function, TAX_ID))
        assert decision.allowed is (function in CLAIMS)
        assert (Refusal.NOT_PARTICIPATING in decision.reasons) is (function not in CLAIMS)


@pytest.mark.usefixtures("_claims")
def test_nobody_at_all_on_file_is_outside_too() -> None:
    assert works_with(opened()) == {(each, TAX_ID) for each in CLAIMS}


@pytest.mark.usefixtures("_claims")
def test_one_tax_id_that_takes_part_opens_everything_to_the_office() -> None:
    waiting.a_practice(NPI, TAX_ID, SECOND_TAX_ID, takes_part=False)
    takes_part(TAX_ID)
    user_id = opened(tax_ids=(TAX_ID, SECOND_TAX_ID))
    assert {function for function, _ in works_with(user_id)} == {*WITH_PATIENTS}
    actor = end_user(user_id)
    assert decide(actor, Question(Function.ELIGIBILITY, TAX_ID)).allowed
    assert decide(actor, Question(Function.ELIGIBILITY, SECOND_TAX_ID)).reasons == (
        Refusal.NOT_PARTICIPATING,
    )
    assert decide(actor, Question(Function.REMITTANCE, SECOND_TAX_ID)).allowed


@pytest.mark.usefixtures("_claims")
def test_who_took_part_until_yesterday_is_outside() -> None:
    waiting.a_practice(takes_part=False)
    takes_part(TAX_ID, last_on=waiting.TODAY - timedelta(days=1))
    assert works_with(opened()) == {(each, TAX_ID) for each in CLAIMS}


def test_without_the_tier_nothing_is_open_to_a_tax_id_outside() -> None:
    waiting.a_practice(takes_part=False)
    user_id = opened()
    assert works_with(user_id) == {(each, TAX_ID) for each in WITH_PATIENTS}
    actor = end_user(user_id)
    refused = {decide(actor, Question(function, TAX_ID)).reasons for function in WITH_PATIENTS}
    assert refused == {(Refusal.NOT_PARTICIPATING,)}


def test_switching_the_tier_on_and_off_counts_from_the_next_request(settings: Any) -> None:
    waiting.a_practice(takes_part=False)
    user_id = opened()
    asked = Question(Function.CLAIMS_INQUIRY, TAX_ID)
    for tier, is_open in (("claims", True), ("off", False)):
        settings.NONPAR_TIER = tier
        assert decide(end_user(user_id), asked).allowed is is_open


@pytest.mark.usefixtures("_claims")
def test_an_application_outside_the_network_goes_to_the_desk_and_never_through_at_once() -> None:
    registering.a_plan()
    registering.a_provider(
        registering.OTHER_NPI,
        registering.SECOND,
        participates=False,
        licence_number="B777",
        licence_state="CA",
    )
    outsider = replace(
        registering.CLAIM, npi=registering.OTHER_NPI, tax_ids=(registering.SECOND,), licence_number="B777"
    )
    submitted = registering.submit(outsider)
    assert (submitted.state, submitted.reason) == ("submitted", "not_participating")
