"""Finding requests: what is meant, what is reached, and why there is nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from portico.domains.authorizations import finding, inquiries, sending_rules
from portico.domains.authorizations.asked import Found, NoAuthorizations, NothingFound
from portico.domains.authorizations.tests.asking import BOTH_TAX_IDS, asked, clerk, elsewhere
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.reasons import Reason
from tests.support import actors, authorizations, patients, world
from tests.support.cast import FOREIGN, HMO, MEDI_CAL, OWN, PPO, SECOND

pytestmark = pytest.mark.usefixtures("plan")
NUMBER = "A123456786"
FIRST_ON, LAST_ON = authorizations.FIRST_ON, authorizations.LAST_ON
NOBODY: dict[str, Any] = {"member_id": ""}


def numbers(answer: Found | NothingFound) -> list[str]:
    """The numbers of the requests found."""
    assert isinstance(answer, Found), answer
    return [row.number for row in answer.rows]


def reasons(answer: Found | NothingFound) -> tuple[str, ...]:
    """Why nothing was found."""
    assert isinstance(answer, NothingFound), answer
    return answer.reasons


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"member_id": f"S{patients.ZEPHYRINE}"},
        {**NOBODY, "number": NUMBER},
        {**NOBODY, "last_name": "quillfeather", "birth_date": date(1984, 5, 6)},
        {**NOBODY, "last_name": "Quillfeather", "first_name": "zeph", "birth_date": date(1984, 5, 6)},
        {**NOBODY, "first_on": FIRST_ON, "last_on": FIRST_ON},
        {**NOBODY, "first_on": LAST_ON, "last_on": LAST_ON},
        {"first_on": FIRST_ON + timedelta(days=10)},
        {"last_on": FIRST_ON},
        {"state": "in_review"},
        {"state": "open"},
        {"kind": "authorization"},
        {"line": HMO},
    ],
)
def test_a_request_is_found_by(facts: dict[str, Any]) -> None:
    authorizations.in_review(NUMBER)
    assert numbers(finding.find(actor=clerk(), asked=asked(**facts))) == [NUMBER]


@pytest.mark.parametrize(
    "facts",
    [
        {"member_id": "SOMEBODYELSE"},
        {"number": "A000000000"},
        {"first_on": LAST_ON + timedelta(days=1)},
        {"last_on": FIRST_ON - timedelta(days=1)},
        {"state": "decided"},
        {"kind": "referral"},
        {"line": PPO},
        {"last_name": "Wintergreen", "birth_date": date(1984, 5, 6)},
        {"birth_date": date(1984, 5, 7), "last_name": "Quillfeather"},
        {"tax_id": SECOND},
    ],
)
def test_a_request_is_not_found_by(facts: dict[str, Any]) -> None:
    authorizations.in_review(NUMBER)
    actor = clerk(tax_ids=BOTH_TAX_IDS)
    assert isinstance(finding.find(actor=actor, asked=asked(**facts)), NothingFound)


@pytest.mark.parametrize(
    ("state", "make"),
    [
        ("pended", authorizations.pended),
        ("approved", authorizations.approved),
        ("partly", authorizations.partly),
        ("denied", authorizations.denied),
        ("cancelled", authorizations.cancelled),
        ("not_needed", authorizations.not_needed),
    ],
)
def test_each_state_is_found_by_its_name(state: str, make: Callable[..., Any]) -> None:
    make(NUMBER)
    authorizations.in_review("A000000001")
    assert numbers(finding.find(actor=clerk(), asked=asked(state=state))) == [NUMBER]


@pytest.mark.parametrize("role", ["requesting", "servicing", "facility", "pcp"])
def test_every_office_of_a_request_finds_it_and_no_other(role: str) -> None:
    parties = {"requesting": (SECOND, patients.NPI), role: (FOREIGN, patients.NPI_ELSEWHERE)}
    authorizations.in_review(NUMBER, parties=parties)
    assert numbers(finding.find(actor=elsewhere(), asked=asked(tax_id=FOREIGN))) == [NUMBER]
    other = finding.find(actor=clerk(), asked=asked())
    assert reasons(other) == (NoAuthorizations.NOT_RECEIVED,)


def test_a_grant_for_one_provider_does_not_reach_anothers_request() -> None:
    authorizations.in_review(NUMBER)
    theirs = clerk(providers=frozenset({patients.NPI_ELSEWHERE}))
    assert isinstance(finding.find(actor=theirs, asked=asked()), NothingFound)
    ours = clerk(providers=frozenset({patients.NPI}))
    assert numbers(finding.find(actor=ours, asked=asked())) == [NUMBER]


def test_the_latest_received_comes_first_and_pages_follow_each_other() -> None:
    for place in range(5):
        at = authorizations.RECEIVED_AT + timedelta(hours=place // 2)
        authorizations.in_review(f"A00000000{place}", received_at=at)
    seen, after = [], ""
    for _ in range(3):
        answer = finding.find(actor=clerk(), asked=asked(), after=after, size=2)
        seen += numbers(answer)
        after = answer.next_key or "" if isinstance(answer, Found) else ""
    assert seen == [f"A00000000{place}" for place in (4, 3, 2, 1, 0)]
    assert not after


@pytest.mark.parametrize("key", ["rubbish", "0f6b5d0e-8c1f-4a86-9e0b-5d5c1f0f7a11"])
def test_a_key_that_is_none_begins_anew(key: str) -> None:
    authorizations.in_review(NUMBER)
    assert numbers(finding.find(actor=clerk(), asked=asked(), after=key)) == [NUMBER]


def test_by_social_security_number_with_the_birth_date() -> None:
    patients.make()
    authorizations.in_review(NUMBER)
    wanted = asked(**NOBODY, ssn=patients.SSN, birth_date=date(1984, 5, 6))
    assert numbers(finding.find(actor=clerk(), asked=wanted)) == [NUMBER]


def test_searching_by_social_security_number_can_be_switched_off(settings: Any) -> None:
    settings.SSN_SEARCH = False
    wanted = asked(**NOBODY, ssn=patients.SSN, birth_date=date(1984, 5, 6))
    answer = finding.find(actor=clerk(), asked=wanted)
    assert reasons(answer) == (NoAuthorizations.SSN_SEARCH_OFF,)


def test_one_is_found_on_the_last_day_of_the_longest_there_is() -> None:
    longest = sending_rules.BACK + sending_rules.AHEAD + sending_rules.LONGEST
    authorizations.in_review(NUMBER, last_on=FIRST_ON + longest)
    meant = asked(first_on=FIRST_ON + longest, last_on=FIRST_ON + longest)
    assert numbers(finding.find(actor=clerk(), asked=meant)) == [NUMBER]


def test_days_alone_or_nothing_is_not_enough() -> None:
    for facts in ({}, {"first_on": FIRST_ON}, {"last_name": "Quillfeather"}, {"ssn": patients.SSN}):
        answer = finding.find(actor=clerk(), asked=asked(**{**NOBODY, **facts}))
        assert reasons(answer) == (NoAuthorizations.NOT_ENOUGH,)


def test_what_stands_elsewhere_is_hinted_at_by_own_grants_alone() -> None:
    authorizations.in_review(NUMBER)
    actor = clerk(tax_ids=BOTH_TAX_IDS)
    days = finding.find(actor=actor, asked=asked(last_on=FIRST_ON - timedelta(days=1)))
    assert isinstance(days, NothingFound)
    assert (days.reasons[0], days.earliest) == (NoAuthorizations.OUT_OF_RANGE, FIRST_ON)
    state = finding.find(actor=actor, asked=asked(state="denied"))
    assert isinstance(state, NothingFound)
    assert (state.reasons, state.states) == ((NoAuthorizations.OTHER_STATE,), ("in_review",))
    kind = finding.find(actor=actor, asked=asked(kind="referral"))
    assert isinstance(kind, NothingFound)
    assert (kind.reasons, kind.kinds) == ((NoAuthorizations.OTHER_KIND,), ("authorization",))
    line = finding.find(actor=actor, asked=asked(line=PPO))
    assert isinstance(line, NothingFound)
    assert (line.reasons, line.lines) == ((NoAuthorizations.OTHER_LINE,), (HMO,))
    tax_id = finding.find(actor=actor, asked=asked(tax_id=SECOND))
    assert isinstance(tax_id, NothingFound)
    assert (tax_id.reasons, tax_id.tax_ids) == ((NoAuthorizations.OTHER_TAX_ID,), (OWN,))


def test_nothing_is_hinted_of_what_lies_outside_the_grants() -> None:
    authorizations.in_review(NUMBER)
    authorizations.in_review("A000000001", parties={"requesting": (SECOND, patients.NPI)})
    actor = clerk(tax_ids=frozenset({SECOND}), lines=frozenset({MEDI_CAL}))
    answer = finding.find(actor=actor, asked=asked(tax_id=SECOND, state="denied"))
    assert reasons(answer) == (NoAuthorizations.NOT_RECEIVED,)


def test_each_look_is_one_row_of_the_audit_with_whose_it_was() -> None:
    before = world.last_use()
    authorizations.in_review(NUMBER)
    finding.find(actor=clerk(), asked=asked())
    (entry,) = world.uses(pk__gt=before)
    assert (entry.function, entry.tax_id, entry.conclusion) == ("authorization_inquiry", OWN, "found")


def test_a_tax_id_that_is_not_granted_is_refused() -> None:
    with pytest.raises(NotPermitted) as refused:
        finding.find(actor=clerk(), asked=asked(tax_id=FOREIGN))
    assert refused.value.decision.reasons[0] is Reason.TAX_ID_NOT_GRANTED


def test_without_the_function_nothing_is_searched() -> None:
    with pytest.raises(NotPermitted):
        finding.ask(actor=clerk(Function.CLAIMS_INQUIRY), asked=asked())


def test_a_question_is_kept_for_who_asked_it_and_for_twelve_hours() -> None:
    number = finding.ask(actor=clerk(), asked=asked(first_on=FIRST_ON))
    assert finding.asked_in(actor=clerk(), inquiry=number) == asked(first_on=FIRST_ON)
    for other in (
        elsewhere(),
        replace(clerk(), persona_id=99),
        replace(clerk(), asked_at=actors.NOW + timedelta(hours=13)),
    ):
        with pytest.raises(finding.InquiryNotFound):
            finding.asked_in(actor=other, inquiry=number)
    assert inquiries.forget(actor=actors.system()) == 0
    later = replace(actors.system(), asked_at=actors.NOW + timedelta(hours=13))
    assert inquiries.forget(actor=later) == 1


def test_a_list_costs_the_same_however_long(
    django_assert_max_num_queries: DjangoAssertNumQueries,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    authorizations.pended("A000000001")
    finding.find(actor=clerk(), asked=asked())
    with django_assert_max_num_queries(25) as counted:
        finding.find(actor=clerk(), asked=asked())
    for place in range(2, 9):
        authorizations.pended(f"A00000000{place}")
    with django_assert_num_queries(len(counted)):
        finding.find(actor=clerk(), asked=asked())
