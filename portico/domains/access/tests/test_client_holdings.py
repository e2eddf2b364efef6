"""What a billing company's people hold, from its rows: the functions, lines and days the client gave."""

from datetime import datetime
from typing import Any

import pytest
from django.apps import apps
from pytest_django import DjangoAssertNumQueries

from portico.domains.access import actors, models, sides
from portico.domains.access.tests import making
from portico.domains.permits.actors import Actor, Door
from portico.domains.permits.functions import Function
from portico.domains.permits.questions import Question
from portico.domains.permits.reasons import Reason
from portico.domains.permits.rules import decide

pytestmark = pytest.mark.django_db

BILLER = "tallyhouse"
BILLERS_OWN, LENT, OTHER_CLIENTS = "161234567", making.OWN, making.FOREIGN
CLAIMS, REMITTANCE = Function.CLAIMS_INQUIRY, Function.REMITTANCE


@pytest.fixture(autouse=True)
def _house() -> None:
    """A billing company with a tax ID of its own, and two offices it may work for."""
    making.a_plan()
    making.an_office()
    making.an_office(making.HILLCREST, making.FOREIGN)
    making.an_office(BILLER, BILLERS_OWN)
    making.participates(making.affiliated(making.NPI, making.OWN))
    making.participates(making.affiliated(making.OTHER_NPI, making.FOREIGN))


def office(key: str) -> int:
    """The office's number."""
    number: int = apps.get_model("offices", "Office").objects.get(key=key).pk
    return number


def lend(client: str = making.LAKESIDE, tax_id: str = LENT, **changes: Any) -> models.ClientGrant:
    """The client lets the billing company work under a tax ID since January."""
    described = {"functions": f"{CLAIMS} {REMITTANCE}", "first_on": making.JANUARY, "made_at": making.NOW}
    return models.ClientGrant.objects.create(
        client_id=office(client), biller_id=office(BILLER), tax_id=tax_id, **{**described, **changes}
    )


def a_biller(*functions: Function, tax_ids: tuple[str, ...] = (BILLERS_OWN, LENT, OTHER_CLIENTS)) -> int:
    """Somebody of the billing company who holds these on each of its tax IDs and its clients'."""
    user_id = making.a_person(making.an_end_user(office=BILLER), username="bea.tally")
    (persona_id,) = making.personas_of(user_id)
    for function in functions or (CLAIMS, REMITTANCE, Function.ELIGIBILITY):
        grant = models.Grant.objects.create(
            persona_id=persona_id, function=function, first_on=making.JANUARY, granted_at=making.NOW
        )
        for tax_id in tax_ids:
            models.GrantLimit.objects.create(grant=grant, dimension="tax_id", value=tax_id)
    return user_id


def on(user_id: int, side: str | None) -> Actor:
    """The person on one side."""
    session = actors.Session(user_id, None, True, 1, side=None if side is None else office(side))
    found = actors.for_session(session, asked_at=making.NOW, today=making.TODAY)
    assert found is not None
    return found


def reasons(actor: Actor, function: Function, tax_id: str, line: str | None = None) -> tuple[Reason, ...]:
    return decide(actor, Question(function, tax_id, line)).reasons


def test_a_clients_tax_id_is_reached_by_the_functions_it_gave_and_no_others() -> None:
    lend()
    actor = on(a_biller(), making.LAKESIDE)
    assert reasons(actor, CLAIMS, LENT) == ()
    assert reasons(actor, REMITTANCE, LENT) == ()
    assert reasons(actor, Function.ELIGIBILITY, LENT) == (Reason.CLIENT_DID_NOT_GIVE,)


def test_a_clients_tax_id_is_reached_in_the_lines_it_gave_and_no_others() -> None:
    lend(lines=making.HMO)
    actor = on(a_biller(), making.LAKESIDE)
    assert reasons(actor, CLAIMS, LENT, making.HMO) == ()
    assert reasons(actor, CLAIMS, LENT, making.MEDI_CAL) == (Reason.CLIENT_DID_NOT_GIVE,)
    assert decide(actor, Question(CLAIMS)).scope.lines() == frozenset({making.HMO})


def test_a_tax_id_the_client_did_not_give_is_not_reached_though_a_grant_names_it() -> None:
    lend()
    actor = on(a_biller(tax_ids=(LENT, making.SECOND)), making.LAKESIDE)
    assert reasons(actor, CLAIMS, making.SECOND) == (Reason.TAX_ID_NOT_GRANTED,)


