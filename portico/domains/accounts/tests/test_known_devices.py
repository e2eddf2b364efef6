"""Known devices: how a browser becomes known or remembered, what that opens, and what ends it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from portico.domains.accounts import models
from portico.domains.accounts.second_factors import factors
from portico.domains.accounts.signing_in import known_devices, sign_in
from portico.domains.accounts.signing_in.known_devices import Browser, Device, OwnDevice
from portico.domains.accounts.signing_in.sign_in import Attempt, Outcome
from portico.domains.accounts.tests import people
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from tests.support import actors

pytestmark = pytest.mark.django_db
FIREFOX = "Firefox on Windows"
DAY = 24 * 60


@pytest.fixture
def user() -> models.User:
    made = people.make(secret=people.SECRET)
    models.User.objects.update(email="fay@example.org")
    return made


def half(browser: Browser, minutes: float = 0) -> Attempt:
    return sign_in.with_password(
        actor=people.at(minutes), username=people.NAME, password=people.PASSWORD, browser=browser
    )


def whole(
    user: models.User, browser: Browser, minutes: float = 0, *, remember: bool = False, epoch: int = 1
) -> Attempt:
    return sign_in.with_code(
        actor=people.at(minutes),
        user_id=user.pk,
        epoch=epoch,
        code=factors.code_at(people.SECRET, people.instant(minutes)),
        browser=browser,
        remember=remember,
    )


def known(user: models.User, minutes: float = 0, *, remember: bool = False) -> Browser:
    """A browser in which the user signed in."""
    attempt = whole(user, Browser(name=FIREFOX), minutes, remember=remember)
    assert attempt.device is not None
    return Browser((attempt.device,), FIREFOX)


def own(user: models.User, minutes: float = 0) -> tuple[OwnDevice, ...]:
    actor = actors.front_desk(user_id=user.pk, asked_at=people.instant(minutes))
    with permit(actor, Function.OWN_ACCOUNT) as given:
        return known_devices.own(given)


def forget(user: models.User, number: int) -> bool:
    with permit(actors.front_desk(user_id=user.pk), Function.OWN_ACCOUNT) as given:
        return known_devices.forget(given, number)


def mails() -> list[Any]:
    kept = apps.get_model("notifications", "Message").objects.filter(template="new_device")
    return list(kept.order_by("pk"))


def test_a_browser_in_which_a_factor_was_passed_is_known(user: models.User) -> None:
    browser = known(user)
    [device] = own(user)
    assert (device.name, device.first_at, device.last_at) == (FIREFOX, people.NOW, people.NOW)
    assert (device.trusted_until, device.id) == (None, browser.devices[0].number)
    assert half(browser, 1).outcome is Outcome.FACTOR_NEEDED


def test_the_id_is_in_the_browser_alone(user: models.User) -> None:
    [device] = known(user).devices
    row = models.KnownDevice.objects.get()
    assert len(device.id) == 26
    assert bytes(row.device_index) == device.index
    assert device.id not in repr(device)


def test_a_new_browser_is_told_once_with_when_and_which_kind(user: models.User) -> None:
    browser = known(user)
    whole(user, browser, 1)
    known(user, 2)
    first, second = mails()
    assert first.to == "fay@example.org"
    assert (first.context["browser"], first.context["at"]) == (FIREFOX, "March 12, 2026, 10:00 AM PDT")
    uses = apps.get_model("audit", "Entry").objects
    assert uses.get(reference=first.context["reference"]).conclusion == "code_signed_in"
    assert set(first.context) == {"browser", "at", "reference"}
    assert second.context["reference"] != first.context["reference"]


def test_who_has_no_factor_is_told_of_each_sign_in_where_none_is_known() -> None:
    people.make()
    models.User.objects.update(email="fay@example.org")
    for minute in range(2):
        assert half(Browser(name=FIREFOX), minute).device is None
    assert len(mails()) == 2
    assert not models.KnownDevice.objects.exists()


def test_a_miss_is_told_to_nobody(user: models.User) -> None:
    sign_in.with_code(actor=people.visitor(), user_id=user.pk, epoch=1, code="000000")
    half(Browser(name=FIREFOX))
    assert not mails()


def test_a_remembered_browser_signs_in_by_the_password_alone_but_proves_nothing(user: models.User) -> None:
    attempt = half(known(user, remember=True), 1)
    assert (attempt.outcome, attempt.user_id, attempt.epoch) == (Outcome.SIGNED_IN, user.pk, 1)
    assert (attempt.second_factor, attempt.is_proven) == (True, False)
    row = apps.get_model("audit", "Entry").objects.latest("pk")
    assert row.conclusion == "remembered_signed_in"
    assert own(user, 1)[0].last_at == people.instant(1)


def test_a_remembered_browser_still_needs_the_password(user: models.User) -> None:
    browser = known(user, remember=True)
    missed = sign_in.with_password(
        actor=people.at(1), username=people.NAME, password="not the phrase", browser=browser
    )
    assert missed == Attempt(Outcome.REFUSED)


@pytest.mark.parametrize(
    ("minutes", "enters"), [(30 * DAY - 1, True), (30 * DAY, False)], ids=["day 30", "over"]
)
def test_it_is_remembered_for_thirty_days(user: models.User, minutes: float, enters: bool) -> None:
    browser = known(user, remember=True)
    assert (half(browser, minutes).outcome is Outcome.SIGNED_IN) is enters


def test_using_it_does_not_make_it_remembered_longer(user: models.User) -> None:
    browser = known(user, remember=True)
    half(browser, 29 * DAY)
    assert half(browser, 30 * DAY).outcome is Outcome.FACTOR_NEEDED


def test_a_plan_may_have_none_remembered(user: models.User, settings: Any) -> None:
    browser = known(user, remember=True)
    settings.TRUSTED_DEVICE_DAYS = 0
    assert half(browser, 1).outcome is Outcome.FACTOR_NEEDED
    assert own(user)[0].trusted_until is None


def test_remembered_it_gets_a_new_id_so_that_a_copied_cookie_is_worth_nothing(user: models.User) -> None:
    copied = known(user)
    attempt = whole(user, copied, 1, remember=True)
    assert attempt.device not in copied.devices
    assert half(copied, 2).outcome is Outcome.FACTOR_NEEDED
    assert len(own(user)) == 1


def set_password(user: models.User) -> None:
    models.User.objects.filter(pk=user.pk).update(password_set_at=people.instant(1))


def end_sessions(user: models.User) -> None:
    models.User.objects.filter(pk=user.pk).update(session_epoch=2)


def forgotten(user: models.User) -> None:
    assert forget(user, own(user)[0].id)


def change_factors(user: models.User) -> None:
    known_devices.distrust(user.pk)


@pytest.mark.parametrize(
    "end",
    [set_password, end_sessions, forgotten, change_factors],
    ids=["another password", "sessions ended", "forgotten", "factors changed"],
)
def test_what_ends_a_remembered_browser(user: models.User, end: Callable[[models.User], None]) -> None:
    browser = known(user, remember=True)
    end(user)
    assert half(browser, 2).outcome is Outcome.FACTOR_NEEDED
    epoch = models.User.objects.get().session_epoch
    whole(user, browser, 3, epoch=epoch)
    assert half(browser, 4).outcome is Outcome.FACTOR_NEEDED


@pytest.mark.parametrize("end", [end_sessions, forgotten], ids=["sessions ended", "forgotten"])
def test_a_browser_that_was_forgotten_is_new_again(
    user: models.User, end: Callable[[models.User], None]
) -> None:
    browser = known(user)
    end(user)
    assert own(user) == ()
    attempt = whole(user, browser, 1, epoch=models.User.objects.get().session_epoch)
    assert attempt.device not in browser.devices
    assert len(mails()) == 2
    assert models.KnownDevice.objects.count() == 1


def test_after_half_a_year_unused_a_browser_is_a_stranger(user: models.User) -> None:
    browser = known(user)
    assert len(own(user, 180 * DAY - 1)) == 1
    assert own(user, 180 * DAY) == ()
    whole(user, browser, 180 * DAY)
    assert len(mails()) == 2


def test_one_browser_knows_several_people_by_other_ids(user: models.User) -> None:
    other = people.make("other", secret=people.SECRET)
    [mine] = known(user).devices
    with permit(people.visitor(), Function.SIGN_IN) as given:
        theirs = known_devices.passed(given, other, None, name=FIREFOX)
    assert mine.id != theirs.id
    assert Device(other.pk, mine.id).index != mine.index
    assert half(Browser((theirs,), FIREFOX)).outcome is Outcome.FACTOR_NEEDED


def test_anothers_id_is_worth_nothing_under_ones_own_name(user: models.User) -> None:
    other = people.make("other", secret=people.SECRET)
    [device] = known(other, remember=True).devices
    assert half(Browser((replace(device, user_id=user.pk),), FIREFOX), 1).outcome is Outcome.FACTOR_NEEDED


def test_one_forgets_ones_own_devices_alone(user: models.User) -> None:
    known(user)
    assert not forget(people.make("other"), own(user)[0].id)
    assert not forget(user, 10**9)
    assert len(own(user)) == 1


def test_the_ones_used_last_are_kept(user: models.User) -> None:
    for minute in range(known_devices.MOST_A_USER + 2):
        with permit(people.at(minute), Function.SIGN_IN) as given:
            known_devices.passed(given, user, None, name=str(minute))
    kept = own(user, 60)
    assert len(kept) == known_devices.MOST_A_USER
    assert (kept[0].name, kept[-1].name) == ("51", "2")


def test_a_passkey_alone_keeps_what_was_remembered(user: models.User) -> None:
    browser = known(user, remember=True)
    at = timedelta(minutes=1)
    with permit(people.visitor(at), Function.SIGN_IN) as given:
        found = known_devices.find(browser, user, at=people.NOW + at)
        kept = known_devices.passed(given, user, found, name=FIREFOX)
    assert kept == browser.devices[0]
    assert half(browser, 2).outcome is Outcome.SIGNED_IN


def test_what_ended_at_this_moment_is_not_written_back(user: models.User) -> None:
    browser = known(user, remember=True)
    with permit(people.at(1), Function.SIGN_IN) as given:
        found = known_devices.find(browser, user, at=people.instant(1))
        known_devices.distrust(user.pk)
        known_devices.passed(given, user, found, name=FIREFOX)
    assert models.KnownDevice.objects.get().trusted_until is None
    assert half(browser, 2).outcome is Outcome.FACTOR_NEEDED


def test_the_browser_of_the_first_sign_in_is_known_and_told_to_nobody(user: models.User) -> None:
    with permit(actors.front_desk(user_id=user.pk), Function.ACTIVATION) as given:
        device = known_devices.begun(given, user, name=FIREFOX)
    assert not mails()
    whole(user, Browser((device,), FIREFOX), 1)
    assert not mails()
    assert [each.id for each in own(user, 1)] == [device.number]


def test_a_known_browser_without_a_factor_is_named_to_its_session() -> None:
    user = people.make()
    with permit(people.visitor(), Function.SIGN_IN) as given:
        device = known_devices.passed(given, user, None, name=FIREFOX)
    found = half(Browser((device,), FIREFOX), 1).device
    assert found is not None
    assert found.number == device.number
