"""The forms of the first sign-in: what each refuses and says, and what a plan may leave out."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.support import inviting, visiting
from tests.support.inviting import Invited
from tests.support.world import World
from tests.web.stepping import due, go_to, leads


@pytest.fixture
def digest(world: World) -> str:
    """The terms in force."""
    del world
    return inviting.publish_terms()


@pytest.fixture
def ida(digest: str) -> Invited:
    """Somebody invited."""
    del digest
    return inviting.invite()


@pytest.fixture
def browser(ida: Invited) -> Client:
    """Her browser, after the temporary password."""
    found = Client()
    assert inviting.give(found, ida).status_code == 302
    return found


@pytest.mark.parametrize("asked", ["helpdesk", "off"])
def test_the_plan_decides_about_the_question(
    asked: str, browser: Client, digest: str, settings: Settings
) -> None:
    settings.RECOVERY_QUESTION = asked
    go_to("question", browser, digest)
    if asked == "off":
        assert "Your account is ready" in visiting.seen(browser.get(reverse("welcome_finish")))
        assert leads(browser.post(reverse("welcome_finish"))) == "home"
    else:
        assert "Provider Services may ask you" in visiting.seen(browser.get(reverse("welcome_question")))
        assert leads(inviting.answer(browser)) == "home"
    assert browser.get("/patients/").status_code == 200


def test_without_terms_it_begins_with_the_password(world: World) -> None:
    browser = Client()
    inviting.give(browser, inviting.invite())
    assert due(browser) == "password"
    assert "Step 1 of 4" in visiting.seen(browser.get(reverse("welcome_password")))


def test_terms_published_meanwhile_are_shown_before_they_are_agreed_to(browser: Client, digest: str) -> None:
    newer = inviting.publish_terms("2026-2", "Be more careful.")
    page = browser.post(reverse("welcome_terms"), {"digest": digest, "agree": "on"}, follow=True)
    assert "the plan published the version that stands here now" in visiting.seen(page)
    assert "Be more careful." in visiting.seen(page)
    assert leads(inviting.agree(browser, newer)) == "welcome_password"


def test_terms_are_agreed_to_by_saying_so(browser: Client, digest: str) -> None:
    page = browser.post(reverse("welcome_terms"), {"digest": digest})
    assert page.status_code == 422
    assert due(browser) == "terms"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("lake coffee", "Use at least 12 characters"),
        ("password1234", "among the first that anybody would try"),
        ("", "Enter a new password"),
    ],
    ids=["short", "guessable", "nothing"],
)
def test_a_weak_password_is_said_so(typed: str, says: str, browser: Client, digest: str) -> None:
    inviting.agree(browser, digest)
    page = inviting.set_password(browser, typed)
    assert page.status_code == 422
    assert says in visiting.seen(page)


def test_the_temporary_password_is_no_password_of_ones_own(
    ida: Invited, browser: Client, digest: str
) -> None:
    inviting.agree(browser, digest)
    page = inviting.set_password(browser, ida.secret.lower())
    assert "This is your temporary password" in visiting.seen(page)


def test_a_wrong_code_keeps_the_picture(browser: Client, digest: str) -> None:
    go_to("factor", browser, digest)
    first = browser.get(reverse("welcome_factor"))
    typed = {"code": "000000", "proposal": first.context["proposal"]}
    again = browser.post(reverse("welcome_factor"), typed)
    assert again.status_code == 422
    assert again.context["secret"] == first.context["secret"]


@pytest.mark.parametrize("proposal", ["", "x", "QUJD"], ids=["none", "no text", "another's"])
def test_a_proposal_that_is_none_of_hers_gives_a_new_picture(
    proposal: str, browser: Client, digest: str
) -> None:
    go_to("factor", browser, digest)
    page = browser.post(reverse("welcome_factor"), {"code": "000000", "proposal": proposal})
    assert page.status_code == 422
    assert len(page.context["secret"].replace(" ", "")) == 32


def test_a_passkey_that_is_none_is_not_kept(browser: Client, digest: str) -> None:
    go_to("factor", browser, digest)
    asked = browser.post(reverse("welcome_passkey_question"))
    assert asked.headers["Content-Type"] == "application/json"
    page = browser.post(reverse("welcome_passkey"), {"name": "key", "reply": "{}"})
    assert page.status_code == 422
    assert "could not be kept" in visiting.seen(page)
    assert due(browser) == "factor"


def test_the_codes_may_be_kept_as_a_file(browser: Client, digest: str) -> None:
    go_to("codes", browser, digest)
    codes = inviting.make_codes(browser).context["codes"]
    file = browser.post(reverse("recovery_codes_file"), {"code": codes})
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert all(code in file.content.decode() for code in codes)
