"""What comes of a provider's word: in, half way, waiting, or nothing; once each, and never a user made."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from pytest_django import Settings

from portico.domains.accounts import closing, models
from portico.domains.accounts.elsewhere import linking, outside, providers
from portico.domains.accounts.elsewhere.outside import Answer, Why
from portico.domains.accounts.elsewhere.providers import Provider
from portico.domains.accounts.signing_in.known_devices import Browser
from portico.domains.accounts.signing_in.sign_in import Outcome
from portico.domains.accounts.tests import elsewhere, people
from portico.domains.accounts.tests.elsewhere import OPENID
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from tests.support import actors, racing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _trusted(settings: Settings) -> None:
    settings.IDENTITY_HOSTS = [elsewhere.HOST]


@pytest.fixture
def provider() -> Provider:
    """One that the plan trusts, and whose word for a factor it takes."""
    return elsewhere.add(replace(OPENID, vouches_for_factor=True))


def came(
    provider: Provider, word: str = "1", *, minutes: float = 0, belongs: Any = None, **told: Any
) -> Answer:
    return outside.sign_in(
        actor=people.at(minutes),
        provider_id=provider.id,
        told=elsewhere.told(word=word, **told),
        belongs=belongs or elsewhere.anybody,
        browser=Browser(name="Firefox on Windows"),
    )


def link(provider: Provider, username: str = people.NAME) -> None:
    first = linking.waiting(actor=actors.system(), slug=provider.slug).rows[0]
    elsewhere.link(first.id, username)


def last() -> Any:
    return apps.get_model("audit", "Entry").objects.order_by("-pk")[0]


def subjects() -> set[str]:
    found = apps.get_model("audit", "Subject").objects.filter(entry=last())
    return set(found.values_list("kind", flat=True))


def test_whom_nobody_linked_waits_under_one_reference_and_is_no_user(provider: Provider) -> None:
    first, again = came(provider, name="Olive"), came(provider, "2", minutes=1, email="o@example.org")
    assert (first.why, first.attempt.outcome, first.attempt.user_id) == (Why.WAITING, Outcome.REFUSED, None)
    assert first.reference == again.reference
    assert len(first.reference) == outside.REFERENCE_SIGNS
    row = models.OutsideIdentity.objects.get()
    assert row.told == {"name": "Olive", "email": "o@example.org"}
    assert (row.first_at, row.last_at) == (people.instant(0), people.instant(1))
    assert not models.User.objects.exists()
    assert (last().conclusion, subjects()) == (
        "elsewhere_waiting",
        {"identity_provider", "outside_identity"},
    )


def test_who_is_linked_and_vouched_for_is_in(provider: Provider) -> None:
    user = people.make(secret=people.SECRET)
    came(provider)
    link(provider)
    answer = came(provider, "2", factor_passed=True, at=people.NOW)
    attempt = answer.attempt
    assert (attempt.outcome, attempt.user_id, attempt.epoch) == (Outcome.SIGNED_IN, user.pk, 1)
    assert (attempt.second_factor, attempt.is_proven) == (True, True)
    user.refresh_from_db()
    assert user.last_login == people.NOW
    assert (last().conclusion, subjects()) == (
        "elsewhere_signed_in",
        {"identity_provider", "outside_identity", "user"},
    )


def test_whose_factor_nobody_vouches_for_is_half_way(provider: Provider) -> None:
    user = people.make(secret=people.SECRET)
    came(provider)
    link(provider)
    attempt = came(provider, "2").attempt
    assert (attempt.outcome, attempt.user_id, attempt.ways) == (Outcome.FACTOR_NEEDED, user.pk, ("code",))
    assert not attempt.second_factor
    user.refresh_from_db()
    assert user.last_login is None


def test_who_has_no_factor_is_in_without_one(provider: Provider) -> None:
    people.make()
    came(provider)
    link(provider)
    attempt = came(provider, "2").attempt
    assert (attempt.outcome, attempt.second_factor, attempt.is_proven) == (Outcome.SIGNED_IN, False, False)


def test_misses_of_the_password_stay_when_somebody_comes_from_elsewhere(provider: Provider) -> None:
    people.make()
    came(provider)
    link(provider)
    models.Misses.objects.create(name_index=b"x" * 16, count=4, last_at=people.NOW)
    came(provider, "2")
    assert models.Misses.objects.count() == 1


@pytest.mark.parametrize(
    ("why", "changed"),
    [
        pytest.param(Why.NOT_ACTIVE, {"state": "disabled"}, id="disabled"),
        pytest.param(Why.NOT_ACTIVATED, {"activated_at": None}, id="first sign-in not done"),
    ],
)
def test_who_may_not_sign_in_by_a_password_may_not_by_a_provider(
    provider: Provider, why: Why, changed: dict[str, Any]
) -> None:
    people.make()
    came(provider)
    link(provider)
    models.User.objects.update(**changed)
    answer = came(provider, "2", factor_passed=True)
    assert (answer.why, answer.attempt.outcome, answer.attempt.user_id) == (why, Outcome.REFUSED, None)
    assert last().conclusion == f"elsewhere_{why}"


def test_a_suspended_user_is_let_in_to_be_told_who_can_help(provider: Provider) -> None:
    people.make()
    came(provider)
    link(provider)
    models.User.objects.update(state="suspended", suspended_at=people.NOW)
    assert came(provider, "2").attempt.outcome is Outcome.SIGNED_IN


def test_who_does_not_belong_there_stays_out_though_linked(provider: Provider) -> None:
    people.make()
    came(provider)
    link(provider)
    asked: list[tuple[int, int | None]] = []

    def belongs(user_id: int, office_id: int | None) -> bool:
        asked.append((user_id, office_id))
        return False

    assert came(provider, "2", belongs=belongs).why is Why.NOT_THEIRS
    assert asked == [(models.User.objects.get().pk, None)]


def test_a_word_counts_once(provider: Provider) -> None:
    people.make()
    came(provider)
    link(provider)
    assert came(provider, "2").attempt.outcome is Outcome.SIGNED_IN
    again = came(provider, "2")
    assert (again.why, again.attempt.outcome) == (Why.REPLAYED, Outcome.REFUSED)
    assert last().conclusion == "elsewhere_replayed"


def test_another_providers_word_of_the_same_name_is_another(provider: Provider) -> None:
    other = elsewhere.add(replace(OPENID, slug="other"))
    assert came(provider).why is Why.WAITING
    assert came(other).why is Why.WAITING
    assert models.OutsideIdentity.objects.count() == 2


def test_used_up_words_are_forgotten_once_they_have_ended(provider: Provider) -> None:
    came(provider, "1")
    came(provider, "2", minutes=1)
    came(provider, "3", minutes=6)
    assert models.SpentToken.objects.count() == 1


def test_a_closed_providers_word_is_none(provider: Provider) -> None:
    people.make()
    came(provider)
    link(provider)
    providers.close(actor=actors.system(), slug=provider.slug)
    assert came(provider, "2").why is Why.CLOSED


def test_two_hundred_wait_and_the_one_who_came_longest_ago_makes_room(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside, "MOST_WAITING", 3)
    people.make()
    came(provider, "0", subject="linked")
    link(provider)
    for number in range(1, 6):
        came(provider, str(number), subject=f"waits-{number}", minutes=number)
    came(provider, "again", subject="waits-3", minutes=9)
    came(provider, "last", subject="waits-9", minutes=10)
    kept = models.OutsideIdentity.objects.order_by("subject").values_list("subject", flat=True)
    assert list(kept) == ["linked", "waits-3", "waits-5", "waits-9"]


def test_a_name_that_is_too_long_is_cut(provider: Provider) -> None:
    came(provider, name="x" * 500, email="y" * 500)
    assert {name: len(value) for name, value in models.OutsideIdentity.objects.get().told.items()} == {
        "name": 120,
        "email": 254,
    }


def test_a_word_that_is_none_is_recorded_by_its_code(provider: Provider) -> None:
    reference = outside.refuse(actor=people.visitor(), provider_id=provider.id, code="wrong_nonce")
    assert (last().reference, last().conclusion) == (reference, "elsewhere_wrong_nonce")
    assert subjects() == {"identity_provider"}


def test_nothing_told_shows_in_a_repr() -> None:
    shown = repr(elsewhere.told("the subject", "the token", name="Olive", email="o@example.org"))
    assert not [each for each in ("the subject", "the token", "Olive", "o@") if each in shown]


@pytest.mark.django_db(transaction=True)
def test_of_twenty_parallel_uses_of_one_word_one_counts(settings: Settings) -> None:
    provider = elsewhere.add()
    people.make()
    came(provider)
    link(provider)
    answers = racing.together([lambda: came(provider, "2")] * 20)
    assert [answer.why for answer in answers].count(Why.NOTHING) == 1
    assert [answer.why for answer in answers].count(Why.REPLAYED) == 19


def test_disabling_between_the_word_and_the_session_ends_it(provider: Provider) -> None:
    user = people.make()
    came(provider)
    link(provider)
    attempt = came(provider, "2").attempt
    with permit(actors.system(), Function.PROVISIONING) as given:
        closing.disable(given, user.pk)
    user.refresh_from_db()
    assert attempt.epoch < user.session_epoch


def test_a_word_lives_as_long_as_the_provider_says(provider: Provider) -> None:
    came(provider)
    assert models.SpentToken.objects.get().expires_at == people.NOW + timedelta(minutes=5)