def test_what_a_client_gives_reaches_nobody_by_itself() -> None:
    lend()
    actor = on(a_biller(tax_ids=(BILLERS_OWN,)), making.LAKESIDE)
    assert reasons(actor, CLAIMS, LENT) == (Reason.TAX_ID_NOT_GRANTED,)


@pytest.mark.parametrize(
    ("side", "open_to_it"),
    [(making.LAKESIDE, {LENT}), (making.HILLCREST, {OTHER_CLIENTS}), (BILLER, set())],
    ids=["one_client", "another_client", "its_own_office"],
)
def test_one_side_at_a_time(side: str, open_to_it: set[str]) -> None:
    lend()
    lend(making.HILLCREST, OTHER_CLIENTS)
    actor = on(a_biller(), side)
    asked = {tax_id for tax_id in (LENT, OTHER_CLIENTS) if decide(actor, Question(CLAIMS, tax_id)).allowed}
    assert asked == open_to_it
    assert decide(actor, Question(CLAIMS)).scope.tax_ids() == frozenset(open_to_it or {BILLERS_OWN})
    assert actor.context["side"] == str(office(side))
    clients = sorted((office(making.LAKESIDE), office(making.HILLCREST)))
    assert actor.context["clients"] == " ".join(map(str, clients))


def test_without_a_choice_the_first_side_there_is_work_of() -> None:
    user_id = a_biller()
    assert on(user_id, None).context["side"] == str(office(BILLER))
    lend()
    assert on(user_id, None).context["side"] == str(office(making.LAKESIDE))
    making.participates(making.affiliated(making.NPI, BILLERS_OWN))
    assert on(user_id, None).context["side"] == str(office(BILLER))


def test_an_office_that_gave_nothing_is_no_side() -> None:
    lend()
    actor = on(a_biller(), making.HILLCREST)
    assert actor.context["side"] == str(office(making.LAKESIDE))
    assert not actor.standing.tax_ids & {OTHER_CLIENTS, making.SECOND}


OVER: list[tuple[str, dict[str, Any]]] = [
    ("ended_a_moment_ago", {"ended_at": making.NOW, "ending": "client"}),
    ("last_day_was_yesterday", {"last_on": making.day(-1)}),
    ("first_day_is_tomorrow", {"first_on": making.day(1)}),
]


@pytest.mark.parametrize("changes", [case[1] for case in OVER], ids=[case[0] for case in OVER])
@pytest.mark.parametrize("side", [BILLER, making.LAKESIDE, None], ids=["own", "client", "none"])
def test_what_is_not_running_is_reached_from_no_side(changes: dict[str, Any], side: str | None) -> None:
    lend(**changes)
    actor = on(a_biller(), side)
    assert reasons(actor, CLAIMS, LENT) == (Reason.CLIENT_ACCESS_ENDED,)
    assert LENT not in decide(actor, Question(CLAIMS)).scope.tax_ids()
    assert LENT not in actor.standing.tax_ids


@pytest.mark.parametrize(("first", "last"), [(0, None), (-30, 0), (0, 0)], ids=["begins", "ends", "both"])
def test_both_ends_of_what_a_client_gave_count(first: int, last: int | None) -> None:
    lend(first_on=making.day(first), last_on=None if last is None else making.day(last))
    assert reasons(on(a_biller(), making.LAKESIDE), CLAIMS, LENT) == ()


def test_a_client_that_ended_it_is_gone_at_the_next_request() -> None:
    given, user_id = lend(), a_biller()
    assert reasons(on(user_id, making.LAKESIDE), CLAIMS, LENT) == ()
    given.ended_at, given.ending = making.NOW, "client"
    given.save()
    assert reasons(on(user_id, making.LAKESIDE), CLAIMS, LENT) == (Reason.CLIENT_ACCESS_ENDED,)


def test_a_tax_id_the_client_itself_lost_is_no_longer_the_clients_to_give() -> None:
    lend()
    user_id = a_biller()
    apps.get_model("offices", "TaxId").objects.filter(number=LENT).update(office_id=office(making.HILLCREST))
    actor = on(user_id, making.LAKESIDE)
    assert actor.context["clients"] == ""
    assert reasons(actor, CLAIMS, LENT) == (Reason.CLIENT_ACCESS_ENDED,)


