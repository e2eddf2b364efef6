"""What tests of coming back in share: jobs done as the worker does them, links as mails bring them."""

from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings

from portico.domains.accounts import models
from portico.domains.accounts.coming_back import resets
from portico.domains.accounts.credentials import questions
from portico.domains.accounts.credentials.question_rules import Question
from portico.domains.accounts.tests import people
from portico.domains.jobs import leases, queue
from portico.domains.jobs.leases import Worker
from portico.domains.notifications import outbox
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from tests.support import actors

ADDRESS = "198.51.100.7"
MAIL = "fay@example.org"
ANSWER = "Sir Hopsalot"
KINDS = ("mail_reset", "mail_usernames")
NEW = "rain on the tin roof at night"


def user(username: str = people.NAME, *, email: str = MAIL, **changes: Any) -> models.User:
    """Somebody with a mail address, a password, and whatever is changed besides."""
    made = people.make(username)
    models.User.objects.filter(pk=made.pk).update(email=email, **changes)
    made.refresh_from_db()
    return made


def actor_of(user: models.User, **changes: Any) -> Actor:
    """The user, signed in."""
    context = {"username": user.username, "office_name": "Lakeside"}
    return actors.front_desk(user_id=user.pk, context=context, **changes)


def asked(username: str = people.NAME, *, minutes: float = 0, address: str = ADDRESS) -> None:
    """Somebody asks for a reset link."""
    resets.ask(actor=people.at(minutes), username=username, address=address)


def work(minutes: float = 0) -> int:
    """Do the jobs that wait, as the worker does; answers how many there were."""
    zone = ZoneInfo("America/Los_Angeles")
    worker = Worker(name="tests", now=lambda: people.instant(minutes), zone=zone)
    count = 0
    while (leased := queue.lease(worker=worker, kinds=KINDS)) is not None:
        leases.handler_for(leased.kind).run(leased)
        count += 1
    return count


def mails() -> list[tuple[str, str, dict[str, Any]]]:
    """Every mail that was written and not looked at yet: to whom, which, and what it says."""
    given_by = actors.system("reader")
    with permit(given_by, Function.SENDING) as given:
        claimed = outbox.claim(given=given, size=1000)
    return [(each.to, each.template, dict(outbox.opened(each))) for each in claimed]


def link(minutes: float = 0, username: str = people.NAME) -> str:
    """The secret of a reset link that was mailed so many minutes after `people.NOW`."""
    asked(username, minutes=minutes)
    work(minutes)
    [(_, template, facts)] = mails()
    assert template == "password_reset"
    address: str = facts["link"]
    assert address.startswith(f"{settings.SITE}/reset/?t=")
    return address.partition("?t=")[2]


def with_question(user: models.User, answer: str = ANSWER) -> None:
    """The user chooses a question."""
    questions.set_own(actor=actor_of(user), question=Question.TOY, answer=answer)


def jobs() -> list[Any]:
    """The jobs there are of these kinds."""
    return list(apps.get_model("jobs", "Job").objects.filter(kind__in=KINDS).order_by("pk"))


def audited(after: int = 0) -> list[tuple[str, str, str]]:
    """Function, outcome and conclusion of the audit rows after that one."""
    rows = apps.get_model("audit", "Entry").objects.filter(pk__gt=after).order_by("pk")
    return list(rows.values_list("function", "outcome", "conclusion"))


def last_row() -> int:
    """The number of the audit row written last."""
    last = apps.get_model("audit", "Entry").objects.order_by("-pk").values_list("pk", flat=True).first()
    return last or 0


def subjects(after: int = 0) -> list[tuple[str, str]]:
    """The subjects of the audit rows after that one."""
    found = apps.get_model("audit", "Subject").objects.filter(entry_id__gt=after).order_by("pk")
    return list(found.values_list("kind", "identifier"))
