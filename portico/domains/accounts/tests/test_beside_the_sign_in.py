"""What is counted for a person beside the sign-in: by whom it is spent, and what forgets it."""

from datetime import timedelta

import pytest

from portico.domains.accounts import closing, models, standings
from portico.domains.accounts.credentials import own_password
from portico.domains.accounts.joining.provisioning_rules import Standing
from portico.domains.accounts.second_factors import factors
from portico.domains.accounts.signing_in import confirmation, known_devices, misses, passkey_sign_in, sign_in
from portico.domains.accounts.signing_in.known_devices import ELSEWHERE, Browser
from portico.domains.accounts.signing_in.misses import BESIDE, Step
from portico.domains.accounts.signing_in.sign_in import Outcome
from portico.domains.accounts.tests import coming_back, people
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from tests.support import actors, with_passkeys
from tests.support.soft_passkey import SoftPasskey

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=1)


@pytest.fixture
def user() -> models.User:
    """Somebody with an authenticator, of whom somebody else holds an open session."""
    return people.make(secret=people.SECRET)


def spend_all(user: models.User) -> None:
    """A hundred misses in each tally beside the sign-in."""
    for step in BESIDE:
        models.Misses.objects.create(
            name_index=misses.index(step, user.username), count=100, last_at=people.NOW
        )


def left(user: models.User) -> set[Step]:
    return {step for step in BESIDE if misses.standing(misses.index(step, user.username)).count}


def half(browser: Browser = ELSEWHERE) -> sign_in.Attempt:
    return sign_in.with_password(
        actor=people.at(1), username=people.NAME, password=people.PASSWORD, browser=browser
    )


def whole(user: models.User) -> sign_in.Attempt:
    code = factors.code_at(people.SECRET, people.NOW + LATER)
    return sign_in.with_code(actor=people.at(1), user_id=user.pk, epoch=1, code=code)


def known(user: models.User, *, remember: bool) -> Browser:
    with permit(people.visitor(), Function.SIGN_IN) as given:
        device = known_devices.passed(given, user, None, name="Firefox on Windows", remember=remember)
    return Browser((device,), "Firefox on Windows")


def test_misses_at_confirming_keep_nobody_from_changing_the_password(user: models.User) -> None:
    stolen = coming_back.actor_of(user)
    for _ in range(5):
        confirmation.with_code(actor=stolen, code="000000")
    assert confirmation.state(actor=stolen).is_blocked
    changed = own_password.change(actor=stolen, current=people.PASSWORD, password=coming_back.NEW)
    assert changed.outcome is own_password.Outcome.CHANGED


def test_wrong_passwords_at_the_change_keep_nobody_from_confirming(user: models.User) -> None:
    actor = coming_back.actor_of(user)
    for _ in range(5):
        own_password.change(actor=actor, current="not the one in use", password=coming_back.NEW)
    assert not confirmation.state(actor=actor).is_blocked


def test_a_code_at_the_sign_in_forgets_them(user: models.User) -> None:
    spend_all(user)
    assert half().outcome is Outcome.FACTOR_NEEDED
    assert left(user) == set(BESIDE)
    assert whole(user).outcome is Outcome.SIGNED_IN
    assert left(user) == set()


def test_so_it_does_in_a_known_browser(user: models.User) -> None:
    browser = known(user, remember=False)
    spend_all(user)
    code = factors.code_at(people.SECRET, people.NOW + LATER)
    sign_in.with_code(actor=people.at(1), user_id=user.pk, epoch=1, code=code, browser=browser)
    assert left(user) == set()


def test_a_passkey_at_the_sign_in_forgets_them(user: models.User) -> None:
    key = with_passkeys.add(actors.front_desk(user_id=user.pk), SoftPasskey())
    spend_all(user)
    asked = passkey_sign_in.ask(actor=people.visitor())
    reply = key.get(with_passkeys.options_of(asked))
    entered = passkey_sign_in.enter(actor=people.visitor(), challenge=asked.challenge, reply=reply)
    assert entered.outcome is Outcome.SIGNED_IN
    assert left(user) == set()


def test_a_password_forgets_them_where_there_is_nothing_better() -> None:
    user = people.make()
    spend_all(user)
    assert half().outcome is Outcome.SIGNED_IN
    assert left(user) == set()


def test_a_remembered_browser_forgets_none_of_them(user: models.User) -> None:
    """Or whoever has its cookie and the password would have as many codes to guess as he likes."""
    browser = known(user, remember=True)
    spend_all(user)
    assert half(browser).outcome is Outcome.SIGNED_IN
    assert left(user) == set(BESIDE)


@pytest.mark.parametrize("step", BESIDE)
def test_a_lock_beside_the_sign_in_is_shown_and_lifted(user: models.User, step: Step) -> None:
    index = misses.index(step, user.username)
    models.Misses.objects.create(name_index=index, count=100, last_at=people.NOW)
    [row] = standings.rows([user], people.NOW)
    assert (row.standing, row.until) == (Standing.LOCKED, None)
    with permit(actors.system(), Function.PROVISIONING) as given:
        assert closing.unlock(given, user.pk)
    [row] = standings.rows([user], people.NOW)
    assert row.standing is Standing.ACTIVE