def test_a_client_outside_the_network_is_told_as_any_other_office() -> None:
    lend(tax_id=making.SECOND)
    actor = on(a_biller(tax_ids=(making.SECOND,)), making.LAKESIDE)
    assert reasons(actor, CLAIMS, making.SECOND) == (Reason.NOT_PARTICIPATING,)


def test_a_provider_who_left_the_client_is_told_as_in_the_clients_own_office() -> None:
    lend()
    making.affiliated(making.OTHER_NPI, LENT, -60, -1)
    user_id = a_biller(CLAIMS, tax_ids=(LENT,))
    grant = models.Grant.objects.get(persona__user_id=user_id)
    for npi in (making.NPI, making.OTHER_NPI):
        models.GrantLimit.objects.create(grant=grant, dimension="provider", value=npi)
    actor = on(user_id, making.LAKESIDE)
    assert actor.standing.ended_affiliations == {(LENT, making.OTHER_NPI)}
    left = decide(actor, Question(CLAIMS, LENT, provider=making.OTHER_NPI))
    assert left.reasons == (Reason.AFFILIATION_ENDED,)


def test_a_job_works_on_every_side_and_names_a_tax_id_each_time() -> None:
    lend()
    lend(making.HILLCREST, OTHER_CLIENTS)
    (persona_id,) = making.personas_of(a_biller())
    actor = actors.for_job(
        persona_id=persona_id, machine_id=None, asked_at=making.NOW, today=making.TODAY, door=Door.INSIDE
    )
    assert actor is not None
    for tax_id in (LENT, OTHER_CLIENTS):
        scope = decide(actor, Question(CLAIMS, tax_id)).scope
        assert scope.tax_ids() == {tax_id}


def test_the_companys_software_works_on_every_side_and_no_further_than_its_people() -> None:
    lend(lines=making.HMO)
    made = making.a_partner(office=BILLER, tax_id=BILLERS_OWN)
    machine = models.Machine.objects.get(public_id=made.machine.row.public_id)
    grant = models.Grant.objects.create(
        machine=machine, function=CLAIMS, first_on=making.JANUARY, granted_at=making.NOW
    )
    models.GrantLimit.objects.create(grant=grant, dimension="tax_id", value=LENT)
    actor = actors.for_machine(machine.pk, asked_at=making.NOW, today=making.TODAY, door=Door.X12)
    assert actor is not None
    assert reasons(actor, CLAIMS, LENT, making.HMO) == ()
    assert reasons(actor, CLAIMS, LENT, making.MEDI_CAL) == (Reason.CLIENT_DID_NOT_GIVE,)
    assert reasons(actor, REMITTANCE, LENT) == (Reason.FUNCTION_NOT_GRANTED,)


def test_managing_users_is_about_the_own_office_beside_every_client() -> None:
    lend(functions=f"{CLAIMS} {Function.MANAGE_USERS}")
    actor = on(a_biller(Function.MANAGE_USERS), making.LAKESIDE)
    assert decide(actor, Question(Function.MANAGE_USERS)).scope.tax_ids() == {BILLERS_OWN}


@pytest.mark.parametrize("clients", [0, 1, 2], ids=["no_client", "one_client", "two_clients"])
def test_clients_cost_no_query_more(clients: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for key, tax_id in ((making.LAKESIDE, LENT), (making.HILLCREST, OTHER_CLIENTS))[:clients]:
        lend(key, tax_id)
    user_id = a_biller()
    on(user_id, None)
    session = actors.Session(user_id, None, True, 1, side=office(making.LAKESIDE))
    with django_assert_num_queries(2):
        actors.for_session(session, asked_at=making.NOW, today=making.TODAY)


def test_overdue_closes_patients_data_to_people_and_software_of_that_office_alone() -> None:
    late: datetime = making.NOW
    apps.get_model("offices", "Office").objects.filter(key=BILLER).update(review_overdue_since=late)
    lend()
    assert reasons(on(a_biller(), making.LAKESIDE), CLAIMS, LENT) == (Reason.ACCESS_REVIEW_OVERDUE,)
    fay = making.a_person(making.an_end_user(making.a_grant()))
    assert reasons(making.actor(fay), Function.ELIGIBILITY, making.OWN) == ()


def test_every_is_no_office() -> None:
    assert not apps.get_model("offices", "Office").objects.filter(pk=sides.EVERY).exists()
