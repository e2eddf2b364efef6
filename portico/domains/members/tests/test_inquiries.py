"""Asking at once, as programs do: who is meant, what differs, what is told, and one use each time."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from portico.domains.members import inquiries, models, rules
from portico.domains.members.answers import Answered, Told, Verdict
from portico.domains.members.asked import (
    ByCoverageKey,
    ByFacts,
    ByKey,
    BySsn,
    Facts,
    NoAnswer,
    NotAnswered,
    SearchBy,
)
from portico.domains.members.tests import factories
from portico.domains.members.tests.factories import HMO, MEDI_CAL, PPO
from portico.domains.permits.actors import Actor, ActorKind, Door
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.reasons import Reason
from portico.shared.periods import Period

pytestmark = pytest.mark.usefixtures("plan")

BIRTH = date(1984, 5, 6)
CHILD_BIRTH = date(2015, 1, 1)
TRANSACTION = 2  # the savepoint a permit is in a test: in operation BEGIN and COMMIT


def software(**changes: Any) -> Actor:
    """Our office's practice software."""
    actor = replace(factories.front_desk(), kind=ActorKind.MACHINE, door=Door.X12, machine_id=5)
    return replace(actor, user_id=None, persona_id=None, persona_kind=None, **changes)


def ask(
    by: SearchBy | str, *, actor: Actor | None = None, most: int = 1, with_benefits: bool = False
) -> Answered | NotAnswered:
    """What the software is answered."""
    asked = factories.inquiry(by)
    return inquiries.ask(actor=actor or software(), inquiry=asked, most=most, with_benefits=with_benefits)


def told(by: SearchBy | str, **asked: Any) -> Told:
    """What is told of the one person meant."""
    answer = ask(by, **asked)
    assert isinstance(answer, Answered)
    (one,) = answer.told
    return one


def why_not(by: SearchBy | str, **asked: Any) -> tuple[NoAnswer, ...]:
    """Why there is no answer."""
    answer = ask(by, **asked)
    assert isinstance(answer, NotAnswered)
    return (answer.reason, *answer.also)


def facts(member_id: str = "S1", last: str = "Okafor", first: str = "", born: date | None = BIRTH) -> Facts:
    """What an office knows of Adaeze Okafor."""
    return Facts(member_id=member_id, last_name=last, first_name=first, birth_date=born)


def a_family() -> tuple[models.Member, models.Member, models.Member]:
    """A subscriber, a spouse and a child under one subscriber number, each with an ID of their own."""
    return (
        factories.a_covered_member("S1", subscriber_number="S1"),
        factories.a_covered_member(
            "N2", subscriber_number="S1", relationship="01", first_name="Emeka", birth_date=date(1982, 2, 3)
        ),
        factories.a_covered_member(
            "N3", subscriber_number="S1", relationship="19", first_name="Ngozi", birth_date=CHILD_BIRTH
        ),
    )


MEANT = [
    ("the subscriber by number, name and birth date", ByFacts(facts()), "S1"),
    ("a name in any case, with a suffix", ByFacts(facts(last="OKAFOR, JR")), "S1"),
    ("an initial", ByFacts(facts(first="A.")), "S1"),
    ("an ID and a birth date", ByFacts(facts(last="")), "S1"),
    ("an ID with dashes", ByFacts(facts("n-2", born=date(1982, 2, 3))), "N2"),
    ("a dependent by the number of the policy", ByFacts(facts(born=CHILD_BIRTH)), "N3"),
    ("a dependent's own ID", ByFacts(facts("N3", born=CHILD_BIRTH), is_subscriber=True), "N3"),
    ("name and birth date", ByFacts(facts("")), "S1"),
    (
        "a number the family shares means its subscriber",
        ByFacts(facts(born=None), is_subscriber=True),
        "S1",
    ),
    (
        "the dependent below a subscriber",
        ByFacts(facts(), dependent=Facts(first_name="Ngozi", birth_date=CHILD_BIRTH)),
        "N3",
    ),
    ("a dependent by birth date alone", ByFacts(facts(), dependent=Facts(birth_date=CHILD_BIRTH)), "N3"),
    ("a dependent by first name alone", ByFacts(facts(born=None), dependent=Facts(first_name="Emeka")), "N2"),
]


@pytest.mark.parametrize(("by", "member_id"), [case[1:] for case in MEANT], ids=[case[0] for case in MEANT])
def test_who_is_meant(by: ByFacts, member_id: str) -> None:
    a_family()
    assert told(by).eligibility.person.member_id == member_id


