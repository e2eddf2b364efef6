"""One request: all that hangs on it, to whom it may be opened, and what they may do with it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from portico.domains.authorizations import models, reading
from portico.domains.authorizations.change_rules import Act
from portico.domains.authorizations.facts.shown import AuthorizationPage, Standing, State
from portico.domains.authorizations.models import Authorization
from portico.domains.authorizations.tests.asking import BOTH_TAX_IDS, clerk, elsewhere
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from tests.support import authorizations, patients, world
from tests.support.actors import NOW
from tests.support.cast import FOREIGN, MEDI_CAL, OWN, SECOND

pytestmark = pytest.mark.usefixtures("plan")
ELSEWHERE = patients.NPI_ELSEWHERE


def page(row: Authorization, actor: Any = None) -> AuthorizationPage:
    """The request as our clerk reads it, or somebody else."""
    return reading.read(actor=actor or clerk(), authorization=row.public_id)


def test_a_partial_approval_shows_what_holds_and_why_not_the_rest() -> None:
    row = authorizations.partly()
    first, second = page(row).services
    assert (first.state, first.quantity, first.approved_quantity) == (State.PARTLY, Decimal(12), Decimal(8))
    assert (first.used, first.left) == (Decimal(0), Decimal(8))
    assert (second.state, second.left) == (State.DENIED, None)
    for each in (first, second):
        assert (each.reason_text, each.criteria) == (authorizations.REASON, authorizations.CRITERIA)


def test_units_used_are_those_of_its_claims_and_never_leave_less_than_none() -> None:
    row = authorizations.partly()
    service = row.services.get(position=1)
    for place, used in enumerate((3, 2)):
        models.Usage.objects.create(
            service=service, claim_number=f"C{place}", quantity=used, on=authorizations.FIRST_ON
        )
    assert (page(row).services[0].used, page(row).services[0].left) == (Decimal(5), Decimal(3))
    models.Usage.objects.create(service=service, claim_number="C9", quantity=9, on=authorizations.FIRST_ON)
    assert page(row).services[0].left == Decimal(0)


def test_a_pended_request_says_what_the_plan_waits_for() -> None:
    told = page(authorizations.pended())
    (question,) = told.asked
    assert (question.text, question.service, question.state) == (authorizations.ASKED, 1, "open")
    assert (told.listed.open_questions, told.listed.answer_due_at) == (1, question.due_at)


def test_both_sides_see_the_time_that_is_left() -> None:
    clock = page(authorizations.expedited(hours_left=6)).listed.clock
    assert (clock.standing, clock.left_seconds) == (Standing.RUNNING, 6 * 3600)
    assert (clock.amount, clock.unit, clock.is_law) == (72, "hours", True)


def test_why_it_is_urgent_is_opened_for_its_offices() -> None:
    assert page(authorizations.expedited()).urgency == authorizations.URGENCY


def test_history_names_the_office_and_keeps_the_plans_desk_to_itself() -> None:
    row = authorizations.approved()
    authorizations.event(row, "assigned", "plan", at=NOW)
    assert [each.kind for each in page(row).events] == ["received", "decided"]


def test_one_that_goes_on_from_another_names_it_both_ways() -> None:
    first = authorizations.denied()
    second = authorizations.in_review(follows=first)
    assert page(second).extends == (first.number, first.public_id)
    assert page(first).followed_by == ((second.number, second.public_id),)


def test_kin_of_other_offices_is_not_named() -> None:
    first = authorizations.denied(parties={"requesting": (FOREIGN, ELSEWHERE)})
    second = authorizations.in_review(follows=first)
    assert page(second).extends is None


MAY: tuple[tuple[str, Callable[..., Authorization], frozenset[Act]], ...] = (
    (
        "requesting",
        authorizations.in_review,
        frozenset({Act.ADD_DOCUMENT, Act.CHANGE, Act.CANCEL, Act.BOOK_TALK}),
    ),
    (
        "requesting",
        authorizations.pended,
        frozenset({Act.ADD_DOCUMENT, Act.ANSWER, Act.CHANGE, Act.CANCEL, Act.BOOK_TALK}),
    ),
    (
        "requesting",
        authorizations.denied,
        frozenset({Act.ASK_RECONSIDERATION, Act.ASK_APPEAL, Act.BOOK_TALK}),
    ),
    ("servicing", authorizations.pended, frozenset({Act.ADD_DOCUMENT, Act.ANSWER})),
    ("pcp", authorizations.pended, frozenset()),
)


@pytest.mark.parametrize(
    ("role", "make", "acts"), MAY, ids=[f"{role}-{make.__name__}" for role, make, _ in MAY]
)
def test_what_an_office_may_do_follows_its_role(
    role: str, make: Callable[..., Authorization], acts: frozenset[Act]
) -> None:
    parties = {"requesting": (SECOND, patients.NPI), role: (FOREIGN, ELSEWHERE)}
    told = page(make(parties=parties), elsewhere())
    assert told.may == acts | {Act.NOTE, Act.ASSIGN}


def test_who_may_only_read_may_still_note_and_assign() -> None:
    told = page(authorizations.pended(), clerk(Function.AUTHORIZATION_INQUIRY))
    assert told.may == {Act.NOTE, Act.ASSIGN}


def test_a_referral_needs_the_function_for_referrals() -> None:
    row = authorizations.referral()
    without = clerk(Function.AUTHORIZATION_INQUIRY, Function.AUTHORIZATION_SUBMISSION)
    assert Act.CANCEL not in page(row, without).may
    assert Act.CANCEL in page(row, clerk(Function.AUTHORIZATION_INQUIRY, Function.REFERRALS)).may


@pytest.mark.parametrize(
    "limits",
    [
        {"tax_ids": frozenset({SECOND})},
        {"lines": frozenset({MEDI_CAL})},
        {"providers": frozenset({ELSEWHERE})},
    ],
    ids=["other tax ID", "other line", "other provider"],
)
def test_a_request_outside_the_grants_is_as_unknown_as_none(limits: dict[str, Any]) -> None:
    row = authorizations.in_review()
    for wanted in (row.public_id, uuid4()):
        with pytest.raises(reading.AuthorizationNotFound):
            reading.read(actor=clerk(**limits), authorization=wanted)


def test_the_same_row_of_the_audit_is_left_for_one_that_is_hidden_and_none() -> None:
    row = authorizations.in_review()
    before = world.last_use()
    for wanted in (row.public_id, uuid4()):
        with pytest.raises(reading.AuthorizationNotFound):
            reading.read(actor=elsewhere(), authorization=wanted)
    one, other = world.uses(pk__gt=before)
    assert (one.conclusion, one.tax_id) == (other.conclusion, other.tax_id) == ("not_found", "")


def test_reading_leaves_one_row_with_whose_it_was() -> None:
    row = authorizations.in_review()
    before = world.last_use()
    page(row)
    (entry,) = world.uses(pk__gt=before)
    assert (entry.function, entry.tax_id, entry.conclusion) == ("authorization_inquiry", OWN, "found")


def test_two_own_tax_ids_that_are_parties_open_it_as_one() -> None:
    parties = {"requesting": (OWN, patients.NPI), "servicing": (SECOND, ELSEWHERE)}
    told = page(authorizations.pended(parties=parties), clerk(tax_ids=BOTH_TAX_IDS))
    assert {Act.CANCEL, Act.ANSWER} <= told.may


def test_without_the_function_it_is_refused() -> None:
    with pytest.raises(NotPermitted):
        page(authorizations.in_review(), clerk(Function.REFERRALS))


def test_a_request_costs_the_same_whatever_hangs_on_it(
    django_assert_max_num_queries: DjangoAssertNumQueries, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    few, many = authorizations.pended(), authorizations.pended(services=authorizations.SERVICES * 3)
    for place in range(4):
        authorizations.event(many, "changed", "office", at=NOW, office_id=31 + place)
    page(few)
    with django_assert_max_num_queries(40) as counted:
        page(few)
    with django_assert_num_queries(len(counted) + 1):  # the names of the offices that acted
        page(many)
