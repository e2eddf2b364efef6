"""Links to complete an approved application: sent, renewed, and how each ends."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from pytest_django import Settings

from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.registration import links, models
from portico.domains.registration.finding import TooManyTries
from portico.domains.registration.links import Renewed, Stand
from portico.domains.registration.tests import waiting
from portico.domains.registration.tests.waiting import EMAIL, HERE, HOSPITAL, NOW, State, visitor
from portico.shared.identifiers import BadIdentifier

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def renew(transaction_id: str, after: timedelta = timedelta(), address: str = HERE) -> Renewed:
    """Ask for another link."""
    return links.renew(actor=visitor(after), transaction_id=transaction_id, address=address)


def test_the_link_goes_to_the_applicant_and_says_nothing_else(settings: Settings) -> None:
    settings.SITE = "https://portal.example.org"
    row, transaction_id, _ = waiting.approved(**HOSPITAL)
    [(to, facts)] = waiting.mails("registration_link")
    assert to == EMAIL
    assert set(facts) == {"link"}
    assert facts["link"].startswith("https://portal.example.org/register/complete/?t=")
    assert transaction_id not in facts["link"]
    assert waiting.events(row) == ["link_sent"]


def test_a_link_holds_256_bits_lasts_a_day_and_is_kept_as_a_keyed_hash() -> None:
    _, _, secret = waiting.approved(**HOSPITAL)
    link = models.Link.objects.get()
    assert len(secret) == 43
    assert bytes(link.secret_index) == links.index(secret)
    assert link.expires_at - link.made_at == timedelta(hours=24)


def test_another_link_ends_the_one_before() -> None:
    row, transaction_id, first = waiting.approved(**HOSPITAL)
    assert renew(transaction_id) is Renewed.SENT
    assert waiting.last_use() == ("allowed", "link_sent", {"registration": str(row.pk)})
    assert waiting.secret() != first
    endings = models.Link.objects.order_by("pk").values_list("ending", flat=True)
    assert list(endings) == ["replaced", ""]


def test_the_database_keeps_one_open_link_an_application() -> None:
    row, _, _ = waiting.approved(**HOSPITAL)
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Link.objects.create(application=row, secret_index=b"another", made_at=NOW, expires_at=NOW)


def test_five_links_a_day_are_sent() -> None:
    _, transaction_id, _ = waiting.approved(**HOSPITAL)
    assert [renew(transaction_id) for _ in range(5)] == [Renewed.SENT] * 4 + [Renewed.TOO_MANY_TODAY]
    assert waiting.last_use()[1] == "link_too_many_today"
    assert len(waiting.mails("registration_link")) == 5
    assert renew(transaction_id, DAY) is Renewed.SENT


@pytest.mark.parametrize("state", ["submitted", "matched", "denied", "recognised", "completed", "lapsed"])
def test_only_an_approved_application_gets_a_link(state: str) -> None:
    row, transaction_id, _ = waiting.approved(**HOSPITAL)
    is_open = {"decided_at": None} if state == "submitted" else {}
    office = waiting.an_office().id if state == "completed" else None
    waiting.put(row, state=state, completed_at=NOW, user_id=7, office_id=office, **is_open)
    assert renew(transaction_id) is Renewed.NOTHING_TO_RENEW
    assert waiting.last_use()[1] == "link_nothing_to_renew"
    assert len(waiting.mails("registration_link")) == 1


def test_an_approval_of_thirty_days_ago_gets_no_link() -> None:
    _, transaction_id, _ = waiting.approved(**HOSPITAL)
    assert renew(transaction_id, timedelta(days=30)) is Renewed.NOTHING_TO_RENEW
    assert renew(transaction_id, timedelta(days=30) - timedelta(seconds=1)) is Renewed.SENT


def test_wrong_transaction_ids_are_counted_and_answered_like_nothing_to_renew() -> None:
    _, transaction_id, _ = waiting.approved(**HOSPITAL)
    for _ in range(5):
        assert renew(waiting.wrong(transaction_id)) is Renewed.NOTHING_TO_RENEW
    with pytest.raises(TooManyTries):
        renew(transaction_id)
    assert renew(transaction_id, address="198.51.100.9") is Renewed.SENT


def test_a_slip_is_no_wrong_transaction_id() -> None:
    with pytest.raises(BadIdentifier):
        renew("0000-0000-0000-0000-1")
    assert not apps.get_model("accounts", "Misses").objects.exists()


STANDS: dict[str, tuple[dict[str, Any], Stand]] = {
    "open": ({}, Stand.SENT),
    "used": ({"ended_at": NOW, "ending": "used"}, Stand.USED),
    "five misses": ({"ended_at": NOW, "ending": "misses"}, Stand.DEAD),
    "denied": ({"ended_at": NOW, "ending": "denied"}, Stand.DEAD),
    "its day is over": ({"expires_at": NOW}, Stand.EXPIRED),
}


@pytest.mark.parametrize(("put", "stand"), STANDS.values(), ids=STANDS)
def test_where_the_link_stands_is_told(put: dict[str, Any], stand: Stand) -> None:
    row, _, _ = waiting.approved(**HOSPITAL)
    models.Link.objects.update(**put)
    assert links.stand(row, at=NOW) is stand


def test_no_link_was_ever_sent_for_what_only_matched() -> None:
    row, _ = waiting.matched()
    assert links.stand(row, at=NOW) is None


def test_a_denial_ends_the_open_link_once() -> None:
    row, _, _ = waiting.approved(**HOSPITAL)
    assert row.state == State.APPROVED
    with permit(visitor(), Function.REGISTRATION) as given:
        assert links.end(given, row, links.Ending.DENIED)
        assert not links.end(given, row, links.Ending.DENIED)
    assert models.Link.objects.get().ending == "denied"
