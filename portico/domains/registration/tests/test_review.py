"""The desk's queue and its cases: what is listed, who sees it, and all that one case holds."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portico.domains.permits.functions import Desk
from portico.domains.permits.permit import NotPermitted
from portico.domains.registration import deciding, models, review, review_queue, transaction_ids
from portico.domains.registration.claims import Field
from portico.domains.registration.deciding_rules import Back
from portico.domains.registration.review import Assigned, Which
from portico.domains.registration.tests import deciding_on, registering
from portico.domains.registration.tests.deciding_on import ana, ben, case, row
from portico.domains.registration.tests.registering import CLAIM, HOSPITAL, NOW, last_use
from tests.support import actors as people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plan() -> None:
    registering.a_plan()


def listed(which: Which = Which.ALL, **says: Any) -> list[int]:
    """The numbers of what is listed."""
    queue = review.queue(actor=ana(), which=which, **says)
    assert queue.counts[which] >= len(queue.page.rows)
    return [each.number for each in queue.page.rows]


def sent_back(number: int) -> None:
    """It lies with the applicant."""
    deciding.send_back(actor=ana(), number=number, reason=Back.MORE_NEEDED, missing=["letter"])


@pytest.mark.parametrize("ask", ["queue", "find", "case", "document", "assign", "note"])
def test_a_desk_without_registrations_sees_nothing(ask: str) -> None:
    number, nobody = deciding_on.waiting(), people.plan_staff(Desk.MEMBER_SERVICES)
    asks: dict[str, dict[str, Any]] = {
        "queue": {},
        "find": {"text": "Tran"},
        "case": {"number": number},
        "document": {"number": number, "document_id": 1},
        "assign": {"number": number, "to": None},
        "note": {"number": number, "text": "Called."},
    }
    with pytest.raises(NotPermitted):
        getattr(review, ask)(actor=nobody, **asks[ask])
    assert last_use()[0] == "denied"


def test_what_waits_is_listed_in_the_order_it_is_due() -> None:
    first, second = deciding_on.waiting(), deciding_on.waiting()
    models.Application.objects.filter(pk=first).update(due_at=NOW + timedelta(days=9))
    assert listed() == [second, first]
    assert last_use()[:2] == ("allowed", "registrations_listed")
    [shown, _] = review.queue(actor=ana()).page.rows
    assert (shown.name, shown.office_name, shown.left) == ("Mei Tran", "Lakeside Hospital", Decimal("1.9981"))
    assert (shown.is_late, shown.assigned_to, shown.is_mine) == (False, "", False)


def test_each_filter_lists_its_own() -> None:
    late, mine, back, second, plain = (deciding_on.waiting() for _ in range(5))
    rows = models.Application.objects
    rows.filter(pk=late).update(due_at=NOW)
    review.assign(actor=ana(), number=mine, to=ana().user_id)
    sent_back(back)
    rows.filter(pk=second).update(state="seconding", first_yes_by=1)
    assert sorted(listed()) == sorted([late, mine, second, plain])
    assert listed(Which.MINE) == [mine]
    assert sorted(listed(Which.UNASSIGNED)) == sorted([late, second, plain])
    assert listed(Which.OVERDUE) == [late]
    assert listed(Which.SECONDING) == [second]
    assert listed(Which.RETURNED) == [back]
    counts = review.queue(actor=ana()).counts
    assert [counts[each] for each in Which] == [4, 1, 3, 1, 1, 1]


def test_what_is_decided_is_listed_no_more_and_is_found() -> None:
    number = deciding_on.waiting()
    deciding_on.approve(number)
    assert listed() == []
    [found] = review.find(actor=ana(), text="Lakeside Hospital")
    assert (found.number, found.left, found.due_at) == (number, None, None)


def test_the_queue_comes_in_pages() -> None:
    numbers = [deciding_on.waiting() for _ in range(5)]
    queue = review.queue(actor=ana(), size=2)
    shown = [each.number for each in queue.page.rows]
    while queue.page.next_key:
        queue = review.queue(actor=ana(), size=2, key=queue.page.next_key)
        shown += [each.number for each in queue.page.rows]
    assert shown == numbers
    assert listed(key="x'--") == numbers


@pytest.mark.parametrize("count", [1, 8])
def test_the_queue_asks_the_same_whatever_its_length(count: int) -> None:
    actor = ana()
    for _ in range(count):
        review.assign(actor=actor, number=deciding_on.waiting(), to=actor.user_id)
    with CaptureQueriesContext(connection) as queries:
        review.queue(actor=actor)
    asked = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
    assert len(asked) == 3


def test_an_application_is_found_by_what_a_caller_names() -> None:
    submitted = registering.submit(replace(CLAIM, last_name="Trinh"), mark="")
    number = registering.application().pk
    registering.submit(HOSPITAL, mark="")
    for text in (
        transaction_ids.shown(submitted.transaction_id).lower(),
        CLAIM.npi,
        "94-1234567",
        "a-12345",
        "MEI@tran.example",
        "trinh",
    ):
        found = [each.number for each in review.find(actor=ana(), text=f" {text} ")]
        assert number in found, text
    assert [each.number for each in review.find(actor=ana(), text="trinh")] == [number]
    assert last_use() == ("allowed", "registrations_found", {"registration": str(number)})


@pytest.mark.parametrize("text", ["", "Tra", "0000", "%"], ids=["nothing", "a part", "zeros", "a sign"])
def test_nothing_is_found_by_a_part(text: str) -> None:
    deciding_on.waiting_physician(last_name="Trinh")
    assert review.find(actor=ana(), text=text) == ()
    assert last_use()[1] == "not_found"


def test_a_case_shows_what_is_claimed_beside_what_is_on_file() -> None:
    number = deciding_on.unsettled()
    found = case(number)
    assert last_use() == ("allowed", "registration_case_shown", {"registration": str(number)})
    assert found.claim.last_name == "Trinh"
    assert found.on_file.provider is not None
    assert found.on_file.provider.last_name == "Tran"
    assert [(each.number, each.name) for each in found.on_file.tax_ids] == [("941234567", "Clinic 567")]
    by_field = {each.field: each for each in found.fields}
    assert by_field[Field.NAME].finding == "differs"
    assert not by_field[Field.NAME].is_settled
    assert by_field[Field.NPI].as_of == NOW - timedelta(hours=3)
    assert by_field[Field.LICENCE_LIST].finding == "not_loaded"
    assert by_field[Field.LICENCE_LIST].is_settled


def test_a_case_shows_the_word_of_a_person_with_their_name() -> None:
    number = deciding_on.unsettled()
    deciding_on.accept(number)
    word = next(each.word for each in case(number).fields if each.field is Field.NAME)
    assert word is not None
    assert (word.finding, word.basis, word.by, word.counts) == ("accepted", "call", "Ana Ops", True)


def test_a_case_shows_the_rows_of_the_lists() -> None:
    registering.licence_list(status="expired", is_active=False, expires_on=date(2026, 1, 31))
    registering.excluded(city="NORTHLAKE")
    number = deciding_on.waiting_physician()
    licence, excluded = case(number).listed
    assert (licence.name, licence.day, licence.says[2]) == (
        "TRAN, MEI LAN",
        date(2026, 1, 31),
        "expired",
    )
    assert (excluded.name, excluded.says) == ("TRAN", ("1128a1", "NORTHLAKE", ""))


def test_a_case_shows_who_is_excluded_under_the_name_on_file() -> None:
    registering.excluded(npi="", name_key="TRANMEI", first_name="MEI")
    [excluded] = case(deciding_on.waiting_physician(first_name="M.")).listed
    assert excluded.name == "MEI TRAN"


def test_a_case_shows_the_others_of_the_same_and_what_they_share() -> None:
    first = deciding_on.unsettled()
    second = deciding_on.waiting_physician(npi=registering.UNKNOWN_NPI)
    third = deciding_on.waiting()
    assert [(each.row.number, each.shares) for each in case(second).others] == [
        (first, (Field.LICENCE, Field.TAX_ID))
    ]
    assert case(third).others == ()


def test_a_case_tells_what_happened_with_names_and_notes() -> None:
    submitted = registering.submit(replace(CLAIM, last_name="Trinh"), mark="")
    number = registering.application().pk
    registering.correct(submitted, actor=registering.visitor(minutes=2), last_name="Tranh")
    assert review.note(actor=ana(), number=number, text=" Called; nobody answered. ")
    review.assign(actor=ana(), number=number, to=ben().user_id)
    told = [(each.kind, each.code, each.by, each.text) for each in case(number).timeline]
    assert told == [
        ("submitted", "", "", ""),
        ("changed", "last_name", "", "Trinh"),
        ("noted", "", "Ana Ops", "Called; nobody answered."),
        ("assigned", str(ben().user_id), "Ana Ops", "Ben Help"),
    ]
    assert "Called" not in str(models.Event.objects.filter(kind="noted").values().get())


def test_a_case_that_is_nobodys_is_none() -> None:
    assert review.case(actor=ana(), number=999_999) is None
    assert last_use()[1] == "not_found"


def test_a_clean_document_is_handed_out_and_no_other() -> None:
    submitted = registering.submit(HOSPITAL, mark="")
    number = registering.application().pk
    registering.hand_in(submitted)
    document = models.Document.objects.get()
    found = review.document(actor=ana(), number=number, document_id=document.pk)
    assert found is not None
    assert (found.content, found.name) == (
        registering.FILE,
        f"registration-{number}-{document.pk}.pdf",
    )
    assert last_use() == (
        "allowed",
        "document_shown",
        {"registration": str(number), "registration_document": str(document.pk)},
    )
    other = deciding_on.waiting()
    assert review.document(actor=ana(), number=other, document_id=document.pk) is None
    for scan in ("waiting", "infected"):
        models.Document.objects.update(scan=scan)
        assert review.document(actor=ana(), number=number, document_id=document.pk) is None
        assert last_use()[1] == "not_found"


def test_a_case_is_given_to_somebody_of_the_desk_and_to_nobody() -> None:
    number = deciding_on.waiting()
    assert review.assign(actor=ana(), number=number, to=ben().user_id) is Assigned.DONE
    assert last_use() == ("allowed", "registration_assign_done", {"registration": str(number)})
    assert case(number, ben()).row.is_mine
    assert case(number).row.assigned_to == "Ben Help"
    assert review.assign(actor=ana(), number=number, to=None) is Assigned.DONE
    assert row(number).assigned_to is None


def test_a_case_is_given_to_nobody_without_the_desk() -> None:
    number = deciding_on.waiting()
    services = deciding_on.somebody("sam.services", desk=Desk.MEMBER_SERVICES)
    left = deciding_on.somebody("lou.left")
    apps.get_model("accounts", "User").objects.filter(pk=left.user_id or 0).update(state="disabled")
    for to in (services.user_id, left.user_id, 999_999):
        assert review.assign(actor=ana(), number=number, to=to) is Assigned.NO_COLLEAGUE
    assert last_use()[1] == "registration_assign_no_colleague"
    assert [each.name for each in case(number).colleagues] == ["Ana Ops"]


def test_what_is_decided_is_given_to_nobody() -> None:
    number = deciding_on.waiting()
    deciding_on.approve(number)
    assert review.assign(actor=ana(), number=number, to=None) is Assigned.GONE
    assert review.assign(actor=ana(), number=999_999, to=None) is Assigned.GONE


@pytest.mark.parametrize("text", ["", " ", "x" * 2001], ids=["nothing", "blank", "too long"])
def test_a_note_says_something_and_not_too_much(text: str) -> None:
    number = deciding_on.waiting()
    with pytest.raises(ValueError, match="a note says something"):
        review.note(actor=ana(), number=number, text=text)


def test_a_note_on_nothing_is_not_kept() -> None:
    assert not review.note(actor=ana(), number=999_999, text="Called.")


def test_the_clock_stands_still_while_it_lies_with_the_applicant() -> None:
    number = deciding_on.waiting()
    sent_back(number)
    models.Application.objects.filter(pk=number).update(due_at=NOW)
    found = case(number, replace(ana(), asked_at=NOW + timedelta(days=9)))
    assert (found.row.left, found.row.is_late) == (Decimal("1.9981"), False)
    assert review_queue.is_late(row(number), NOW + timedelta(days=9)) is False
