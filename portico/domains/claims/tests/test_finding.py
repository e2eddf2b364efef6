"""Finding claims: what is meant, what is reached, and why there is nothing."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from portico.domains.claims import finding
from portico.domains.claims.answers import Found
from portico.domains.claims.asked import Lines, NoClaims, NothingFound
from portico.domains.claims.tests.asking import SUBSCRIBER, asked, biller
from portico.domains.members.tests.factories import last_use, subjects_of
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.reasons import Reason
from tests.support import actors, claims, patients, world
from tests.support.cast import FOREIGN, HMO, MEDI_CAL, OWN, PPO, SECOND

pytestmark = pytest.mark.usefixtures("plan")


def numbers(answer: Found | NothingFound) -> list[str]:
    """The claim numbers found."""
    assert isinstance(answer, Found), answer
    return [claim.claim_number for claim in answer.claims]


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"subscriber_id": patients.ZEPHYRINE},
        {"subscriber_id": "", "claim_number": "26015A0003"},
        {"subscriber_id": "", "patient_control_number": "PC-0003"},
        {"subscriber_id": "", "first_on": date(2026, 1, 12), "last_on": date(2026, 1, 12)},
        {"first_on": date(2026, 1, 1)},
        {"last_on": date(2026, 1, 31)},
        {"status": "paid"},
        {"line": HMO},
        {"last_name": "quillfeather", "birth_date": date(1984, 5, 6)},
        {"provider_npi": patients.NPI},
        {"billed": claims.BILLED},
    ],
)
def test_a_claim_is_found_by(facts: dict[str, Any]) -> None:
    claims.decided()
    assert numbers(finding.find(actor=biller(), asked=asked(**facts))) == ["26015A0003"]


@pytest.mark.parametrize(
    "facts",
    [
        {"subscriber_id": "SOMEBODYELSE"},
        {"claim_number": "26015A9999"},
        {"first_on": date(2026, 1, 13)},
        {"last_on": date(2026, 1, 11)},
        {"status": "denied"},
        {"last_name": "Wintergreen"},
        {"birth_date": date(1984, 5, 7)},
        {"tax_id": SECOND},
    ],
)
def test_a_claim_is_not_found_by(facts: dict[str, Any]) -> None:
    claims.decided()
    actor = biller(tax_ids=frozenset({OWN, SECOND}))
    assert isinstance(finding.find(actor=actor, asked=asked(**facts)), NothingFound)


def test_a_stay_is_found_by_any_of_its_days() -> None:
    claims.received(first_on=date(2026, 1, 10), last_on=date(2026, 1, 14))
    within = asked(first_on=date(2026, 1, 13), last_on=date(2026, 1, 20))
    assert numbers(finding.find(actor=biller(), asked=within)) == ["26015A0001"]


def test_the_latest_service_comes_first_and_pages_follow_each_other() -> None:
    for place in range(5):
        claims.received(f"26015B000{place}", first_on=claims.FIRST_ON + timedelta(days=place // 2))
    seen, after = [], ""
    for _ in range(3):
        answer = finding.find(actor=biller(), asked=asked(), after=after, size=2)
        seen += numbers(answer)
        after = answer.next_key or "" if isinstance(answer, Found) else ""
    assert seen == ["26015B0004", "26015B0003", "26015B0002", "26015B0001", "26015B0000"]
    assert not after


def test_lines_are_told_apart_by_who_buys_them(settings: Any) -> None:
    settings.INDIVIDUAL_LINES = [PPO]
    claims.received("26015C0001")
    claims.received("26015C0002", line_id=PPO)

    def found(lines: Lines) -> list[str]:
        return sorted(numbers(finding.find(actor=biller(), asked=asked(lines=lines))))

    assert found(Lines.ALL) == ["26015C0001", "26015C0002"]
    assert found(Lines.GROUP) == ["26015C0001"]
    assert found(Lines.INDIVIDUAL) == ["26015C0002"]


def test_decided_again_is_a_filter_of_its_own() -> None:
    claims.adjusted()
    claims.decided()
    answer = finding.find(actor=biller(), asked=asked(status="adjusted"))
    assert numbers(answer) == ["26015A0006"]
    assert isinstance(answer, Found)
    assert answer.claims[0].is_adjusted


@pytest.mark.parametrize(
    ("held", "facts", "reason", "where"),
    [
        ({}, {}, NoClaims.NOT_RECEIVED, {}),
        ({"tax_id": SECOND}, {}, NoClaims.OTHER_TAX_ID, {"tax_ids": (SECOND,)}),
        ({"line_id": PPO}, {"line": HMO}, NoClaims.OTHER_LINE, {"lines": (PPO,)}),
        ({}, {"status": "paid"}, NoClaims.NOT_RECEIVED, {}),
    ],
)
def test_nothing_found_says_why(
    held: dict[str, Any], facts: dict[str, Any], reason: NoClaims, where: dict[str, Any]
) -> None:
    if held:
        claims.received(**held)
    actor = biller(tax_ids=frozenset({OWN, SECOND}))
    answer = finding.find(actor=actor, asked=asked(**facts))
    assert isinstance(answer, NothingFound)
    assert answer.reasons == (reason,)
    for name, value in where.items():
        assert getattr(answer, name) == value


def test_other_days_are_told_from_the_first_to_the_last() -> None:
    claims.received("26015C0001", first_on=date(2026, 1, 3))
    claims.received("26015C0002", first_on=date(2026, 2, 4))
    answer = finding.find(actor=biller(), asked=asked(first_on=date(2026, 3, 1)))
    assert isinstance(answer, NothingFound)
    assert answer.reasons == (NoClaims.OUT_OF_RANGE,)
    assert (answer.earliest, answer.latest) == (date(2026, 1, 3), date(2026, 2, 4))


def test_another_status_is_told() -> None:
    claims.received()
    answer = finding.find(actor=biller(), asked=asked(status="paid"))
    assert isinstance(answer, NothingFound)
    assert (answer.reasons, answer.statuses) == ((NoClaims.OTHER_STATUS,), ("received",))


@pytest.mark.parametrize(
    ("limits", "held"),
    [
        ({}, {"tax_id": FOREIGN}),
        ({}, {"tax_id": SECOND}),
        ({"lines": frozenset({HMO})}, {"line_id": MEDI_CAL}),
        ({"providers": frozenset({patients.NPI_ELSEWHERE})}, {}),
    ],
)
def test_what_is_not_granted_is_as_unknown_as_what_there_is_not(
    limits: dict[str, Any], held: dict[str, Any]
) -> None:
    actor = biller(**limits)
    unknown = finding.find(actor=actor, asked=asked())
    claims.received(**held)
    answer = finding.find(actor=actor, asked=asked())
    assert isinstance(unknown, NothingFound)
    assert isinstance(answer, NothingFound)
    assert (answer.reasons, answer.tax_ids, answer.lines) == ((NoClaims.NOT_RECEIVED,), (), ())


def test_one_restricted_to_a_provider_finds_that_providers_claims_alone() -> None:
    claims.received("26015C0001")
    claims.received("26015C0002", provider_npi=patients.NPI_ELSEWHERE)
    actor = biller(providers=frozenset({patients.NPI_ELSEWHERE}))
    assert numbers(finding.find(actor=actor, asked=asked())) == ["26015C0002"]


@pytest.mark.parametrize(
    ("actor", "tax_id", "reason"),
    [
        (biller(), FOREIGN, Reason.TAX_ID_NOT_GRANTED),
        (biller(Function.ELIGIBILITY), OWN, Reason.FUNCTION_NOT_GRANTED),
        (actors.administrator(), OWN, Reason.ADMINISTRATOR_HAS_NO_PHI),
        (actors.visitor(), OWN, Reason.NOT_SIGNED_IN),
    ],
)
@pytest.mark.parametrize("ask", [finding.ask, finding.find])
def test_refusals_say_why_and_are_written_down_once(
    ask: Callable[..., Any], actor: Any, tax_id: str, reason: Reason
) -> None:
    before = world.last_use()
    with pytest.raises(NotPermitted) as refused:
        ask(actor=actor, asked=asked(tax_id=tax_id))
    assert reason in refused.value.decision.reasons
    assert [use.outcome for use in world.uses(pk__gt=before)] == ["denied"]


def test_a_search_leaves_one_row_that_says_whose_claims_were_shown() -> None:
    claims.decided()
    actor = biller()
    before = world.last_use()
    inquiry = finding.ask(actor=actor, asked=asked())
    finding.find(actor=actor, asked=finding.asked_in(actor=actor, inquiry=inquiry))
    (use,) = world.uses(pk__gt=before)
    assert (use.function, use.tax_id, use.conclusion) == ("claims_inquiry", OWN, "found")
    assert subjects_of(last_use()) == [("member", patients.ZEPHYRINE), ("claim", "26015A0003")]


def test_what_was_asked_comes_back_as_it_was() -> None:
    actor = biller()
    told = asked(
        first_on=date(2026, 1, 1), birth_date=date(1984, 5, 6), billed=claims.BILLED, lines=Lines.GROUP
    )
    inquiry = finding.ask(actor=actor, asked=told)
    assert finding.asked_in(actor=actor, inquiry=inquiry) == told


def test_days_alone_are_enough_and_nothing_is_not() -> None:
    answer = finding.find(actor=biller(), asked=asked(subscriber_id=""))
    assert isinstance(answer, NothingFound)
    assert answer.reasons == (NoClaims.NOT_ENOUGH,)
    assert SUBSCRIBER not in str(answer)


@pytest.mark.parametrize("after", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_a_key_that_is_none_begins_anew(after: str) -> None:
    claims.decided()
    assert numbers(finding.find(actor=biller(), asked=asked(), after=after)) == ["26015A0003"]


@pytest.mark.parametrize("number", [1, 20])
def test_a_page_asks_the_same_number_of_questions(
    number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    paid = [claims.decided(f"26015D{place:04}") for place in range(number)]
    claims.payment(paid)
    finding.find(actor=biller(), asked=asked())
    with django_assert_max_num_queries(10):
        assert len(numbers(finding.find(actor=biller(), asked=asked()))) == number


@pytest.mark.parametrize("first_on", [date.min, date(1, 6, 1), date.max])
def test_the_ends_of_the_calendar_are_days_too(first_on: date) -> None:
    claims.decided()
    answer = finding.find(actor=biller(), asked=asked(first_on=first_on))
    assert isinstance(answer, NothingFound) is (first_on == date.max)
