"""What must hold when many come at the same moment, each in a transaction of its own."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps

from portico.domains.registration import completion, instant, links, models
from portico.domains.registration.tests import waiting
from portico.domains.registration.tests.waiting import HOSPITAL, NPI, PASSWORD, State, visitor
from tests.support.racing import together

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 6


@pytest.fixture(autouse=True)
def _hashing_is_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes the hash out of the way: what is looked at here comes after it."""
    monkeypatch.setattr(
        "portico.domains.accounts.credentials.passwords.hashed", lambda text: "!" + text[::-1]
    )


def outcome(ask: Callable[[], Any]) -> Callable[[], str]:
    """How it ended, in a word."""

    def told() -> str:
        try:
            ask()
        except Exception as error:
            return str(getattr(error, "reason", "")) or type(error).__name__
        return "opened"

    return told


def by_id(transaction_id: str, number: int, name: str = "") -> Callable[[], str]:
    """Somebody completes what matched, from a network of their own."""
    return outcome(
        lambda: instant.complete(
            actor=visitor(),
            transaction_id=transaction_id,
            address=f"203.0.113.{number}",
            username=name or f"iris.lin{number}",
            password=PASSWORD,
        )
    )


def tax_id(number: int) -> str:
    """A tax ID of its own for each."""
    return f"17123460{number}"


def test_of_many_who_claim_one_licence_one_opens_an_account() -> None:
    waiting.a_practice(NPI, *(tax_id(number) for number in range(MANY)))
    rows = [waiting.matched(tax_ids=(tax_id(number),)) for number in range(MANY)]
    outcomes = together([by_id(found, number) for number, (_, found) in enumerate(rows)])
    assert Counter(outcomes) == {"opened": 1, "licence_claimed": MANY - 1}
    states = Counter(models.Application.objects.values_list("state", flat=True))
    assert states == {State.COMPLETED: 1, State.SUBMITTED: MANY - 1}
    assert models.LicenceOwner.objects.filter(until__isnull=True).count() == waiting.users() == 1
    assert apps.get_model("offices", "Office").objects.count() == 1


def test_of_many_who_claim_one_licence_and_one_tax_id_the_others_read_of_the_licence() -> None:
    waiting.a_practice()
    rows = [waiting.matched() for _ in range(MANY)]
    outcomes = together([by_id(found, number) for number, (_, found) in enumerate(rows)])
    assert Counter(outcomes) == {"opened": 1, "licence_claimed": MANY - 1}


def test_of_many_physicians_with_one_tax_id_one_opens_the_office() -> None:
    rows = [waiting.approved(licence_number=f"B{number}") for number in range(MANY)]
    outcomes = together([by_link(secret, found, number) for number, (_, found, secret) in enumerate(rows)])
    assert Counter(outcomes) == {"opened": 1, "office_exists": MANY - 1}


def test_of_many_who_take_one_username_one_has_it() -> None:
    claims = [{"licence_number": f"B{number}", "npi": f"200000010{number}"} for number in range(MANY)]
    for number, claim in enumerate(claims):
        waiting.a_practice(claim["npi"], tax_id(number), licence=claim["licence_number"])
    rows = [waiting.matched(tax_ids=(tax_id(number),), **claim) for number, claim in enumerate(claims)]
    outcomes = together([by_id(found, number, "one.name") for number, (_, found) in enumerate(rows)])
    assert Counter(outcomes) == {"opened": 1, "UsernameTaken": MANY - 1}


def test_of_many_clicks_on_one_application_one_counts() -> None:
    waiting.a_practice()
    _, found = waiting.matched()
    outcomes = together([by_id(found, number) for number in range(MANY)])
    assert Counter(outcomes) == {"opened": 1, "NothingToComplete": MANY - 1}


def test_a_link_is_used_once() -> None:
    _, transaction_id, secret = waiting.approved(**HOSPITAL)
    outcomes = together([by_link(secret, transaction_id, number) for number in range(MANY)])
    assert Counter(outcomes) == {"opened": 1, "DeadLink": MANY - 1}


def test_of_many_wrong_transaction_ids_at_once_five_are_looked_at() -> None:
    _, transaction_id, secret = waiting.approved(**HOSPITAL)
    wrong = [waiting.wrong(transaction_id) for _ in range(MANY + 2)]
    outcomes = together([by_link(secret, typed, number) for number, typed in enumerate(wrong)])
    assert Counter(outcomes) == {"WrongId": 4, "DeadLink": MANY - 2}
    assert models.Link.objects.get().misses == 5


def test_sending_another_link_and_using_the_first_do_not_wait_for_each_other() -> None:
    _, transaction_id, secret = waiting.approved(**HOSPITAL)
    renew = outcome(
        lambda: links.renew(actor=visitor(), transaction_id=transaction_id, address="203.0.113.99")
    )
    used, renewed = together([by_link(secret, transaction_id, 1), renew])
    assert used in ("opened", "DeadLink")
    assert renewed == "opened"
    assert models.Link.objects.filter(ended_at__isnull=True).count() == (used == "DeadLink")


def by_link(secret: str, transaction_id: str, number: int) -> Callable[[], str]:
    """Somebody uses a link."""
    return outcome(
        lambda: completion.complete(
            actor=visitor(),
            secret=secret,
            transaction_id=transaction_id,
            address=f"203.0.113.{number}",
            username=f"iris.lin{number}",
            password=PASSWORD,
        )
    )
