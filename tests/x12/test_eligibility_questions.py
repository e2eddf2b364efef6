"""Which tax ID, day and person a 270 asks about, by the provider file of today."""

from dataclasses import replace
from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from portico.domains.members.asked import ByFacts, Facts
from portico.domains.members.tests import factories
from portico.domains.permits.functions import Function
from portico.edges.x12.eligibility.questions import NOBODY, Question, Questions
from portico.edges.x12.eligibility.refusals import Problem
from portico.edges.x12.eligibility.requests import Name, Party, Period, Person, Request, Wanted
from portico.shared.periods import Period as Days
from tests.x12 import partners
from tests.x12.partners import ALSO_OURS, NPI, NPI_ALSO, NPI_ELSEWHERE, NPI_UNKNOWN, OURS, STRANGERS

pytestmark = pytest.mark.django_db

NAMED = Name("IL", "1", "OKAFOR", "ADAEZE", id_kind="MI", id="N1001")
SUBSCRIBER = Person("3", name=NAMED, birth="19840506")
BAD_NPI = NPI[:-1] + str((int(NPI[-1]) + 1) % 10)


def receiver(kind: str = "XX", number: str = NPI, *references: tuple[str, str]) -> Party:
    """Who asks."""
    return Party("2", Name("1P", "2", "LAKESIDE", id_kind=kind, id=number), references)


def request(party: Party | None = None, subscriber: Person = SUBSCRIBER, **changes: object) -> Request:
    """What is asked."""
    return replace(Request(Party("1"), party or receiver(), subscriber), **changes)  # type: ignore[arg-type]


def question(asked: Request, **said: object) -> Question:
    """Its question, from our office's software."""
    return Questions(partners.partner(**said)).of(asked)  # type: ignore[arg-type]


@pytest.fixture
def _providers() -> None:
    factories.an_office()
    factories.a_provider(NPI, OURS)
    factories.a_provider(NPI_ALSO, ALSO_OURS)
    factories.a_provider(NPI_ELSEWHERE, STRANGERS)


@pytest.mark.usefixtures("_providers")
@pytest.mark.parametrize(
    ("party", "tax_id", "problem"),
    [
        (receiver(), OURS, None),
        (receiver(number=NPI_ALSO), ALSO_OURS, None),
        (receiver("FI", STRANGERS), STRANGERS, None),
        (receiver("24", "00-1111112"), ALSO_OURS, None),
        (receiver("XX", NPI, ("TJ", ALSO_OURS)), ALSO_OURS, None),
        (receiver("XX", NPI_ELSEWHERE, ("TJ", OURS)), OURS, None),
        (receiver("SV", "2000034"), OURS, None),
        (receiver("SV", "2000034", ("HPI", NPI_ALSO)), ALSO_OURS, None),
        (receiver(number=NPI_ELSEWHERE), STRANGERS, Problem.PROVIDER_NOT_ON_FILE),
        (receiver(number=NPI_UNKNOWN), "", Problem.PROVIDER_NOT_ON_FILE),
        (receiver(number=BAD_NPI), "", Problem.PROVIDER_ID_WRONG),
        (receiver(number=""), "", Problem.PROVIDER_ID_WRONG),
        (receiver("XX", BAD_NPI, ("TJ", OURS)), "", Problem.PROVIDER_ID_WRONG),
        (receiver("FI", "1234"), "", Problem.PROVIDER_ID_WRONG),
        (receiver("XX", NPI, ("TJ", "ABC")), "", Problem.PROVIDER_ID_WRONG),
    ],
)
def test_the_tax_id_asked_for(party: Party, tax_id: str, problem: Problem | None) -> None:
    found = question(request(party))

    assert found.inquiry.tax_id == tax_id
    assert found.problems == ((problem,) if problem else ())
    assert (found.inquiry.by == NOBODY) is bool(problem)


@pytest.mark.usefixtures("_providers")
def test_an_npi_of_two_tax_ids_is_asked_for_the_registered_one_else_one_that_is_granted() -> None:
    factories.a_provider(NPI, ALSO_OURS)

    assert question(request()).inquiry.tax_id == OURS
    assert question(request(), context={"tax_id": ALSO_OURS}).inquiry.tax_id == ALSO_OURS
    granted = {"context": {}, "tax_ids": (ALSO_OURS,)}
    assert question(request(), **granted).inquiry.tax_id == ALSO_OURS
    held = partners.partner(Function.BENEFITS, context={}, tax_ids=(ALSO_OURS,))
    assert Questions(held).of(request()).inquiry.tax_id == OURS


