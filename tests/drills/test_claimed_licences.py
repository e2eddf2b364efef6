"""Thirty browsers claim one licence at the same moment, twenty times over: one has it, each time."""

from collections import Counter
from collections.abc import Callable

import pytest
from django.apps import apps

from portico.domains.registration import instant
from portico.domains.registration.finishing import Lost
from portico.domains.registration.tests import waiting
from tests.support.racing import together

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]
ROUNDS, BROWSERS = 20, 30


@pytest.fixture(autouse=True)
def _hashing_is_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes the hash out of the way: it would let them in two by two."""
    monkeypatch.setattr(
        "portico.domains.accounts.credentials.passwords.hashed", lambda text: "!" + text[::-1]
    )


def claim(mark: str, number: int) -> Callable[[], str]:
    """What becomes of one browser that completes what it made."""

    def told() -> str:
        try:
            instant.complete(
                actor=waiting.visitor(),
                mark=mark,
                address=f"203.0.113.{number}",
                username=f"{mark}.user",
                password=waiting.PASSWORD,
            )
        except Lost as lost:
            return str(lost.reason)
        return "opened"

    return told


@pytest.mark.parametrize("same_tax_id", [True, False], ids=["one_tax_id", "a_tax_id_each"])
def test_of_thirty_claims_on_one_licence_one_wins_in_each_of_twenty_rounds(same_tax_id: bool) -> None:
    for turn in range(ROUNDS):
        marks = [f"r{turn}b{number}" for number in range(BROWSERS)]
        for number, mark in enumerate(marks):
            tax_id = f"17{turn:02}{0 if same_tax_id else number:05}"
            waiting.matched(mark, licence_number=f"C{turn + 1}", tax_ids=(tax_id,))
        outcomes = together([claim(mark, number) for number, mark in enumerate(marks)])
        assert Counter(outcomes) == {"opened": 1, "licence_claimed": BROWSERS - 1}
    owners = apps.get_model("registration", "LicenceOwner").objects.filter(until__isnull=True)
    assert owners.count() == waiting.users() == ROUNDS
    states = Counter(apps.get_model("registration", "Application").objects.values_list("state", flat=True))
    assert states == {"completed": ROUNDS, "submitted": ROUNDS * (BROWSERS - 1)}
