"""Submitting: what becomes of it, what is written and mailed, what is refused, and that nothing leads on."""

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portico.domains.plan import business_time, opening, terms
from portico.domains.registration import applications, budgets, catalogue, models, transaction_ids
from portico.domains.registration.applications import BadClaim, NotOffered, Submitted, TooMany
from portico.domains.registration.catalogue_rows import DEFAULT, AccountType, Path
from portico.domains.registration.claims import Agreement, Claim, Field, Reason
from portico.domains.registration.tests import registering
from portico.domains.registration.tests.registering import (
    AGREED,
    CLAIM,
    HOME,
    HOSPITAL,
    MARK,
    NOW,
    OTHER_LICENCE,
    UNKNOWN_NPI,
    UNKNOWN_TAX_ID,
    application,
    last_use,
    submit,
    visitor,
)
from tests.support.racing import together

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plan() -> None:
    registering.a_plan()


def kinds() -> list[str]:
    return list(models.Event.objects.order_by("pk").values_list("kind", flat=True))


def test_what_is_on_file_goes_through_at_once() -> None:
    submitted = submit()
    row = application()
    assert submitted == Submitted(submitted.transaction_id, "matched", Path.INSTANT, None, (), None)
    assert (row.state, row.path, row.reason, row.differs) == ("matched", "instant", "", [])
    assert (row.matched_at, row.decided_at, row.decided_by) == (NOW, NOW, None)
    assert kinds() == ["submitted", "matched"]
    assert last_use() == ("allowed", "registration_matched", {"registration": str(row.pk)})


def test_what_differs_goes_to_the_desk_which_is_told_more_than_the_applicant() -> None:
    submitted = submit(replace(CLAIM, npi=UNKNOWN_NPI, last_name="Bell"))
    row = application()
    due = business_time.after(opening.hours(), NOW, Decimal(2))
    assert submitted == Submitted(
        submitted.transaction_id, "submitted", Path.QUEUE, Reason.NOTHING_MATCHES, (), due
    )
    assert (row.state, row.path, row.reason) == ("submitted", "queue", "nothing_matches")
    assert row.differs == ["npi", "name"]
    assert (row.matched_at, row.decided_at, row.due_at) == (None, None, due)
    checks = row.checks.order_by("pk").values_list("field", "finding", "basis")
    assert ("npi", "not_found", "provider_file") in checks
    assert ("exclusions", "not_loaded", "exclusion_list") in checks
    assert last_use() == ("allowed", "registration_submitted", {"registration": str(row.pk)})


def test_the_one_field_that_differs_is_named() -> None:
    submitted = submit(replace(CLAIM, licence_number=OTHER_LICENCE))
    assert (submitted.reason, submitted.differs) == (Reason.LICENCE_DIFFERS, (Field.LICENCE,))


def test_an_office_that_is_here_makes_it_a_wish_to_join() -> None:
    office = registering.an_office()
    submitted = submit()
    assert (submitted.state, submitted.reason, submitted.due_at) == (
        "recognised",
        Reason.OFFICE_EXISTS,
        None,
    )
    assert models.JoinRequest.objects.get().office_id == office
    assert last_use()[1] == "registration_recognised"


def test_a_hospital_is_always_looked_at() -> None:
    submitted = submit(HOSPITAL)
    assert (submitted.state, submitted.reason) == ("submitted", Reason.ALWAYS_REVIEWED)


def test_everything_claimed_is_kept_in_canonical_form_with_the_terms() -> None:
    version = terms.publish(actor=registering.desk(), version="2026-1", text="Be kind.")
    agreed = Agreement(version.version, version.digest, NOW - timedelta(minutes=5), HOME)
    typed = replace(
        CLAIM, npi="2000-000-002", tax_ids=("94-1234567",), licence_number="a12345", address="dropped"
    )
    applications.submit(actor=visitor(), claim=typed, agreement=agreed, mark=MARK, address=HOME)
    row = application()
    assert applications.claim_of(row) == CLAIM
    assert (row.licence_key, row.state_code, row.terms_version) == ("A12345", "", "2026-1")
    assert (row.terms_digest, row.agreed_at, row.agreed_from) == (version.digest, agreed.at, HOME)
    assert row.state == "matched"


def test_the_transaction_id_is_kept_as_a_hash_and_said_nowhere() -> None:
    submitted = submit()
    row = application()
    assert bytes(row.transaction_index) == transaction_ids.index(submitted.transaction_id)
    assert submitted.transaction_id not in repr(submitted)
    assert submitted.transaction_id.encode() not in bytes(models.Draft.objects.get().sealed)


def test_the_mailbox_is_told_without_a_name_and_five_times_a_day_at_most() -> None:
    for number in range(7):
        submit(mark=f"mark {number}", address=f"203.0.113.{number}")
    assert registering.mails("registration_received") == ["mei@tran.example"] * 5
    message: Any = apps.get_model("notifications", "Message").objects.first()
    assert set(message.context) == {"reference"}
    submit(mark="tomorrow", actor=visitor(days=1))
    assert len(registering.mails("registration_received")) == 6


def test_a_second_click_answers_the_first_and_makes_nothing() -> None:
    first = submit()
    assert submit(replace(CLAIM, last_name="Bell")) == first
    assert last_use()[1] == "registration_shown"
    assert applications.again(actor=visitor(minutes=59), mark=MARK) == first
    assert last_use()[1] == "registration_shown"
    assert models.Application.objects.count() == 1
    assert len(registering.mails("registration_received")) == 1


