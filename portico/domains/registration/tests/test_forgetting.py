"""What registration drops: drafts, transaction IDs, documents thirty days after the decision."""

import pytest

from portico.domains.permits.permit import NotPermitted
from portico.domains.registration import forgetting, models
from portico.domains.registration.tests import registering
from portico.domains.registration.tests.registering import HOSPITAL, NOW, clock, hand_in, last_use, submit

pytestmark = pytest.mark.django_db


def test_documents_go_thirty_days_after_the_decision_and_not_before() -> None:
    registering.a_plan()
    hand_in(submit(HOSPITAL))
    assert forgetting.forget_documents(actor=clock(days=400)) == 0
    assert last_use()[:2] == ("allowed", "nothing_old")
    models.Application.objects.update(state="denied", decided_at=NOW, decided_by=7)
    assert forgetting.forget_documents(actor=clock(days=30)) == 0
    assert forgetting.forget_documents(actor=clock(days=30, minutes=1)) == 1
    assert last_use()[:2] == ("allowed", "forgotten")
    assert models.Document.objects.count() == 0
    assert models.Application.objects.count() == 1


def test_drafts_go_with_them() -> None:
    registering.a_plan()
    submit()
    assert forgetting.forget(actor=clock(minutes=60)) == 1
    assert models.Draft.objects.count() == 0


def test_only_the_system_forgets() -> None:
    with pytest.raises(NotPermitted):
        forgetting.forget_documents(actor=registering.visitor())
