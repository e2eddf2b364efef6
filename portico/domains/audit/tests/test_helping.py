"""What the audit tells those who help people on: a use by its reference, first uses, ends of sign-ins."""

from datetime import timedelta

import pytest
from django.apps import apps

from portico.domains.audit import helping
from portico.domains.audit.recording import Outcome
from portico.domains.audit.tests import making
from portico.domains.audit.tests.making import AT

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
# No reference can hold this by chance.
MEMBER = "of-one-member"


def test_a_use_is_found_by_its_reference_for_its_own_user_alone() -> None:
    about = (("member", MEMBER),)
    [entry] = making.record(
        outcome=Outcome.DENIED, reasons=("line_not_granted",), region="north", subjects=about
    )
    found = helping.of_reference(entry.reference, user_id=11)
    assert found is not None
    assert (found.function, found.tax_id, found.line, found.region) == (
        "eligibility",
        "001234567",
        "medi-cal",
        "north",
    )
    assert (found.outcome, found.reasons, found.crashed) == ("denied", ("line_not_granted",), False)
    assert MEMBER not in repr(found)
    for user_id in (12, None):
        assert helping.of_reference(entry.reference, user_id=user_id) is None
    assert helping.of_reference("0" * 12, user_id=11) is None


def test_nobodys_use_is_nobodys_to_ask_about() -> None:
    [entry] = making.record(user_id=None)
    assert helping.of_reference(entry.reference, user_id=None) is None


def test_what_crashed_is_told_apart() -> None:
    [entry] = making.record(outcome=Outcome.CRASHED)
    found = helping.of_reference(entry.reference, user_id=11)
    assert found is not None
    assert found.crashed


def test_the_first_success_of_some_functions_counts() -> None:
    users = apps.get_model("accounts", "User").objects
    users.create(pk=11, username="fay", created_at=AT)
    users.create(pk=12, username="ray", created_at=AT)
    making.record(at=AT, outcome=Outcome.DENIED)
    making.record(at=AT + DAY, function="own_account")
    making.record(at=AT + 2 * DAY)
    making.record(at=AT + 3 * DAY)
    first = helping.first_of("pk", ["eligibility", "benefits"])
    did = helping.any_of("pk", ["eligibility"])
    found = users.annotate(first=first, did=did).order_by("pk").values_list("first", "did")
    assert list(found) == [(AT + 2 * DAY, True), (None, False)]


def test_ends_are_counted_in_a_time_for_whoever_had_no_session() -> None:
    def sign_in(number: int = 1, **changed: object) -> None:
        making.record(number, function="sign_in", office_id=None, **changed)

    sign_in(at=AT, conclusion="signed_in")
    sign_in(2, at=AT, conclusion="refused")
    sign_in(at=AT + DAY, conclusion="refused")
    sign_in(at=AT - timedelta(seconds=1), conclusion="refused")
    making.record(at=AT, conclusion="refused", function="sign_in")
    making.record(at=AT, conclusion="refused", function="registration", office_id=None)
    found = helping.conclusions(function="sign_in", since=AT, until=AT + DAY)
    assert found == {"signed_in": 1, "refused": 2}
