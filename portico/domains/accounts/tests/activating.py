"""Going through the steps of the first sign-in by their use cases."""

from collections.abc import Callable

from django.apps import apps

from portico.domains.accounts import models
from portico.domains.accounts.credentials.question_rules import Question
from portico.domains.accounts.joining import activation
from portico.domains.accounts.joining.activation import Finished
from portico.domains.accounts.joining.activation_rules import Step
from portico.domains.accounts.second_factors import authenticators, factors, recovery_codes
from portico.domains.accounts.signing_in.known_devices import Browser
from portico.domains.accounts.tests import inviting, people
from portico.domains.permits.actors import Actor

BROWSER = Browser(name="Firefox on Windows")
ANSWER = "the heron at the mill"
STEPS = (Step.TERMS, Step.PASSWORD, Step.FACTOR, Step.CODES, Step.QUESTION)


def agree(user: models.User, digest: str) -> None:
    """The terms are agreed to."""
    assert activation.accept_terms(actor=inviting.actor_of(user), digest=digest, address="203.0.113.7")


def set_password(user: models.User, password: str = inviting.OWN_PASSWORD) -> int | None:
    """The password is set; answers the new epoch."""
    return activation.set_password(actor=inviting.actor_of(user), password=password)


def set_factor(user: models.User) -> int | None:
    """An authenticator is set up; answers the epoch."""
    code = factors.code_at(people.SECRET, people.NOW)
    return authenticators.confirm(actor=inviting.actor_of(user), secret=people.SECRET, code=code)


def full(user: models.User) -> Actor:
    """The person in a session that passed the second factor."""
    return inviting.actor_of(user, second_factor=True)


def make_codes(user: models.User) -> tuple[str, ...]:
    """The recovery codes."""
    return recovery_codes.renew(actor=full(user))


def answer(user: models.User) -> Finished | None:
    """The question is answered, the last step, in `BROWSER`."""
    return activation.answer_question(
        actor=full(user), question=Question.HEART, answer=ANSWER, browser=BROWSER
    )


def go_to(step: Step, user: models.User, digest: str) -> None:
    """Goes through every step before this one."""
    ways: dict[Step, Callable[[], object]] = {
        Step.TERMS: lambda: agree(user, digest),
        Step.PASSWORD: lambda: set_password(user),
        Step.FACTOR: lambda: set_factor(user),
        Step.CODES: lambda: make_codes(user),
    }
    for before in STEPS[: STEPS.index(step)]:
        ways[before]()


def due(user: models.User, actor: Actor | None = None) -> Step:
    """The step that is due."""
    return activation.standing(actor=actor or full(user)).due


def conclusions() -> list[str]:
    """How each step that was tried ended, as the audit keeps it."""
    rows = apps.get_model("audit", "Entry").objects.filter(function="activation").order_by("pk")
    return [row.conclusion for row in rows]
