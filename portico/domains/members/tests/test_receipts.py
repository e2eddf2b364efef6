"""Receipts: given once, read by the office that holds them, verified by the plan, touched by changes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from pytest_django import DjangoAssertNumQueries

from portico.domains.members import eligibility, lookups, models, receipts, search
from portico.domains.members.answers import Verdict
from portico.domains.members.papers import ReceiptFacts
from portico.domains.members.tests import factories
from portico.domains.members.tests.asking import looked_up
from portico.domains.members.tests.factories import HMO, MEDI_CAL, PPO
from portico.domains.permits.functions import Desk, Function
from portico.domains.permits.permit import NotPermitted, permit
from portico.domains.permits.reasons import Reason
from portico.shared import references
from portico.shared.periods import Period

pytestmark = pytest.mark.usefixtures("plan")

TRANSACTION = 2
FRONT_DESK = factories.front_desk()
STAFF = factories.plan_staff()
SSN = "900123456"


@pytest.fixture
def member(plan: None) -> models.Member:
    """Somebody covered in the PPO, who has a PCP."""
    factories.an_office()
    member = factories.a_covered_member("N1001", PPO, ssn=SSN)
    factories.a_pcp(member, "", "", name="Dr Ines Duarte")
    return member


@pytest.fixture
def receipt(member: models.Member) -> ReceiptFacts:
    """A receipt our front desk took."""
    return receipts.give(actor=FRONT_DESK, lookup=looked_up())


def lookup_of(receipt: ReceiptFacts) -> UUID:
    """The lookup a receipt was given for."""
    lookup = models.Receipt.objects.get(reference=receipt.reference).lookup_id
    assert lookup is not None
    return lookup


def load_changes(members: Sequence[models.Member], at_minute: int = 1) -> int:
    """What a loader does after it changed the coverage of these members."""
    later = replace(factories.loader(), asked_at=factories.AT + timedelta(minutes=at_minute))
    with permit(later, Function.LOADING) as given:
        return receipts.note_retroactive_change(given, [member.pk for member in members])


def told() -> list[tuple[str, Any]]:
    """The notices our office has."""
    notices = apps.get_model("notifications", "Notice").objects.filter(office_id=factories.OFFICE_ID)
    return list(notices.order_by("pk").values_list("kind", "context"))


def mailed() -> list[tuple[str, str, Any]]:
    """The mails waiting to go out."""
    return list(apps.get_model("notifications", "Message").objects.values_list("to", "template", "context"))


def test_a_receipt_says_what_was_answered(receipt: ReceiptFacts) -> None:
    lookup = lookup_of(receipt)
    answer = eligibility.of(actor=FRONT_DESK, lookup=lookup)
    assert (receipt.verdict, receipt.as_of, receipt.asked_at) == (answer.verdict, answer.as_of, factories.AT)
    assert (receipt.coverage, receipt.pcp, receipt.data_as_of) == (
        answer.coverage,
        answer.pcp,
        answer.data_as_of,
    )
    assert receipt.person == replace(answer.person, ssn_masked="")
    assert (receipt.office_name, receipt.tax_id) == ("Lakeside Family Practice", factories.OURS)
    assert (receipt.holds, receipt.changed_at, receipt.changed_to) == (True, None, "")
    assert references.parse(receipt.reference) == receipt.reference


def test_a_receipt_keeps_no_ssn(receipt: ReceiptFacts) -> None:
    content = str(models.Receipt.objects.get().content)
    assert SSN not in content
    assert SSN[-4:] not in content


def test_a_lookup_gives_one_receipt_however_often_it_is_asked(receipt: ReceiptFacts) -> None:
    lookup = lookup_of(receipt)
    models.Coverage.objects.update(last_on=date(2026, 2, 28))
    assert receipts.give(actor=FRONT_DESK, lookup=lookup) == receipt
    assert factories.last_use().conclusion == "given_before"
    assert models.Receipt.objects.count() == 1


def test_a_receipt_of_somebody_without_coverage_can_be_taken(member: models.Member) -> None:
    models.Coverage.objects.all().delete()
    receipt = receipts.give(actor=FRONT_DESK, lookup=looked_up())
    assert (receipt.verdict, receipt.coverage) == (Verdict.NOT_COVERED, None)
    narrow = factories.front_desk(lines=frozenset({HMO}))
    assert receipts.read(actor=narrow, reference=receipt.reference) == receipt


def test_giving_a_receipt_is_refused_like_the_answer(member: models.Member) -> None:
    lookup = looked_up()
    with pytest.raises(NotPermitted):
        receipts.give(actor=factories.front_desk(functions=(Function.BENEFITS,)), lookup=lookup)
    with pytest.raises(lookups.LookupNotFound):
        receipts.give(actor=factories.front_desk(persona_id=99), lookup=lookup)
    with pytest.raises(lookups.LookupNotFound):
        receipts.give(actor=factories.front_desk(lines=frozenset({HMO})), lookup=lookup)
    assert not models.Receipt.objects.exists()


def test_several_people_get_no_receipt_before_one_is_chosen(member: models.Member) -> None:
    factories.a_covered_member("N1002", PPO, subscriber_number=member.subscriber_number)
    found = search.find(actor=FRONT_DESK, inquiry=factories.inquiry(member.subscriber_number))
    with pytest.raises(lookups.NotChosen):
        receipts.give(actor=FRONT_DESK, lookup=found.lookup)  # type: ignore[union-attr]


def test_the_office_reads_what_it_holds_however_the_reference_is_typed(receipt: ReceiptFacts) -> None:
    typed = " ".join((receipt.reference[:5], receipt.reference[5:])).lower()
    colleague = factories.front_desk(persona_id=99)
    assert receipts.read(actor=colleague, reference=typed) == receipt
    entry = factories.last_use()
    assert (entry.conclusion, factories.subjects_of(entry)) == ("receipt", [("member", "N1001")])


@pytest.mark.parametrize(
    "actor",
    [
        factories.front_desk(office_id=42),
        factories.front_desk(tax_ids=(factories.ALSO_OURS,)),
        factories.front_desk(lines=frozenset({HMO, MEDI_CAL})),
    ],
)
def test_a_receipt_out_of_reach_is_as_unknown_as_one_that_never_was(
    actor: Any, receipt: ReceiptFacts
) -> None:
    for reference in (receipt.reference, references.new(), "nonsense"):
        with pytest.raises(receipts.ReceiptNotFound):
            receipts.read(actor=actor, reference=reference)
        assert (factories.last_use().conclusion, factories.subjects_of(factories.last_use())) == (
            "not_found",
            [],
        )
    assert receipts.recent(actor=actor).rows == ()


def test_an_administrator_reads_no_receipt(receipt: ReceiptFacts) -> None:
    for ask in (
        lambda: receipts.read(actor=factories.administrator(), reference=receipt.reference),
        lambda: receipts.recent(actor=factories.administrator()),
    ):
        with pytest.raises(NotPermitted) as refused:
            ask()
        assert refused.value.decision.reasons == (Reason.ADMINISTRATOR_HAS_NO_PHI,)


def test_receipts_are_listed_newest_first_page_by_page(member: models.Member) -> None:
    given = [receipts.give(actor=FRONT_DESK, lookup=looked_up()).reference for _ in range(5)]
    first = receipts.recent(actor=FRONT_DESK, size=2)
    assert [row.reference for row in first.rows] == given[:2:-1]
    second = receipts.recent(actor=FRONT_DESK, size=2, after=first.next_key or "")
    last = receipts.recent(actor=FRONT_DESK, size=2, after=second.next_key or "")
    assert [row.reference for row in (*second.rows, *last.rows)] == given[2::-1]
    assert last.next_key is None
    assert receipts.recent(actor=FRONT_DESK, after="x").rows[0].reference == given[-1]


def test_plan_staff_verify_a_receipt_of_any_office(receipt: ReceiptFacts) -> None:
    assert receipts.verify(actor=STAFF, reference=receipt.reference) == receipt
    entry = factories.last_use()
    assert (entry.function, entry.conclusion) == ("receipt_verification", "receipt")
    assert factories.subjects_of(entry) == [("member", "N1001")]


@pytest.mark.parametrize("reference", ["", "x", "0" * 16 + "1"])
def test_a_reference_nobody_gave_or_mistyped_verifies_nothing(reference: str, receipt: ReceiptFacts) -> None:
    assert receipts.verify(actor=STAFF, reference=reference) is None
    mistyped = receipt.reference[:-2] + ("0" if receipt.reference[-2] != "0" else "1") + receipt.reference[-1]
    assert receipts.verify(actor=STAFF, reference=mistyped) is None
    assert factories.last_use().conclusion == "not_found"


@pytest.mark.parametrize("actor", [FRONT_DESK, factories.administrator(), factories.plan_staff(Desk.SUPPORT)])
def test_only_the_desks_concerned_verify(actor: Any, receipt: ReceiptFacts) -> None:
    with pytest.raises(NotPermitted):
        receipts.verify(actor=actor, reference=receipt.reference)


@pytest.mark.parametrize(
    ("key", "value"), [("verdict", "terminated"), ("as_of", "2026-03-13"), ("office_name", "Another office")]
)
def test_a_receipt_altered_in_the_database_does_not_hold(key: str, value: str, receipt: ReceiptFacts) -> None:
    row = models.Receipt.objects.get()
    models.Receipt.objects.update(content={**row.content, key: value})
    found = receipts.verify(actor=STAFF, reference=receipt.reference)
    assert found is not None
    assert not found.holds
    assert factories.last_use().conclusion == "receipt_altered"


def test_a_retroactive_termination_marks_the_receipt_and_tells_the_office(
    member: models.Member, receipt: ReceiptFacts
) -> None:
    models.Coverage.objects.update(last_on=date(2026, 2, 28))
    assert load_changes([member]) == 1
    changed = receipts.verify(actor=STAFF, reference=receipt.reference)
    assert changed is not None
    assert (changed.verdict, changed.changed_to, changed.holds) == (Verdict.ACTIVE, Verdict.TERMINATED, True)
    assert changed.changed_at == factories.AT + timedelta(minutes=1)
    assert told() == [("receipt_changed", {"reference": receipt.reference})]
    assert mailed() == [("office@example.org", "new_notices", {"count": 1})]


def test_a_change_that_leaves_the_verdict_of_the_day_tells_nobody(
    member: models.Member, receipt: ReceiptFacts
) -> None:
    models.Coverage.objects.update(last_on=factories.TODAY)
    assert load_changes([member]) == 0
    assert (told(), mailed()) == ([], [])


def test_a_change_told_once_is_not_told_again(member: models.Member, receipt: ReceiptFacts) -> None:
    models.Coverage.objects.update(last_on=date(2026, 2, 28))
    assert [load_changes([member]), load_changes([member], 2)] == [1, 0]
    assert len(told()) == 1


def test_a_change_taken_back_is_told_too(member: models.Member, receipt: ReceiptFacts) -> None:
    models.Coverage.objects.update(last_on=date(2026, 2, 28))
    load_changes([member])
    models.Coverage.objects.update(last_on=None)
    assert load_changes([member], 2) == 1
    again = receipts.read(actor=FRONT_DESK, reference=receipt.reference)
    assert (again.verdict, again.changed_to) == (Verdict.ACTIVE, Verdict.ACTIVE)
    assert len(told()) == 2


def test_a_change_in_a_line_the_office_could_not_see_does_not_touch_its_receipt(
    member: models.Member,
) -> None:
    factories.a_coverage(member, MEDI_CAL, Period(date(2026, 3, 1)))
    narrow = factories.front_desk(lines=frozenset({PPO}))
    receipts.give(actor=narrow, lookup=looked_up(actor=narrow))
    models.Coverage.objects.filter(line__code=MEDI_CAL).update(last_on=date(2026, 3, 2))
    assert load_changes([member]) == 0


def test_an_office_with_many_receipts_gets_one_mail(member: models.Member) -> None:
    for _ in range(3):
        receipts.give(actor=FRONT_DESK, lookup=looked_up())
    models.Coverage.objects.all().delete()
    assert load_changes([member]) == 3
    assert len(told()) == 3
    assert mailed() == [("office@example.org", "new_notices", {"count": 3})]


def test_whoever_has_the_offices_address_may_do_without_the_mail_and_is_told_in_the_portal(
    member: models.Member, receipt: ReceiptFacts
) -> None:
    apps.get_model("accounts", "User").objects.create(
        username="solo", email="Office@example.org", mails_off=["new_notices"], created_at=factories.AT
    )
    models.Coverage.objects.all().delete()
    assert load_changes([member]) == 1
    assert (len(told()), mailed()) == (1, [])


def test_an_office_without_an_address_is_told_in_the_portal_only(
    member: models.Member, receipt: ReceiptFacts
) -> None:
    apps.get_model("offices", "Office").objects.update(contact_email="")
    models.Coverage.objects.all().delete()
    assert load_changes([member]) == 1
    assert (len(told()), mailed()) == (1, [])


def test_a_member_with_a_receipt_cannot_be_deleted_under_it(
    member: models.Member, receipt: ReceiptFacts
) -> None:
    with pytest.raises(Exception, match="protected"):
        member.delete()


def test_what_receipts_cost(member: models.Member, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    lookup: UUID = looked_up()
    # Lookup, coverage, lock, receipt, plan, line, PCP, freshness, office, new receipt, audit row, subject.
    with django_assert_num_queries(TRANSACTION + 12):
        given = receipts.give(actor=FRONT_DESK, lookup=lookup)
    with django_assert_num_queries(TRANSACTION + 3):  # receipt with member, audit row and subject
        receipts.read(actor=FRONT_DESK, reference=given.reference)
    with django_assert_num_queries(TRANSACTION + 3):
        receipts.recent(actor=FRONT_DESK)


def test_a_load_that_touches_no_receipt_costs_one_query(
    member: models.Member, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with permit(factories.loader(), Function.LOADING) as given, django_assert_num_queries(1):
        assert receipts.note_retroactive_change(given, [member.pk]) == 0
