"""Terms of use: what is published stays as it was, the newest is in force, and who may publish."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from portico.domains.permits.actors import Account, Actor
from portico.domains.permits.functions import Desk
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.reasons import Reason
from portico.domains.plan import policy, terms
from portico.domains.plan.terms import CannotPublish
from tests.support import actors

pytestmark = pytest.mark.django_db
TEXT = "# Terms\n\nBe careful.\n"
LATER = "# Terms\n\nBe more careful.\n"


def later() -> Actor:
    """The operator, a day on."""
    return replace(actors.system(), asked_at=actors.NOW + timedelta(days=1))


def publish(version: str = "2026-01", text: str = TEXT, actor: Actor | None = None) -> terms.Terms:
    return terms.publish(actor=actor or actors.system(), version=version, text=text)


def last_use() -> Any:
    return apps.get_model("audit", "Entry").objects.order_by("pk").last()


def test_before_the_first_there_are_none() -> None:
    assert terms.current() is None
    assert terms.versions() == ()
    assert terms.of("2026-01") is None


def test_what_was_published_is_in_force_under_the_digest_of_its_text() -> None:
    made = publish()
    assert made == terms.current() == terms.of("2026-01")
    assert made.digest == hashlib.sha256(TEXT.encode()).hexdigest()
    assert made.published_at == actors.NOW
    assert policy.current().terms_digest == made.digest


def test_the_newest_is_in_force_and_older_ones_stay_as_they_were() -> None:
    old = publish()
    new = publish("2026-02", LATER, later())
    assert terms.current() == new
    assert terms.versions() == (new, old)
    assert terms.of("2026-01") == old


def test_of_two_published_in_one_instant_the_second_is_in_force() -> None:
    publish()
    second = publish("2026-01b", LATER)
    assert terms.current() == second
    assert policy.current().terms_digest == second.digest


@pytest.mark.parametrize("again", ["2026-01a", "2026-01A"], ids=["the same", "in another case"])
def test_a_version_is_published_once(again: str) -> None:
    publish("2026-01a")
    with pytest.raises(CannotPublish, match="never changes"):
        publish(again, LATER)
    assert [each.text for each in terms.versions()] == [TEXT]


def test_a_text_that_was_there_before_is_no_new_version() -> None:
    publish()
    with pytest.raises(CannotPublish, match="that of version 2026-01"):
        publish("2026-02", TEXT.replace("\n", "  \r\n"))


def test_publishing_is_forgotten_by_what_was_remembered() -> None:
    assert policy.current().terms_version == ""
    publish()
    assert policy.current().terms_version == "2026-01"


def test_the_audit_names_the_version_and_who_published_it() -> None:
    publish(actor=actors.plan_staff())
    use = last_use()
    assert (use.function, use.conclusion, use.user_id) == ("sign_in_rules", "terms_published", 12)
    assert [(each.kind, each.identifier) for each in use.subjects.order_by("pk")] == [("terms", "2026-01")]


@pytest.mark.parametrize(
    ("actor", "reason"),
    [
        (actors.front_desk(), Reason.FUNCTION_NOT_GRANTED),
        (actors.administrator(), Reason.FUNCTION_NOT_GRANTED),
        (actors.plan_staff(Desk.SUPPORT), Reason.FUNCTION_NOT_GRANTED),
        (actors.plan_staff(Desk.MEMBER_SERVICES), Reason.FUNCTION_NOT_GRANTED),
        (actors.visitor(), Reason.NOT_SIGNED_IN),
        (actors.plan_staff(account=Account(second_factor=False)), Reason.STEP_UP_REQUIRED),
        (actors.plan_staff(account=Account(proven_lately=False)), Reason.CONFIRMATION_REQUIRED),
    ],
    ids=["end user", "administrator", "support", "member services", "visitor", "no factor", "not lately"],
)
def test_only_the_operations_desk_that_showed_lately_who_it_is_publishes(
    actor: Actor, reason: Reason
) -> None:
    with pytest.raises(NotPermitted) as refused:
        publish(actor=actor)
    assert refused.value.decision.reasons == (reason,)
    assert terms.current() is None
    assert last_use().outcome == "denied"


@pytest.mark.parametrize(
    "version",
    ["", "accept", "2026/01", "2026 01", "-1", "1" * 41, "1\n", "²"],
    ids=["nothing", "no digit", "slash", "blank", "dash first", "too long", "line end", "no ASCII"],
)
def test_what_can_be_no_version_is_refused(version: str) -> None:
    with pytest.raises(CannotPublish, match="at most 40"):
        publish(version)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "say nothing"),
        (" \r\n\t\n", "say nothing"),
        ("x" * 200_001, "more than 200,000"),
        ("Pay\u202enothing", "cannot be seen"),
        ("Pay\x00nothing", "cannot be seen"),
        ("Pay\u200bnothing", "cannot be seen"),
    ],
    ids=["nothing", "blanks", "too long", "turned around", "nul", "no width"],
)
def test_what_can_be_no_terms_is_refused(text: str, why: str) -> None:
    with pytest.raises(CannotPublish, match=why):
        publish(text=text)
    assert last_use().outcome == "crashed"


def test_line_ends_and_blanks_of_another_computer_make_no_other_text() -> None:
    assert publish(text="\ufeff\n# Terms \r\n\r\nBe careful.\r\n\r\n").text == TEXT