WHY_NOT = [
    ("nobody has the ID", ByFacts(facts("X9")), [NoAnswer.MEMBER_ID_NOT_FOUND]),
    ("another birth date", ByFacts(facts(born=date(1984, 5, 7))), [NoAnswer.BIRTH_DATE_DIFFERS]),
    ("another name", ByFacts(facts(last="Okonkwo")), [NoAnswer.NAME_DIFFERS]),
    ("another first name", ByFacts(facts(first="Bisi")), [NoAnswer.NAME_DIFFERS]),
    (
        "both differ",
        ByFacts(facts("N2", last="Okonkwo", born=date(1990, 1, 1))),
        [NoAnswer.NAME_DIFFERS, NoAnswer.BIRTH_DATE_DIFFERS],
    ),
    ("nobody of that name", ByFacts(facts("", last="Okonkwo")), [NoAnswer.NAME_NOT_FOUND]),
    (
        "nobody has the SSN",
        ByFacts(Facts(ssn="900123456", birth_date=BIRTH)),
        [NoAnswer.SSN_NOT_FOUND],
    ),
    ("an ID alone", ByFacts(Facts(member_id="S1")), [NoAnswer.NOT_ENOUGH]),
    ("a name alone", ByFacts(Facts(last_name="Okafor")), [NoAnswer.NOT_ENOUGH]),
    ("nothing", ByFacts(Facts()), [NoAnswer.NOT_ENOUGH]),
    ("what can be no ID", ByFacts(facts("**")), [NoAnswer.MEMBER_ID_NOT_FOUND]),
    ("what can be no SSN", ByFacts(Facts(ssn="12", birth_date=BIRTH)), [NoAnswer.SSN_NOT_FOUND]),
    ("what can be no name", ByFacts(Facts(last_name="--", birth_date=BIRTH)), [NoAnswer.NAME_NOT_FOUND]),
    (
        "no such dependent",
        ByFacts(facts(), dependent=Facts(first_name="Obi", birth_date=date(2020, 1, 1))),
        [NoAnswer.DEPENDENT_NOT_FOUND],
    ),
    (
        "a dependent with another birth date",
        ByFacts(facts(), dependent=Facts(first_name="Ngozi", birth_date=date(2015, 1, 2))),
        [NoAnswer.BIRTH_DATE_DIFFERS],
    ),
    ("a dependent without a fact", ByFacts(facts(), dependent=Facts()), [NoAnswer.NOT_ENOUGH]),
    ("an invented key", ByKey("ab" * 16), [NoAnswer.KEY_NOT_FOUND]),
    ("an invented key of a span", ByCoverageKey("nothing"), [NoAnswer.KEY_NOT_FOUND]),
]


@pytest.mark.parametrize(("by", "reasons"), [case[1:] for case in WHY_NOT], ids=[case[0] for case in WHY_NOT])
def test_why_there_is_no_answer(by: SearchBy, reasons: list[NoAnswer]) -> None:
    a_family()
    assert list(why_not(by)) == reasons
    entry = factories.last_use()
    assert (entry.outcome, entry.conclusion, factories.subjects_of(entry)) == ("allowed", reasons[0], [])


def test_a_number_that_several_share_means_nobody_unless_the_subscriber_is_asked_for() -> None:
    factories.a_covered_member("N1", subscriber_number="P1")
    factories.a_covered_member("N2", subscriber_number="P1", relationship="19", birth_date=CHILD_BIRTH)
    by = ByFacts(facts("P1", born=None))
    assert why_not(by) == (NoAnswer.SEVERAL_FOUND,)
    assert told(replace(by, is_subscriber=True)).eligibility.person.member_id == "N1"


def test_somebody_without_dependents_has_none() -> None:
    factories.a_covered_member("S1", subscriber_number="S1")
    by = ByFacts(facts(), dependent=Facts(first_name="Ngozi"))
    assert why_not(by) == (NoAnswer.DEPENDENT_NOT_FOUND,)


def test_one_question_is_one_use() -> None:
    factories.a_covered_member("N1001")
    factories.a_version()
    before = factories.last_use().pk
    answer = ask("N1001", with_benefits=True)
    entry = factories.last_use()
    assert isinstance(answer, Answered)
    assert entry.pk == before + 1
    assert (entry.reference, entry.conclusion) == (answer.reference, Verdict.ACTIVE)
    assert (entry.machine_id, entry.door, entry.function) == (5, "x12", "eligibility")
    assert factories.subjects_of(entry) == [("member", "N1001"), ("benefits", "7QX")]


def test_several_are_told_of_only_to_those_who_can_tell_them_apart() -> None:
    a_family()
    assert why_not("S1") == (NoAnswer.SEVERAL_FOUND,)
    answer = ask("S1", most=20)
    assert isinstance(answer, Answered)
    assert [one.eligibility.person.member_id for one in answer.told] == ["S1", "N2", "N3"]
    assert factories.last_use().conclusion == "several"


def test_a_key_finds_the_same_person_again() -> None:
    member = factories.a_covered_member("N1001")
    first = told("N1001")
    again, by_span = told(ByKey(first.key)), told(ByCoverageKey(first.spans[0].key))
    assert first.eligibility.person == again.eligibility.person == by_span.eligibility.person
    assert (first.key, first.spans) == (again.key, again.spans) == (by_span.key, by_span.spans)
    assert str(member.pk) not in (first.key, first.spans[0].key)