def test_an_npi_that_no_longer_bills_is_not_on_file() -> None:
    factories.an_office()
    factories.a_provider(NPI, OURS, period=Days(date(2020, 1, 1), date(2026, 3, 11)))

    assert question(request()).problems == (Problem.PROVIDER_NOT_ON_FILE,)


@pytest.mark.usefixtures("_providers")
def test_a_party_is_looked_up_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    questions = Questions(partners.partner())
    with django_assert_num_queries(1):
        for _ in range(3):
            questions.of(request())


def test_a_party_that_names_nothing_is_asked_for_what_the_caller_says() -> None:
    questions = Questions(partners.partner(context={}), tax_id=ALSO_OURS, as_of=date(2026, 2, 1))

    found = questions.of(request(receiver("SV", "7")))

    assert (found.inquiry.tax_id, found.inquiry.as_of) == (ALSO_OURS, date(2026, 2, 1))


@pytest.mark.parametrize(
    ("of_patient", "of_eqs", "expected"),
    [
        (Period(), (), factories.TODAY),
        (Period("D8", "20260201"), (), date(2026, 2, 1)),
        (Period("RD8", "20260201-20260228"), (), date(2026, 2, 1)),
        (Period("D8", "20260201"), (Period("D8", "20260301"),), date(2026, 2, 1)),
        (Period(), (Period(), Period("D8", "20260301"), Period("D8", "20260302")), date(2026, 3, 1)),
    ],
)
def test_the_day_asked_about(of_patient: Period, of_eqs: tuple[Period, ...], expected: date) -> None:
    wanted = tuple(Wanted(("30",), each) for each in of_eqs)
    asked = request(receiver("SV", "7"), replace(SUBSCRIBER, asked_for=of_patient), wanted=wanted)

    found = question(asked)

    assert found.problems == ()
    assert found.inquiry.as_of == expected


def test_the_day_of_a_dependent_is_the_dependents() -> None:
    subscriber = replace(SUBSCRIBER, asked_for=Period("D8", "20260101"))
    dependent = Person("4", name=Name("03", "1", "OKAFOR", "ADA"), asked_for=Period("D8", "20260201"))

    found = question(request(receiver("SV", "7"), subscriber, dependent=dependent))

    assert found.inquiry.as_of == date(2026, 2, 1)


def test_all_that_is_known_of_a_subscriber_is_asked() -> None:
    person = replace(SUBSCRIBER, references=(("SY", "900123456"), ("1W", "N9")))

    assert question(request(receiver("SV", "7"), person)).inquiry.by == ByFacts(
        Facts("N1001", "900123456", "OKAFOR", "ADAEZE", date(1984, 5, 6)), is_subscriber=True
    )


def test_a_member_id_may_come_as_a_reference() -> None:
    person = replace(SUBSCRIBER, name=replace(NAMED, id_kind="", id=""), references=(("1W", "n-1001"),))

    by = question(request(receiver("SV", "7"), person)).inquiry.by

    assert isinstance(by, ByFacts)
    assert by.person.member_id == "N1001"


def test_a_dependent_is_asked_about_on_the_subscribers_policy() -> None:
    dependent = Person("4", name=Name("03", "1", "OKAFOR", "ADA"), birth="20150304")

    assert question(request(receiver("SV", "7"), dependent=dependent)).inquiry.by == ByFacts(
        Facts("N1001", "", "OKAFOR", "ADAEZE", date(1984, 5, 6)),
        Facts("", "", "OKAFOR", "ADA", date(2015, 3, 4)),
    )


@pytest.mark.parametrize(
    ("person", "problem"),
    [
        (replace(SUBSCRIBER, birth="19841345"), Problem.BIRTH_DATE_WRONG),
        (replace(SUBSCRIBER, name=replace(NAMED, id="N/1001")), Problem.MEMBER_ID_WRONG),
        (replace(SUBSCRIBER, asked_for=Period("RD8", "20260301-20260201")), Problem.DATE_WRONG),
        (replace(SUBSCRIBER, asked_for=Period("DT", "2026")), Problem.DATE_WRONG),
    ],
)
def test_what_cannot_be_read_is_a_problem_and_nobody_is_asked_about(person: Person, problem: Problem) -> None:
    found = question(request(receiver("SV", "7"), person))

    assert found.problems == (problem,)
    assert found.inquiry.by == NOBODY
