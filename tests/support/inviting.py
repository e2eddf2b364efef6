"""Somebody invited, what the mail brought, and the answers to each step of the first sign-in."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.test import Client
from django.urls import reverse

from portico.domains.access import granting
from portico.domains.accounts import users
from portico.domains.accounts.credentials.question_rules import Question
from portico.domains.accounts.second_factors import factors
from portico.domains.notifications import outbox
from portico.domains.plan import terms as plan_terms
from portico.edges.web import asking
from tests.support import actors, cast, world

USERNAME, EMAIL = "ida.new", "ida@lakeside.example.org"
OWN_PASSWORD = "a walk around the lake"
ANSWER = "the heron at the mill"
TERMS = "# Terms\n\nBe careful with what you see."


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody invited; `secret` is the temporary password, or the whole link."""

    user_id: int
    secret: str

    @property
    def token(self) -> str:
        """The secret of the link."""
        return self.secret.partition("?t=")[2]


def invite(username: str = USERNAME, *, office: str = cast.LAKESIDE) -> Invited:
    """A front desk of the office, invited by the operator."""
    new = users.NewUser(username, None, "Ida", "Newcomer", email=EMAIL, is_verified=True)
    person = cast.PEOPLE["front_desk"]
    persona = granting.NewPersona(person.kind, office=office, grants=world.grants(person))
    user_id = granting.add_person(actor=world.system(), user=new, personas=[persona])
    return Invited(user_id, mailed())


def mailed() -> str:
    """What the last mail that waits brings; it goes on waiting."""
    last = apps.get_model("notifications", "Message").objects.latest("pk")
    mail = outbox.Outgoing(last.message_id, last.to, last.template, last.context, last.attempts)
    (fact,) = outbox.opened(mail).values()
    return str(fact)


def publish_terms(version: str = "2026-1", text: str = TERMS) -> str:
    """Terms in force; answers their digest."""
    return plan_terms.publish(actor=actors.plan_staff(), version=version, text=text).digest


def give(browser: Client, invited: Invited, *, username: str = USERNAME) -> Any:
    """The answer to the temporary password at the sign-in."""
    return browser.post(reverse("sign_in"), {"username": username, "password": invited.secret})


def open_link(browser: Client, invited: Invited, *, username: str = USERNAME, **more: str) -> Any:
    """The answer to the username on the page of the link."""
    return browser.post(reverse("activate"), {"t": invited.token, "username": username, **more})


def agree(browser: Client, digest: str) -> Any:
    """The answer to the terms."""
    return browser.post(reverse("welcome_terms"), {"digest": digest, "agree": "on"})


def set_password(browser: Client, password: str = OWN_PASSWORD) -> Any:
    """The answer to a password of one's own."""
    return browser.post(reverse("welcome_password"), {"password": password})


def set_factor(browser: Client) -> tuple[Any, str]:
    """The answer to the code of a new authenticator, and its secret."""
    page = browser.get(reverse("welcome_factor"))
    secret = str(page.context["secret"]).replace(" ", "")
    proposal = str(page.context["proposal"])
    code = factors.code_at(secret, asking.now())
    return browser.post(reverse("welcome_factor"), {"code": code, "proposal": proposal}), secret


def make_codes(browser: Client) -> Any:
    """The answer to the wish for recovery codes."""
    return browser.post(reverse("welcome_codes"))


def answer(browser: Client, text: str = ANSWER) -> Any:
    """The answer to the recovery question."""
    return browser.post(reverse("welcome_question"), {"question": Question.HEART, "answer": text})


def user(invited: Invited) -> Any:
    """The row of the person."""
    return apps.get_model("accounts", "User").objects.get(pk=invited.user_id)