def test_spans_are_told_newest_first_the_deciding_one_among_them() -> None:
    member = factories.a_covered_member("N1001", HMO)
    factories.a_coverage(
        member, PPO, Period(date(2025, 1, 1), date(2025, 12, 31)), plan_code="PP1", product="PPO"
    )
    factories.a_coverage(member, MEDI_CAL, Period(date(2027, 1, 1)), plan_code="MC1", product="HM")
    one = told("N1001")
    assert [span.span.plan_code for span in one.spans] == ["MC1", "7QX", "PP1"]
    assert one.spans[1].span == one.eligibility.coverage
    assert len({span.key for span in one.spans}) == 3


def test_a_line_not_granted_is_not_found_by_any_way() -> None:
    a_family()
    only = software(held=factories.front_desk(lines=frozenset({MEDI_CAL})).held)
    key = told(ByFacts(facts())).key
    for by in (ByFacts(facts()), ByKey(key), ByFacts(facts(), dependent=Facts(first_name="Ngozi"))):
        assert why_not(by, actor=only)[0] in (NoAnswer.MEMBER_ID_NOT_FOUND, NoAnswer.KEY_NOT_FOUND)


def test_amounts_are_told_where_benefits_are_granted_in_the_line() -> None:
    member = factories.a_covered_member("N1001")
    factories.a_version()
    factories.used(member, "deductible", 200)
    one = told("N1001", with_benefits=True)
    assert one.benefits is not None
    assert one.accumulators is not None
    assert [service.service_type for service in one.benefits.services] == ["98", "AE"]
    assert one.accumulators.meters[0].remaining == 1300
    assert told("N1001").benefits is None


def test_without_a_grant_of_benefits_the_status_is_told_and_why_not_more() -> None:
    factories.a_covered_member("N1001")
    factories.a_version()
    only = software(held=factories.front_desk(functions=(Function.ELIGIBILITY,)).held)
    one = told("N1001", actor=only, with_benefits=True)
    assert one.eligibility.verdict is Verdict.ACTIVE
    assert (one.benefits, one.accumulators) == (None, None)
    assert one.benefits_refused is not None
    assert one.benefits_refused.reasons == (Reason.FUNCTION_NOT_GRANTED,)
    assert factories.subjects_of(factories.last_use()) == [("member", "N1001")]


def test_who_may_not_ask_is_refused_with_one_row() -> None:
    before = factories.last_use().pk
    with pytest.raises(NotPermitted) as refusal:
        ask("N1001", actor=factories.administrator())
    entry = factories.last_use()
    assert (entry.pk, entry.outcome, entry.reference) == (before + 1, "denied", refusal.value.reference)


def missed_before(count: int, by: str) -> None:
    """The software has missed so often a moment ago."""
    at = factories.AT - timedelta(seconds=1)
    models.Miss.objects.bulk_create([models.Miss(machine_id=5, by=by, at=at)] * count)


def test_a_machine_that_guesses_ssns_has_to_wait_and_no_other_does() -> None:
    factories.a_covered_member("N1001", ssn="900123456")
    missed_before(rules.SSN_MISSES_AN_HOUR - 1, "ssn")
    assert why_not(BySsn("900654321", BIRTH)) == (NoAnswer.SSN_NOT_FOUND,)
    assert why_not(BySsn("900123456", BIRTH)) == (NoAnswer.SLOW_DOWN,)
    assert why_not(ByFacts(Facts(ssn="900123456", birth_date=BIRTH))) == (NoAnswer.SLOW_DOWN,)
    other, later = software(machine_id=6), software(asked_at=factories.AT + timedelta(minutes=61))
    assert told(BySsn("900123456", BIRTH), actor=other).eligibility.person.member_id == "N1001"
    assert told(BySsn("900123456", BIRTH), actor=later).eligibility.person.member_id == "N1001"


def test_a_machine_that_guesses_ids_has_to_wait_after_more_misses_than_a_person() -> None:
    factories.a_covered_member("N1001")
    missed_before(rules.FREE_MISSES_OF_MACHINES - 1, "member_id")
    assert why_not("X1") == (NoAnswer.MEMBER_ID_NOT_FOUND,)
    assert why_not("X2") == (NoAnswer.MEMBER_ID_NOT_FOUND,)
    assert why_not("N1001") == (NoAnswer.SLOW_DOWN,)


def test_whoever_sends_two_facts_may_miss_as_often_as_he_likes() -> None:
    missed_before(rules.FREE_MISSES_OF_MACHINES + 1, "member_id")
    assert why_not(ByFacts(facts("X1"))) == (NoAnswer.MEMBER_ID_NOT_FOUND,)


def test_a_whole_answer_costs_few_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    member = factories.a_covered_member("N1001")
    factories.a_version()
    factories.used(member, "deductible", 200)
    with django_assert_max_num_queries(TRANSACTION + 22):
        told("N1001", with_benefits=True)
