"""Finding people: three ways, who is offered, what is refused, and that a miss says nothing."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries, Settings

from portico.domains.members import eligibility, lookups, models, search
from portico.domains.members.answers import Found, Verdict
from portico.domains.members.asked import ByName, BySsn, NoAnswer, NotAnswered, SearchBy
from portico.domains.members.tests import factories
from portico.domains.members.tests.factories import HMO, MEDI_CAL, PPO
from portico.domains.permits.actors import visitor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.reasons import Reason
from portico.shared.identifiers import BadIdentifier

pytestmark = pytest.mark.usefixtures("plan")

TRANSACTION = 2  # the savepoint a permit is in a test: in operation BEGIN and COMMIT
BIRTH = date(1984, 5, 6)
SSN = "900-12-3456"


def found(by: SearchBy | str, **asked: object) -> Found:
    """What our front desk finds."""
    answer = search.find(actor=factories.front_desk(), inquiry=factories.inquiry(by, **asked))  # type: ignore[arg-type]
    assert isinstance(answer, Found)
    return answer


def missed(by: SearchBy | str, actor: object = None, **asked: object) -> NotAnswered:
    """Why our front desk finds nobody."""
    asking = actor or factories.front_desk()
    answer = search.find(actor=asking, inquiry=factories.inquiry(by, **asked))  # type: ignore[arg-type]
    assert isinstance(answer, NotAnswered)
    return answer


def ids(answer: Found) -> list[str]:
    """The member IDs of those found."""
    return [candidate.member_id for candidate in answer.candidates]


def test_a_persons_own_id_finds_that_person() -> None:
    factories.a_covered_member("N1001", subscriber_number="S1")
    factories.a_covered_member("N1002", subscriber_number="S1", relationship="01")
    answer = found(" n10-02 ")
    assert (ids(answer), answer.chosen) == (["N1002"], True)
    assert answer.candidates[0].verdict is Verdict.ACTIVE


def test_a_subscriber_number_offers_everybody_on_the_policy_the_subscriber_first() -> None:
    factories.a_covered_member(
        "N1003", subscriber_number="S1", relationship="19", birth_date=date(2015, 1, 1)
    )
    factories.a_covered_member(
        "N1002", subscriber_number="S1", relationship="01", birth_date=date(1986, 1, 1)
    )
    factories.a_covered_member("N1001", subscriber_number="S1")
    answer = found("S1")
    assert (ids(answer), answer.chosen) == (["N1001", "N1002", "N1003"], False)
    assert [candidate.key for candidate in answer.candidates] == ["0", "1", "2"]


def test_an_own_id_that_is_the_subscriber_number_too_offers_the_policy() -> None:
    factories.a_covered_member("S1", subscriber_number="S1")
    factories.a_covered_member("S101", subscriber_number="S1", relationship="19")
    assert ids(found("S1")) == ["S1", "S101"]


def test_only_those_on_the_policy_whom_the_office_may_see_are_offered() -> None:
    factories.a_covered_member("N1001", PPO, subscriber_number="S1")
    factories.a_covered_member("N1002", MEDI_CAL, subscriber_number="S1", relationship="19")
    actor = factories.front_desk(lines=frozenset({PPO}))
    answer = search.find(actor=actor, inquiry=factories.inquiry("S1"))
    assert isinstance(answer, Found)
    assert (ids(answer), answer.chosen) == (["N1001"], True)


def test_a_person_without_any_coverage_is_found_and_not_covered() -> None:
    factories.a_member("N1001")
    assert found("N1001", line=HMO).candidates[0].verdict is Verdict.NOT_COVERED


def test_an_ssn_finds_with_the_right_birth_date_only() -> None:
    factories.a_covered_member("N1001", ssn="900123456")
    assert ids(found(BySsn(SSN, BIRTH))) == ["N1001"]
    assert missed(BySsn(SSN, date(1984, 6, 5))).reason is NoAnswer.SSN_NOT_FOUND
    assert missed(BySsn("900-12-3457", BIRTH)).reason is NoAnswer.SSN_NOT_FOUND


def test_an_ssn_does_not_find_somebody_whose_birth_date_is_unknown() -> None:
    factories.a_covered_member("N1001", ssn="900123456", birth_date=None)
    assert missed(BySsn(SSN, BIRTH)).reason is NoAnswer.SSN_NOT_FOUND


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("O'Brien", "obrien"),
        ("García-López", "GARCIA LOPEZ"),
        ("Wright Jr.", "Wright"),
        ("Ivey", "ivey"),
    ],
)
def test_names_match_whatever_their_signs_and_suffixes(stored: str, typed: str) -> None:
    factories.a_covered_member("N1001", last_name=stored)
    assert ids(found(ByName(typed, BIRTH))) == ["N1001"]


def test_a_first_name_or_its_beginning_tells_twins_apart() -> None:
    for member_id, first_name in (("N1001", "Ana"), ("N1002", "Bea")):
        factories.a_covered_member(member_id, last_name="Ruiz", first_name=first_name)
    assert ids(found(ByName("Ruiz", BIRTH))) == ["N1001", "N1002"]
    assert ids(found(ByName("Ruiz", BIRTH, "be"))) == ["N1002"]
    assert missed(ByName("Ruiz", BIRTH, "Beatrix")).reason is NoAnswer.NAME_NOT_FOUND
    assert missed(ByName("Ruiz", date(1984, 5, 7))).reason is NoAnswer.NAME_NOT_FOUND


def test_more_than_twenty_people_are_too_many() -> None:
    for number in range(21):
        factories.a_covered_member(f"N{number:04}", last_name="Ruiz", first_name=f"A{number}")
    assert missed(ByName("Ruiz", BIRTH)) == NotAnswered(NoAnswer.TOO_MANY)
    models.Member.objects.filter(member_id="N0020").delete()
    assert len(found(ByName("Ruiz", BIRTH)).candidates) == 20
    assert not models.Miss.objects.exists()


def test_a_member_of_a_line_not_granted_is_not_found_in_the_same_words_by_the_same_work() -> None:
    factories.a_covered_member("N1001", MEDI_CAL, ssn="900123456", last_name="Ruiz")
    actor = factories.front_desk(lines=frozenset({PPO, HMO}))
    pairs: list[tuple[SearchBy | str, SearchBy | str]] = [
        ("N1001", "N9999"),
        (BySsn(SSN, BIRTH), BySsn("900-99-9999", BIRTH)),
        (ByName("Ruiz", BIRTH), ByName("Nobody", BIRTH)),
    ]
    for existing, unknown in pairs:
        with CaptureQueriesContext(connection) as hidden:
            answer = missed(existing, actor)
        with CaptureQueriesContext(connection) as nobody:
            assert missed(unknown, actor) == answer
        assert answer.lines_searched == (HMO, PPO)
        assert len(hidden) == len(nobody)
        assert factories.subjects_of(factories.last_use()) == []


def test_the_line_asked_for_limits_the_search_and_the_hint() -> None:
    factories.a_covered_member("N1001", MEDI_CAL)
    answer = missed("N1001", line=PPO)
    assert (answer.reason, answer.lines_searched) == (NoAnswer.MEMBER_ID_NOT_FOUND, (PPO,))


def test_a_grant_of_every_line_hints_at_all_of_the_plans() -> None:
    assert missed("N9999").lines_searched == (HMO, PPO, MEDI_CAL)


@pytest.mark.parametrize(
    ("as_of", "reason"),
    [(date(2025, 3, 11), NoAnswer.TOO_EARLY), (date(2026, 4, 1), NoAnswer.TOO_LATE)],
)
def test_a_day_out_of_range_names_the_range(as_of: date, reason: NoAnswer) -> None:
    answer = missed("N1001", as_of=as_of)
    assert answer == NotAnswered(reason, earliest=date(2025, 3, 12), latest=date(2026, 3, 31))
    assert factories.last_use().conclusion == reason


def test_a_plan_may_let_offices_ask_further(settings: Settings) -> None:
    factories.a_covered_member("N1001")
    settings.AS_OF_MONTHS_BACK, settings.AS_OF_MONTHS_AHEAD = 24, 1
    assert found("N1001", as_of=date(2024, 3, 12)).chosen
    assert found("N1001", as_of=date(2026, 4, 30)).chosen


def test_a_plan_may_switch_off_searching_by_ssn(settings: Settings) -> None:
    factories.a_covered_member("N1001", ssn="900123456")
    settings.SSN_SEARCH = False
    assert missed(BySsn(SSN, BIRTH)) == NotAnswered(NoAnswer.SSN_SEARCH_OFF)


def test_repeated_misses_slow_down_known_and_unknown_alike() -> None:
    factories.a_covered_member("N1001")
    for _ in range(10):
        missed("N9999")
    known, unknown = missed("N1001"), missed("N9999")
    assert known == unknown == NotAnswered(NoAnswer.SLOW_DOWN, again_at=factories.AT + timedelta(seconds=2))
    later = factories.front_desk(asked_at=factories.AT + timedelta(seconds=2))
    assert isinstance(search.find(actor=later, inquiry=factories.inquiry("N1001")), Found)


def test_one_users_misses_do_not_slow_another() -> None:
    for _ in range(12):
        missed("N9999")
    assert missed("N9999", factories.front_desk(persona_id=99)).reason is NoAnswer.MEMBER_ID_NOT_FOUND


def test_twenty_misses_by_ssn_end_searching_by_ssn_for_the_hour() -> None:
    factories.a_covered_member("N1001", ssn="900123456")
    start = factories.AT
    for minute in range(0, 100, 5):
        models.Miss.objects.create(user_id=70, by="ssn", at=start + timedelta(minutes=minute / 2))
    actor = factories.front_desk(asked_at=start + timedelta(minutes=58))
    answer = missed(BySsn(SSN, BIRTH), actor)
    assert answer == NotAnswered(NoAnswer.SLOW_DOWN, again_at=start + timedelta(hours=1))
    assert isinstance(search.find(actor=actor, inquiry=factories.inquiry("N1001")), Found)


def test_misses_that_no_longer_count_are_forgotten() -> None:
    models.Miss.objects.create(user_id=70, by="ssn", at=factories.AT - timedelta(hours=1))
    missed("N9999")
    assert list(models.Miss.objects.values_list("by", flat=True)) == ["member_id"]


def test_a_machine_is_not_slowed_down_here() -> None:
    machine = replace(factories.front_desk(), user_id=None, persona_id=None, machine_id=3)
    for _ in range(12):
        assert missed("N9999", machine).reason is NoAnswer.MEMBER_ID_NOT_FOUND


@pytest.mark.parametrize(
    "by", ["!", BySsn("000-12-3456", BIRTH), BySsn("12", BIRTH), ByName("-", BIRTH), ByName("…", BIRTH)]
)
def test_what_cannot_be_an_identifier_is_no_question(by: SearchBy | str) -> None:
    with pytest.raises(BadIdentifier):
        search.find(actor=factories.front_desk(), inquiry=factories.inquiry(by))
    assert not models.Miss.objects.exists()


@pytest.mark.parametrize(
    ("actor", "asked", "reason"),
    [
        (factories.administrator(), {}, Reason.ADMINISTRATOR_HAS_NO_PHI),
        (factories.front_desk(functions=(Function.BENEFITS,)), {}, Reason.FUNCTION_NOT_GRANTED),
        (factories.front_desk(), {"tax_id": factories.STRANGERS}, Reason.TAX_ID_NOT_GRANTED),
        (factories.front_desk(), {"tax_id": factories.ALSO_OURS}, Reason.TAX_ID_NOT_GRANTED),
        (factories.front_desk(lines=frozenset({PPO})), {"line": HMO}, Reason.LINE_NOT_GRANTED),
        (factories.plan_staff(), {}, Reason.FUNCTION_NOT_GRANTED),
        (visitor(asked_at=factories.AT, today=factories.TODAY), {}, Reason.NOT_SIGNED_IN),
    ],
)
def test_who_may_not_search_is_told_why_before_anybody_is_looked_for(
    actor: object, asked: dict[str, str], reason: Reason
) -> None:
    factories.a_covered_member("N1001")
    with pytest.raises(NotPermitted) as refused:
        search.find(actor=actor, inquiry=factories.inquiry("N1001", **asked))  # type: ignore[arg-type]
    assert refused.value.decision.reasons == (reason,)
    entry = factories.last_use()
    assert (entry.outcome, entry.reasons, entry.function) == ("denied", [reason], "eligibility")
    assert not models.Lookup.objects.exists()


def test_a_search_writes_one_audit_row_with_everybody_it_showed() -> None:
    for member_id in ("N1001", "N1002"):
        factories.a_covered_member(member_id, subscriber_number="S1")
    found("S1")
    entry = factories.last_use()
    assert (entry.outcome, entry.conclusion, entry.tax_id) == ("allowed", "several", factories.OURS)
    assert factories.subjects_of(entry) == [("member", "N1001"), ("member", "N1002")]


def test_finding_one_person_costs_six_queries_and_one_more_by_ssn(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    factories.a_covered_member("N1001", ssn="900123456", last_name="Ruiz")
    for by, turn in (("N1001", 0), (BySsn(SSN, BIRTH), 1), (ByName("Ruiz", BIRTH), 0)):
        # the turn of an SSN, misses, member, coverage, lookup, audit row and subject
        with django_assert_num_queries(TRANSACTION + turn + 6):
            found(by)


def test_finding_a_family_costs_no_more(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(8):
        factories.a_covered_member(f"N100{number}", subscriber_number="S1")
    with django_assert_num_queries(TRANSACTION + 6):
        found("S1")


def test_finding_nobody_costs_six_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(TRANSACTION + 6):  # misses, members, old misses, miss, lines, audit row
        missed("N9999")


def a_family() -> UUID:
    """The lookup of two people on a policy."""
    factories.a_covered_member("N1001", subscriber_number="S1")
    factories.a_covered_member("N1002", subscriber_number="S1", relationship="19")
    return found("S1").lookup


def test_one_of_several_is_chosen_by_a_key_that_says_nothing() -> None:
    first = a_family()
    chosen = search.choose(actor=factories.front_desk(), lookup=first, key="1")
    assert factories.subjects_of(factories.last_use()) == [("member", "N1002")]
    assert eligibility.of(actor=factories.front_desk(), lookup=chosen).person.member_id == "N1002"
    with pytest.raises(search.NotChosen):
        eligibility.of(actor=factories.front_desk(), lookup=first)


@pytest.mark.parametrize("key", ["2", "-1", "", "x", "١", "9" * 400, "01"])
def test_a_key_nobody_was_offered_is_not_found(key: str) -> None:
    lookup = a_family()
    with pytest.raises(search.LookupNotFound):
        search.choose(actor=factories.front_desk(), lookup=lookup, key=key)
    assert factories.subjects_of(factories.last_use()) == []


def test_choosing_costs_six_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    lookup = a_family()
    with django_assert_num_queries(
        TRANSACTION + 6
    ):  # lookup, member, coverage, lookup, audit row and subject
        search.choose(actor=factories.front_desk(), lookup=lookup, key="0")


def test_a_lookup_of_somebody_else_is_as_unknown_as_one_that_never_was() -> None:
    lookup = a_family()
    colleague = factories.front_desk(persona_id=99)
    for actor, asked in ((colleague, lookup), (factories.front_desk(), uuid4())):
        with pytest.raises(search.LookupNotFound) as unknown:
            search.choose(actor=actor, lookup=asked, key="0")
        assert unknown.value.reason is None
        with pytest.raises(search.LookupNotFound):
            search.move(actor=actor, lookup=asked, as_of=factories.TODAY)


def test_a_lookup_lives_for_twelve_hours() -> None:
    lookup = a_family()
    just_in_time = factories.front_desk(asked_at=factories.AT + timedelta(hours=12))
    assert search.choose(actor=just_in_time, lookup=lookup, key="0") != lookup
    too_late = factories.front_desk(asked_at=factories.AT + timedelta(hours=12, seconds=1))
    with pytest.raises(search.LookupNotFound) as expired:
        search.choose(actor=too_late, lookup=lookup, key="0")
    assert expired.value.reason is NoAnswer.EXPIRED


def test_a_choice_is_decided_anew() -> None:
    lookup = a_family()
    with pytest.raises(NotPermitted):
        search.choose(actor=factories.front_desk(functions=()), lookup=lookup, key="0")
    with pytest.raises(search.LookupNotFound):
        search.choose(actor=factories.front_desk(lines=frozenset({PPO})), lookup=lookup, key="0")


def test_the_same_person_on_another_day_is_a_lookup_of_its_own() -> None:
    factories.a_covered_member("N1001")
    first = found("N1001").lookup
    moved = search.move(actor=factories.front_desk(), lookup=first, as_of=date(2025, 12, 31))
    assert isinstance(moved, UUID)
    assert moved != first
    assert eligibility.of(actor=factories.front_desk(), lookup=moved).verdict is Verdict.NOT_YET_ACTIVE
    assert eligibility.of(actor=factories.front_desk(), lookup=first).verdict is Verdict.ACTIVE


def test_a_lookup_is_not_moved_out_of_range() -> None:
    factories.a_covered_member("N1001")
    first = found("N1001").lookup
    moved = search.move(actor=factories.front_desk(), lookup=first, as_of=date(2026, 4, 1))
    assert moved == NotAnswered(NoAnswer.TOO_LATE, earliest=date(2025, 3, 12), latest=date(2026, 3, 31))


def test_the_database_refuses_a_lookup_that_belongs_to_nobody() -> None:
    with pytest.raises(Exception, match="lookup_has_an_owner"):
        models.Lookup.objects.create(tax_id=factories.OURS, as_of=factories.TODAY, created_at=factories.AT)


def test_a_machine_owns_what_it_looked_up() -> None:
    machine = replace(factories.front_desk(), user_id=None, persona_id=None, machine_id=3)
    factories.a_covered_member("N1001")
    answer = search.find(actor=machine, inquiry=factories.inquiry("N1001"))
    assert isinstance(answer, Found)
    assert lookups.owned(machine, answer.lookup).machine_id == 3
    with pytest.raises(search.LookupNotFound):
        lookups.owned(replace(machine, machine_id=4), answer.lookup)
