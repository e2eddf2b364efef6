"""Asking without an account: kept sealed, due in business time, counted by network, free of patients."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from portico.domains.support import models
from portico.domains.support.enquiries import HoldsPatients, NoWayBack, TooMany
from portico.domains.support.rules import BestTime, Kind, Sign
from portico.domains.support.tests import asking
from portico.shared import references
from tests.support import actors

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_an_enquiry_is_kept_with_its_text_sealed() -> None:
    received = asking.ask()
    row = models.Enquiry.objects.get()
    assert (row.kind, row.topic, row.name) == ("call_back", "registration", "Robin Tester")
    assert (row.office_name, row.telephone, row.best_time) == ("Lakeside Clinic", "5305550193", "morning")
    assert (row.made_at, row.ended_at, row.ending) == (actors.NOW, None, "")
    assert b"licence" not in bytes(row.sealed)
    use = asking.last_use()
    assert (use.function, use.outcome, use.conclusion) == ("public_pages", "allowed", "enquiry_received")
    assert asking.subjects() == {("enquiry", str(row.pk))}
    assert references.parse(received.reference) == received.reference


def test_the_reference_lies_nowhere_and_is_not_told_by_mistake() -> None:
    received = asking.ask()
    row = models.Enquiry.objects.get()
    assert received.reference not in repr(vars(row))
    assert received.reference not in repr(received)
    assert len(bytes(row.reference_index)) == 16
    assert "Robin" not in repr(asking.CALL)
    assert "licence" not in repr(asking.CALL)


def test_a_call_is_due_after_one_business_day_and_a_question_after_two() -> None:
    assert asking.ask().due_at == actors.NOW + timedelta(days=1)
    over_a_weekend = asking.ask(asking.QUESTION).due_at
    assert over_a_weekend == datetime(2026, 3, 16, 17, 0, tzinfo=UTC)
    assert set(models.Enquiry.objects.values_list("due_at", flat=True)) == {
        actors.NOW + timedelta(days=1),
        over_a_weekend,
    }


def test_whoever_names_an_address_is_mailed_that_it_came_and_nothing_else() -> None:
    asking.ask(asking.QUESTION)
    [(to, template, context)] = asking.mails()
    assert (to, template) == ("sam@example.org", "enquiry_received")
    assert context == {"kind": "question", "deadline_on": "March 16, 2026"}


def test_whoever_names_none_is_mailed_nothing() -> None:
    asking.ask()
    assert asking.mails() == []


def test_an_address_that_is_none_costs_no_enquiry() -> None:
    asking.ask(replace(asking.QUESTION, email="nobody at home"))
    assert asking.mails() == []
    assert models.Enquiry.objects.count() == 1


def test_a_strangers_address_is_mailed_three_times_an_hour_at_most_and_nobody_sees_a_difference() -> None:
    answers = [asking.ask(replace(asking.QUESTION, email=each)) for each in ["sam@example.org"] * 4]
    assert len({answer.due_at for answer in answers}) == 1
    assert len(asking.mails()) == 3
    asking.ask(replace(asking.QUESTION, email="SAM@example.org"))
    assert len(asking.mails()) == 3
    asking.ask(asking.QUESTION, later=HOUR)
    assert len(asking.mails()) == 4
    assert models.Enquiry.objects.count() == 6


def test_ten_an_hour_are_taken_from_one_network() -> None:
    for _ in range(10):
        asking.ask()
    with pytest.raises(TooMany) as refused:
        asking.ask(later=HOUR / 2)
    assert refused.value.until == actors.NOW + HOUR
    use = asking.last_use()
    assert (use.outcome, use.conclusion) == ("allowed", "enquiry_too_many")
    assert models.Enquiry.objects.count() == 10
    asking.ask(address="203.0.113.8", later=HOUR / 2)
    asking.ask(later=HOUR)
    assert models.Enquiry.objects.count() == 12


def test_the_addresses_of_one_house_share_a_budget_and_unknown_ones_have_none() -> None:
    for number in range(10):
        asking.ask(address=f"2001:db8::{number:x}")
    with pytest.raises(TooMany):
        asking.ask(address="2001:db8::ffff")
    for _ in range(11):
        asking.ask(address="")
    assert models.Enquiry.objects.count() == 21


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"text": "SSN 123-45-6789"}, {"text": (Sign.SSN,)}),
        ({"name": "Zephyrine, NLH8842019301"}, {"name": (Sign.MEMBER_ID,)}),
        ({"office_name": "1EG4-TE5-MK73"}, {"office_name": (Sign.MEDICARE_NUMBER,)}),
        ({"email": "123456789@example.org"}, {"email": (Sign.SSN,)}),
        ({"telephone": "123456789"}, {"telephone": (Sign.SSN,)}),
        (
            {"name": "born 03/12/1984", "text": "123-45-6789, DOB 3/12/84"},
            {"name": (Sign.BIRTH_DATE,), "text": (Sign.SSN, Sign.BIRTH_DATE)},
        ),
    ],
    ids=["ssn", "member_id", "medicare_number", "in_the_address", "in_the_number", "two_fields"],
)
def test_what_points_at_a_patient_is_refused_and_kept_nowhere(changes: Any, found: Any) -> None:
    with pytest.raises(HoldsPatients) as refused:
        asking.ask(replace(asking.CALL, **changes))
    assert refused.value.found == found
    assert not any(value in str(refused.value) for value in changes.values())
    assert not models.Enquiry.objects.exists()
    use = asking.last_use()
    assert (use.outcome, use.conclusion) == ("allowed", "enquiry_holds_patients")
    assert asking.subjects() == set()
    assert not any(value in repr(vars(use)) for value in changes.values())


def test_a_refused_text_spends_none_of_the_budget() -> None:
    for _ in range(12):
        with pytest.raises(HoldsPatients):
            asking.ask(replace(asking.CALL, text="123-45-6789"))
    asking.ask()
    assert models.Enquiry.objects.count() == 1


@pytest.mark.parametrize(
    "asked",
    [
        replace(asking.CALL, telephone="", email="robin@example.org"),
        replace(asking.CALL, telephone=""),
        replace(asking.QUESTION, email=""),
    ],
    ids=["a_call_by_mail", "a_call_nowhere", "a_question_from_nowhere"],
)
def test_what_cannot_be_answered_is_refused(asked: Any) -> None:
    with pytest.raises(NoWayBack):
        asking.ask(asked)
    assert not models.Enquiry.objects.exists()


def test_a_question_may_be_answered_by_telephone() -> None:
    asking.ask(replace(asking.QUESTION, email="", telephone="5305550193", best_time=BestTime.ANY))
    assert models.Enquiry.objects.get().kind == Kind.QUESTION


def test_the_database_refuses_one_that_cannot_be_answered_and_an_end_without_a_word() -> None:
    asking.ask()
    row = models.Enquiry.objects.get()
    for change in ({"telephone": "", "email": ""}, {"ended_at": actors.NOW}, {"ending": "answered"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            models.Enquiry.objects.filter(pk=row.pk).update(**change)


KEY = "a-key-of-one-form-0123"


@pytest.mark.parametrize("asked", [asking.CALL, asking.QUESTION], ids=["call_back", "question"])
def test_the_same_form_sent_again_makes_no_other_and_is_answered_as_the_first_time(asked: Any) -> None:
    first = asking.ask(asked, key=KEY)
    mailed = asking.mails()
    again = asking.ask(asked, key=KEY, later=HOUR - timedelta(seconds=1), address="198.51.100.7")
    assert again == first
    assert references.parse(again.reference) == first.reference
    row = models.Enquiry.objects.get()
    assert asking.last_use().conclusion == "enquiry_received_again"
    assert asking.subjects() == {("enquiry", str(row.pk))}
    assert asking.mails() == mailed


def test_after_an_hour_it_is_said_to_be_there_and_its_reference_is_not_shown_again() -> None:
    first = asking.ask(key=KEY)
    again = asking.ask(key=KEY, later=HOUR)
    assert (again.reference, again.due_at) == ("", first.due_at)
    assert models.Enquiry.objects.count() == 1


def test_what_has_ended_may_be_asked_anew() -> None:
    first = asking.ask(key=KEY)
    models.Enquiry.objects.update(ended_at=actors.NOW, ending="answered")
    assert asking.ask(key=KEY, later=HOUR).reference not in ("", first.reference)
    assert models.Enquiry.objects.count() == 2


@pytest.mark.parametrize("key", ["", "b-key-of-one-form-0123"], ids=["none", "another"])
def test_without_its_key_the_same_form_is_a_new_one(key: str) -> None:
    first = asking.ask(key=KEY)
    assert asking.ask(key=key).reference != first.reference
    assert models.Enquiry.objects.count() == 2


def test_a_form_that_says_something_else_is_a_new_one_under_the_same_key() -> None:
    first = asking.ask(key=KEY)
    assert asking.ask(replace(asking.CALL, text="Which one?"), key=KEY).reference != first.reference
    assert models.Enquiry.objects.count() == 2


def test_sending_it_again_costs_nothing_of_what_a_network_may_send(settings: Any) -> None:
    settings.ENQUIRIES_AN_HOUR = 2
    first = asking.ask(key=KEY)
    assert [asking.ask(key=KEY) for _ in range(5)] == [first] * 5
    asking.ask(asking.QUESTION)
    with pytest.raises(TooMany):
        asking.ask(asking.QUESTION)
    assert asking.ask(key=KEY) == first


def test_the_key_lies_nowhere() -> None:
    asking.ask(key=KEY)
    assert KEY not in repr(vars(models.Enquiry.objects.get())) + repr(asking.mails())


def test_the_database_keeps_no_erased_one_that_names_somebody() -> None:
    asking.ask()
    with pytest.raises(DatabaseError, match="erased_enquiry_names_nobody"), transaction.atomic():
        models.Enquiry.objects.update(erased_at=actors.NOW)
