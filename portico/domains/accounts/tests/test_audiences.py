"""The plan's other sign-ins: what they are sent, how often, and that nobody waits for them."""

from collections.abc import Callable, Iterator
from typing import ClassVar

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from portico.domains.accounts.joining import invitation_rules
from portico.domains.accounts.signing_in import audiences, misses, sign_in
from portico.domains.accounts.signing_in.sign_in import Outcome
from portico.domains.accounts.tests import people

pytestmark = pytest.mark.django_db
MEMBER, THEIRS, WRONG = "mira.solberg", "sunflowers by the gate", "not the right phrase"
HOME = "198.51.100.7"


class Directory:
    """Another sign-in that knows one member; what it was asked is in `asked`."""

    asked: ClassVar[list[tuple[str, str]]] = []

    def audience_of(self, username: str, password: str) -> str | None:
        """A member, by that password alone."""
        self.asked.append((username, password))
        return "member" if (username, password) == (MEMBER, THEIRS) else None


class Failing(Directory):
    """One that fails, in words that name whom it was asked for."""

    def audience_of(self, username: str, password: str) -> str | None:
        """Fails."""
        super().audience_of(username, password)
        raise OSError(f"no route for {username}")


@pytest.fixture(autouse=True)
def directory(settings: Settings) -> Iterator[None]:
    """The portal may ask the plan's members' site, which nobody has asked yet."""
    settings.AUDIENCE_DIRECTORY = f"{__name__}.Directory"
    Directory.asked.clear()
    audiences._patience.cache_clear()
    yield
    audiences._patience.cache_clear()


def tried(
    username: str = MEMBER, password: str = WRONG, *, minutes: float = 0, address: str = HOME
) -> Outcome:
    """How a sign-in ended."""
    attempt = sign_in.with_password(
        actor=people.at(minutes), username=username, password=password, address=address
    )
    return attempt.outcome


def conclusions() -> list[str]:
    """How everything ended that was recorded, in order."""
    entries = apps.get_model("audit", "Entry").objects.order_by("pk")
    return list(entries.values_list("conclusion", flat=True))


def test_a_wrong_password_is_sent_once_and_that_it_was_is_recorded() -> None:
    assert tried(password=THEIRS) is Outcome.WRONG_AUDIENCE
    assert Directory.asked == [(MEMBER, THEIRS)]
    assert conclusions() == ["asked_elsewhere", "wrong_audience"]


def test_a_right_password_is_sent_nowhere() -> None:
    people.make()
    assert tried(people.NAME, people.PASSWORD) in (Outcome.SIGNED_IN, Outcome.FACTOR_NEEDED)
    assert Directory.asked == []


def test_a_locked_name_is_asked_for_no_more_and_again_once_it_opens() -> None:
    for _ in range(8):
        tried()
    assert len(Directory.asked) == 5
    assert conclusions()[-2:] == ["not_asked_elsewhere", "locked"]
    assert tried(password=THEIRS) is Outcome.LOCKED
    assert len(Directory.asked) == 5
    assert tried(password=THEIRS, minutes=16) is Outcome.WRONG_AUDIENCE


def test_a_name_is_asked_for_no_more_often_than_it_may_be_tried_though_its_misses_were_forgotten() -> None:
    for place in range(8):
        tried()
        apps.get_model("accounts", "Misses").objects.filter(
            name_index=misses.index(misses.Step.PASSWORD, MEMBER)
        ).delete()
        assert len(Directory.asked) == min(place + 1, 5)


def test_whose_account_it_is_may_be_asked_time_and_again() -> None:
    for _ in range(12):
        assert tried(password=THEIRS) is Outcome.WRONG_AUDIENCE
    assert len(Directory.asked) == 12


def test_no_more_is_asked_from_a_network_than_may_be_wrong_from_it() -> None:
    for place in range(104):
        tried(f"name.{place}")
    assert len(Directory.asked) == 100
    tried("another.name", address="203.0.113.9")
    assert len(Directory.asked) == 101


def test_asking_is_limited_for_a_network_even_while_nothing_is_wrong_from_it() -> None:
    for _ in range(104):
        tried(password=THEIRS)
    assert len(Directory.asked) == 100


@pytest.mark.parametrize(
    "form", [str, str.lower, lambda made: made.replace("-", "")], ids=["sent", "low", "bare"]
)
def test_what_looks_like_a_temporary_password_is_sent_nowhere(form: Callable[[str], str]) -> None:
    tried(password=form(invitation_rules.new_temporary_password()))
    assert Directory.asked == []


def test_known_and_unknown_names_are_the_same_work() -> None:
    people.make()
    statements = []
    for name in (people.NAME, "nobody.here"):
        tried(name, address="")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            tried(name, address="")
        statements.append([query["sql"].split()[0] for query in seen.captured_queries])
    assert statements[0] == statements[1]
    assert len(Directory.asked) == 4


def test_one_that_fails_is_told_of_once_without_a_name_and_left_alone(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.AUDIENCE_DIRECTORY = f"{__name__}.Failing"
    outcomes = {tried(f"name.{place}") for place in range(6)}
    assert outcomes == {Outcome.REFUSED}
    assert len(Directory.asked) == 3
    told = [each for each in caplog.records if each.name == "portico.audiences"]
    assert len(told) == 1
    assert "OSError" in told[0].getMessage()
    assert "name." not in told[0].getMessage()


def test_a_directory_that_is_not_there_knows_nobody(settings: Settings) -> None:
    settings.AUDIENCE_DIRECTORY = "portico.nowhere.Directory"
    assert tried(password=THEIRS) is Outcome.REFUSED


def test_where_none_is_named_nothing_is_recorded_of_asking(settings: Settings) -> None:
    settings.AUDIENCE_DIRECTORY = ""
    assert tried(password=THEIRS) is Outcome.REFUSED
    assert conclusions() == ["refused"]