def test_after_an_hour_the_mark_finds_nothing_and_may_submit_again() -> None:
    first = submit()
    assert applications.again(actor=visitor(minutes=60), mark=MARK) is None
    assert last_use()[1] == "no_registration"
    assert applications.again(actor=visitor(), mark="") is None
    second = submit(actor=visitor(minutes=60))
    assert second.transaction_id != first.transaction_id


def test_without_a_mark_each_submission_is_its_own() -> None:
    assert submit(mark="").transaction_id != submit(mark="").transaction_id


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"npi": "2000000009"}, {"npi": "npi_check_digit"}),
        ({"licence_state": ""}, {"licence_state": "missing"}),
        (
            {"tax_ids": ("94-1234567", "941234567"), "email": "x"},
            {"tax_ids": "duplicate", "email": "email_format"},
        ),
        ({"regions": ()}, {"regions": "missing"}),
        ({"regions": ("south",)}, {"regions": "region_unknown"}),
    ],
    ids=["npi", "state", "tax ids and mail", "no region", "unknown region"],
)
def test_what_will_not_do_is_refused_with_the_fault_of_each_field(
    changes: dict[str, Any], faults: dict[str, str]
) -> None:
    with pytest.raises(BadClaim) as refused:
        submit(replace(CLAIM, **changes))
    assert refused.value.faults == faults
    assert not any(value in str(refused.value) for value in ("2000000009", "941234567"))
    assert last_use() == ("allowed", "registration_faulty", {})
    assert models.Application.objects.count() == models.Draft.objects.count() == 0


def test_terms_that_are_not_in_force_are_refused() -> None:
    terms.publish(actor=registering.desk(), version="2026-1", text="Be kind.")
    with pytest.raises(BadClaim) as refused:
        submit()
    assert refused.value.faults == {"terms": "terms_changed"}


@pytest.mark.parametrize(
    "claim",
    [
        replace(CLAIM, user_type="staff"),
        replace(CLAIM, user_type="unknown"),
        replace(CLAIM, account_type=AccountType.HOSPITAL),
        replace(CLAIM, catalogue=4),
    ],
    ids=["staff", "unknown", "a solo hospital", "a version that was never"],
)
def test_what_is_not_offered_is_refused(claim: Claim) -> None:
    with pytest.raises(NotOffered):
        submit(claim)
    assert last_use() == ("allowed", "registration_not_offered", {})


def test_a_catalogue_that_changed_meanwhile_is_asked_anew_where_it_matters() -> None:
    offers = [replace(DEFAULT[0], path=Path.QUEUE), *DEFAULT[1:]]
    catalogue.replace(actor=registering.desk(), offers=offers, was=0)
    with pytest.raises(NotOffered):
        submit()
    submit(HOSPITAL)
    assert application().catalogue == 1
    assert submit(replace(CLAIM, catalogue=1), mark="new").reason is Reason.ALWAYS_REVIEWED


def test_four_eyes_are_asked_where_a_person_decides() -> None:
    offers = [replace(DEFAULT[0], four_eyes=True), *DEFAULT[1:]]
    catalogue.replace(actor=registering.desk(), offers=offers, was=0)
    submit(replace(CLAIM, catalogue=1))
    assert (application().state, application().four_eyes) == ("matched", False)
    submit(replace(CLAIM, catalogue=1, npi=UNKNOWN_NPI), mark="another")
    assert (application().state, application().four_eyes) == ("submitted", True)


def test_a_network_submits_twenty_a_day() -> None:
    limit = budgets.limit(budgets.Budget.SUBMISSION).most
    for number in range(limit):
        submit(mark=f"mark {number}")
    with pytest.raises(TooMany) as refused:
        submit(mark="one more")
    assert (limit, refused.value.until) == (20, NOW + timedelta(days=1))
    assert last_use()[:2] == ("allowed", "registration_too_many")
    submit(mark="elsewhere", address="203.0.113.10")
    submit(mark="tomorrow", actor=visitor(days=1))
    assert models.Application.objects.count() == limit + 2


def test_the_same_is_written_and_asked_whatever_is_on_file() -> None:
    """Where an applicant could learn from it: all of these go to the desk."""
    registering.excluded(npi="2000000010")
    claims = {
        "licence": replace(CLAIM, licence_number=OTHER_LICENCE),
        "npi": replace(CLAIM, npi=UNKNOWN_NPI),
        "excluded": replace(CLAIM, npi="2000000010"),
        "nothing": replace(CLAIM, npi=UNKNOWN_NPI, tax_ids=(UNKNOWN_TAX_ID,), licence_number="B1"),
    }
    submit(mark="first of this process", address="203.0.113.1")
    took = {name: statements(name, claim) for name, claim in claims.items()}
    assert {name: each for name, each in took.items() if each != took["nothing"]} == {}
    assert len(registering.mails("registration_received")) == 5


def statements(mark: str, claim: Claim) -> list[str]:
    """The statements that a submission takes, as far as their tables."""
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        submit(claim, mark=mark, address=f"203.0.113.{len(mark) + 20}")
    shapes = (re.split(r" WHERE |X'|'\\+x", query["sql"])[0] for query in queries)
    return [re.sub("[0-9]+", "?", shape)[:80] for shape in shapes]


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_application() -> None:
    answers = together([submit, submit])
    assert answers[0] == answers[1]
    assert models.Application.objects.count() == 1


def test_an_agreement_without_terms_leaves_nothing_of_it() -> None:
    assert AGREED.version == ""
    submit()
    assert (application().agreed_at, application().agreed_from) == (None, None)
