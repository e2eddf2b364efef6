"""Asking to take part: a number shown once, one answer for everybody, and nobody finds a wish by trying."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from portico.domains.permits.permit import NotPermitted
from portico.domains.registration import models, network, network_forgetting, transaction_ids
from portico.domains.registration.network import Asked, BadWish, TooMany, TooManyTries
from portico.domains.registration.network_rules import Decline, Stage
from portico.domains.registration.tests import registering
from portico.domains.registration.tests.registering import NOW, clock, last_use, visitor
from portico.domains.registration.tests.wishing import NETWORK, ask, look, mails, row
from portico.shared.identifiers import BadIdentifier

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _plan() -> None:
    registering.a_plan()


def follow(typed: str, *, address: str = NETWORK, minutes: float = 0, way: Any = network.look) -> Any:
    return way(actor=visitor(minutes=minutes), tracking_number=typed, address=address)


def test_a_wish_is_kept_for_the_plan_and_due_in_ten_business_days() -> None:
    asked = ask()
    kept = row()
    assert (kept.office_name, kept.kind, kept.npi) == (
        "Riverbend Pediatrics",
        "medical_group",
        registering.UNKNOWN_NPI,
    )
    assert (kept.state, kept.made_at, kept.regions, kept.lines) == (
        "received",
        NOW,
        ["north"],
        [registering.LINE],
    )
    assert asked.due_at == kept.due_at == datetime(2026, 3, 26, 17, 0, tzinfo=UTC)
    assert [each.kind for each in kept.events.all()] == ["asked"]
    assert last_use() == ("allowed", "network_asked", {"network_request": str(kept.pk)})


def test_the_number_lies_nowhere_and_opens_no_registration() -> None:
    asked = ask()
    kept = row()
    assert asked.tracking_number not in repr(vars(kept)) + repr(asked)
    assert bytes(kept.tracking_index) == network.index_of(asked.tracking_number)
    assert bytes(kept.tracking_index) != transaction_ids.index(asked.tracking_number)
    assert transaction_ids.parse(asked.tracking_number) == asked.tracking_number


def test_the_mailbox_is_told_that_it_came_and_nothing_else() -> None:
    ask()
    assert mails() == [
        ("noor@riverbend.example", "network_received", {"deadline_on": "March 26, 2026"}),
    ]


def test_one_address_is_mailed_five_times_a_day_at_most_and_nobody_sees_a_difference() -> None:
    answers = [ask() for _ in range(7)]
    assert len(mails()) == 5
    assert len({each.due_at for each in answers}) == 1
    assert models.NetworkRequest.objects.count() == 7


def work(**changes: Any) -> tuple[Asked, list[tuple[str, ...]]]:
    """What a wish is answered, and which tables it touched, in order."""
    with CaptureQueriesContext(connection) as queries:
        asked = ask(**changes)
    return asked, [tuple(re.findall(r'^\w+|(?:FROM|INTO|UPDATE) "\w+"', each["sql"])) for each in queries]


def test_whoever_is_known_is_answered_like_anybody_and_nothing_is_looked_up() -> None:
    ask()
    registering.an_office()
    stranger, of_stranger = work()
    known, of_known = work(npi=registering.NPI, tax_id=registering.TAX_ID, office_name="Clinic 567")
    assert of_known == of_stranger
    assert "offices_" not in repr(of_known)
    assert known.due_at == stranger.due_at
    assert look(known) == look(stranger)


def test_what_will_not_do_is_refused_and_kept_nowhere() -> None:
    with pytest.raises(BadWish) as refused:
        ask(npi="1", regions=("moon",))
    assert refused.value.faults == {"npi": "npi_format", "regions": "region_unknown"}
    assert not models.NetworkRequest.objects.exists()
    assert last_use() == ("allowed", "network_faulty", {})
    assert mails() == []


def test_ten_a_day_are_taken_from_one_network_and_a_fault_costs_none() -> None:
    for _ in range(3):
        with pytest.raises(BadWish):
            ask(npi="1")
    for _ in range(10):
        ask()
    with pytest.raises(TooMany) as refused:
        ask(actor=visitor(minutes=30))
    assert refused.value.until == NOW + DAY
    assert last_use() == ("allowed", "network_too_many", {})
    assert models.NetworkRequest.objects.count() == 10
    ask(address="198.51.100.7", actor=visitor(minutes=30))
    ask(actor=visitor(days=1))


def test_whoever_knows_the_number_reads_how_it_stands_and_nothing_of_the_wish() -> None:
    asked = ask()
    standing = follow(transaction_ids.shown(asked.tracking_number).lower())
    assert (standing.stage, standing.made_at, standing.due_at) == (Stage.RECEIVED, NOW, asked.due_at)
    assert (standing.decided_at, standing.reason, standing.may_withdraw) == (None, None, True)
    assert last_use() == ("allowed", "network_shown", {"network_request": str(row().pk)})
    for value in ("Riverbend", "noor", registering.UNKNOWN_NPI, registering.UNKNOWN_TAX_ID):
        assert value not in repr(standing)


@pytest.mark.parametrize(
    ("changes", "stage"),
    [
        ({"state": "in_review"}, Stage.IN_REVIEW),
        ({"state": "invited", "decided_at": NOW}, Stage.INVITED),
        ({"state": "declined", "decided_at": NOW, "reason": "no_need_now"}, Stage.DECLINED),
        ({"state": "withdrawn", "decided_at": NOW}, Stage.WITHDRAWN),
    ],
    ids=["in_review", "invited", "declined", "withdrawn"],
)
def test_each_stage_is_told(changes: dict[str, Any], stage: Stage) -> None:
    asked = ask()
    models.NetworkRequest.objects.update(**changes)
    standing = look(asked)
    assert standing.stage is stage
    assert standing.reason is (Decline.NO_NEED if stage is Stage.DECLINED else None)
    assert standing.may_withdraw is (stage is Stage.IN_REVIEW)


@pytest.mark.parametrize("way", [network.look, network.withdraw], ids=["look", "withdraw"])
def test_an_unknown_number_finds_nothing(way: Any) -> None:
    ask()
    assert follow(transaction_ids.new(), way=way) is None
    assert last_use() == ("allowed", "tracking_number_unknown", {})
    assert row().state == "received"


@pytest.mark.parametrize("way", [network.look, network.withdraw], ids=["look", "withdraw"])
def test_five_wrong_numbers_close_the_network_for_an_hour_for_right_ones_too(way: Any) -> None:
    asked = ask()
    for minute in range(5):
        assert follow(transaction_ids.new(), minutes=minute, way=way) is None
    for typed in (asked.tracking_number, transaction_ids.new()):
        with pytest.raises(TooManyTries) as refused:
            follow(typed, minutes=5, way=way)
        assert refused.value.until == NOW + timedelta(minutes=64)
        assert last_use() == ("allowed", "tracking_number_closed", {})
    assert row().state == "received"
    assert follow(asked.tracking_number, address="198.51.100.7", minutes=5) is not None
    assert follow(asked.tracking_number, minutes=64) is not None


def test_a_slip_costs_nothing_and_nothing_is_looked_up() -> None:
    asked = ask()
    slip = asked.tracking_number[:-1] + ("0" if asked.tracking_number[-1] != "0" else "1")
    before = last_use()
    for _ in range(6):
        with pytest.raises(BadIdentifier):
            follow(slip)
    assert last_use() == before
    assert follow(asked.tracking_number) is not None


def test_wrong_tracking_numbers_leave_registrations_open_and_the_other_way_round() -> None:
    submitted = registering.submit(address=NETWORK)
    asked = ask()
    for _ in range(5):
        follow(transaction_ids.new())
    assert registering.look(submitted) is not None
    assert follow(submitted.transaction_id, address="198.51.100.7") is None
    assert follow(asked.tracking_number, address="198.51.100.7") is not None


def test_a_wish_is_taken_back_once() -> None:
    asked = ask()
    standing = follow(asked.tracking_number, way=network.withdraw)
    assert (standing.stage, standing.decided_at, standing.may_withdraw) == (Stage.WITHDRAWN, NOW, False)
    assert last_use() == ("allowed", "network_withdrawn", {"network_request": str(row().pk)})
    assert follow(asked.tracking_number, minutes=5, way=network.withdraw).decided_at == NOW
    assert last_use()[:2] == ("allowed", "network_settled")
    assert [each.kind for each in row().events.order_by("pk")] == ["asked", "withdrawn"]


def test_what_was_answered_is_not_taken_back() -> None:
    asked = ask()
    models.NetworkRequest.objects.update(state="invited", decided_at=NOW, decided_by=7)
    assert follow(asked.tracking_number, way=network.withdraw).stage is Stage.INVITED
    assert row().state == "invited"


def test_the_database_refuses_an_answer_without_its_day() -> None:
    ask()
    for change in ({"state": "invited"}, {"decided_at": NOW}):
        with pytest.raises(DatabaseError), transaction.atomic():
            models.NetworkRequest.objects.update(**change)


def test_notes_and_whom_to_reach_go_a_year_after_the_answer() -> None:
    ask()
    ask()
    models.NetworkEvent.objects.filter(request=row()).update(sealed=b"a note")
    models.NetworkEvent.objects.filter(request=row(1)).update(sealed=b"another")
    models.NetworkRequest.objects.filter(pk=row().pk).update(state="invited", decided_at=NOW)
    assert network_forgetting.forget(actor=clock(days=364.9)) == 0
    assert last_use()[:2] == ("allowed", "nothing_old")
    assert network_forgetting.forget(actor=clock(days=365)) == 1
    assert last_use()[:2] == ("allowed", "network_erased")
    assert network_forgetting.forget(actor=clock(days=365)) == 0
    gone, waits = row(), row(1)
    assert (gone.contact_name, gone.email, gone.telephone) == ("", "", "")
    assert (gone.office_name, gone.state) == ("Riverbend Pediatrics", "invited")
    assert gone.events.get().sealed is None
    assert (waits.contact_name, waits.events.get().sealed is None) == ("Noor Haddad", False)


def test_a_note_written_after_they_went_goes_too() -> None:
    ask()
    models.NetworkRequest.objects.update(state="invited", decided_at=NOW)
    assert network_forgetting.forget(actor=clock(days=365)) == 1
    models.NetworkEvent.objects.update(sealed=b"late")
    assert network_forgetting.forget(actor=clock(days=366)) == 1


def test_only_the_system_forgets() -> None:
    with pytest.raises(NotPermitted):
        network_forgetting.forget(actor=visitor())


KEY = "a-key-of-one-form-0123"


def test_the_same_form_sent_again_makes_no_other_and_is_answered_as_the_first_time() -> None:
    first = ask(key=KEY)
    mailed = mails()
    again = ask(key=KEY, actor=visitor(minutes=59.9), address="198.51.100.7")
    assert again == first
    assert transaction_ids.parse(again.tracking_number) == first.tracking_number
    assert last_use() == ("allowed", "network_asked_again", {"network_request": str(row().pk)})
    assert models.NetworkRequest.objects.count() == 1
    assert (mails(), [each.kind for each in row().events.all()]) == (mailed, ["asked"])
    assert look(again) == look(first)


def test_after_an_hour_it_is_said_to_be_there_and_its_number_is_not_shown_again() -> None:
    first = ask(key=KEY)
    again = ask(key=KEY, actor=visitor(minutes=60))
    assert (again.tracking_number, again.due_at) == ("", first.due_at)
    assert models.NetworkRequest.objects.count() == 1


def test_what_was_answered_may_be_asked_anew() -> None:
    first = ask(key=KEY)
    models.NetworkRequest.objects.update(state="declined", decided_at=NOW)
    assert ask(key=KEY, actor=visitor(minutes=60)).tracking_number not in ("", first.tracking_number)
    assert models.NetworkRequest.objects.count() == 2


OTHERWISE: dict[str, dict[str, Any]] = {
    "no key": {"key": ""},
    "another key": {"key": "b-key-of-one-form-0123"},
    "another word": {"key": KEY, "office_name": "Riverbend Pediatric Clinic"},
}


@pytest.mark.parametrize("changes", OTHERWISE.values(), ids=OTHERWISE)
def test_another_form_is_another_wish(changes: dict[str, Any]) -> None:
    first = ask(key=KEY)
    assert ask(**changes).tracking_number != first.tracking_number
    assert models.NetworkRequest.objects.count() == 2


def test_how_something_is_written_makes_no_other_wish() -> None:
    assert ask(key=KEY, telephone="(530) 555-0168", office_name="Riverbend  Pediatrics ") == ask(key=KEY)


def test_how_many_are_taken_in_a_day_is_the_plans_and_sending_one_again_costs_nothing(settings: Any) -> None:
    settings.NETWORK_REQUESTS_A_DAY = 2
    first = ask(key=KEY)
    assert [ask(key=KEY) for _ in range(5)] == [first] * 5
    ask()
    with pytest.raises(TooMany):
        ask()
    assert ask(key=KEY) == first


def test_the_key_lies_nowhere() -> None:
    ask(key=KEY)
    assert KEY not in repr(vars(row())) + repr(mails())
