"""Opening a permit decides, scopes and audits; one row each time."""

import pytest
from django.db import transaction

from portico.domains.audit import models as audit_models
from portico.domains.notifications import models as notifications
from portico.domains.notifications import notices
from portico.domains.permits import scoping
from portico.domains.permits.decisions import Decision
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted, permit
from portico.domains.permits.reasons import Reason
from tests.support import actors as people
from tests.support.actors import LINE, OWN_TAX_ID, SECOND_TAX_ID

pytestmark = pytest.mark.django_db


def _rows() -> list[audit_models.Entry]:
    return list(audit_models.Entry.objects.order_by("pk"))


def _write_and_crash() -> None:
    with permit(people.front_desk(), Function.ELIGIBILITY):
        notices.tell_office(office_id=31, kind="test", context={}, now=people.NOW)
        raise ZeroDivisionError


def test_an_allowed_use_writes_one_row_with_its_subjects() -> None:
    with permit(people.front_desk(), Function.ELIGIBILITY, tax_id=OWN_TAX_ID, line=LINE) as given:
        given.note_subject("member", "NLH1")
        given.note_subject("member", "NLH2")
        given.note_subject("member", "NLH1")
        given.conclude("found")
    (row,) = _rows()
    assert (row.outcome, row.conclusion, row.function) == ("allowed", "found", "eligibility")
    assert (row.user_id, row.persona_id, row.office_id) == (11, 21, 31)
    assert (row.tax_id, row.line, row.reference) == (OWN_TAX_ID, LINE, given.reference)
    assert list(row.subjects.values_list("kind", "identifier")) == [("member", "NLH1"), ("member", "NLH2")]


def test_a_refused_use_writes_one_row_and_raises_the_decision() -> None:
    with (
        pytest.raises(NotPermitted) as refused,
        permit(people.front_desk(), Function.ELIGIBILITY, tax_id=SECOND_TAX_ID),
    ):
        pytest.fail("the block must not run")
    (row,) = _rows()
    assert row.outcome == "denied"
    assert row.reasons == [Reason.TAX_ID_NOT_GRANTED]
    assert refused.value.decision.reasons == (Reason.TAX_ID_NOT_GRANTED,)
    assert refused.value.reference == row.reference


def test_who_keeps_a_refusal_keeps_it_with_its_row_or_not_at_all() -> None:
    kept: list[tuple[tuple[Reason, ...], str]] = []

    def keep(decision: Decision, reference: str) -> None:
        kept.append((decision.reasons, reference))
        if len(kept) > 1:
            raise ZeroDivisionError

    for raised in (NotPermitted, ZeroDivisionError):
        with (
            pytest.raises(raised),
            permit(people.front_desk(), Function.ELIGIBILITY, tax_id=SECOND_TAX_ID, refused=keep),
        ):
            pytest.fail("the block must not run")
    (row,) = _rows()
    assert kept[0] == ((Reason.TAX_ID_NOT_GRANTED,), row.reference)


def test_a_crash_rolls_the_work_back_and_leaves_a_row_that_says_so() -> None:
    with pytest.raises(ZeroDivisionError) as crashed:
        _write_and_crash()
    (row,) = _rows()
    assert (row.outcome, row.conclusion) == ("crashed", "ZeroDivisionError")
    assert crashed.value.reference == row.reference  # type: ignore[attr-defined]
    assert not notifications.Notice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_permit_inside_a_permit_is_an_error() -> None:
    with (
        pytest.raises(RuntimeError, match="durable"),
        permit(people.front_desk(), Function.ELIGIBILITY),
        permit(people.front_desk(), Function.BENEFITS),
    ):
        pytest.fail("the inner block must not run")


@pytest.mark.django_db(transaction=True)
def test_a_permit_inside_an_open_transaction_is_an_error() -> None:
    with (
        transaction.atomic(),
        pytest.raises(RuntimeError, match="durable"),
        permit(people.front_desk(), Function.ELIGIBILITY),
    ):
        pytest.fail("the block must not run")


def test_a_scope_becomes_a_filter_of_one_tax_id_and_line() -> None:
    with permit(people.front_desk(), Function.ELIGIBILITY) as given:
        wanted = scoping.q(given, tax_id="tax_id", line="line")
    rows = audit_models.Entry.objects.filter(wanted)
    assert rows.count() == 0
    with permit(people.front_desk(), Function.ELIGIBILITY, tax_id=OWN_TAX_ID, line=LINE):
        pass
    assert rows.count() == 1


def test_a_scope_without_reach_shows_no_row() -> None:
    with permit(people.plan_staff(), Function.WORK_QUEUE) as staff:
        assert audit_models.Entry.objects.filter(scoping.q(staff, tax_id="tax_id")).count() == 0
    assert audit_models.Entry.objects.filter(scoping.q(staff, tax_id="tax_id")).count() == 1
