"""What a stranger can compare of two answers, and what making them took."""

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass
from smtplib import SMTPException
from typing import Any

from django.apps import apps
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.support import visiting

Answer = tuple[int, dict[str, str], list[str], str]
_COOKIE = re.compile(r"=[^;]*")
# What follows a registration or a wish, new each time: shown in groups of four, or in a hidden field.
_NUMBER = re.compile(
    r"\b(?:[0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]\b|\bvalue=\"[0-9A-HJKMNP-TV-Z]{17}\""
)
_VALUE = re.compile(r"'[^']*'|\b[0-9a-fA-F]{8,}\b|\d+")
_LIST = re.compile(r"\bIN \(\?(?:, \?)*\)")
_networks = itertools.count()


@dataclass(frozen=True, slots=True)
class Side:
    """One request of a stranger. `typed` is what it names; where the answer repeats that, it is left out."""

    ask: Callable[[], Any]
    typed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cost:
    """The statements without their values and how many a list holds, the passwords hashed, the jobs and mails
    that wait since.
    """

    statements: tuple[str, ...]
    hashes: int
    jobs: int
    mails: int


def stranger() -> Client:
    """A browser that nothing is known of, in a network that nothing came from yet."""
    number = next(_networks)
    return Client(REMOTE_ADDR=f"198.{18 + number // 65536 % 2}.{number // 256 % 256}.{number % 256}")


def whole(answer: Any, typed: tuple[str, ...] = ()) -> Answer:
    """Status, headers, the cookies without what is random in them, and the text."""
    headers = {name: value for name, value in answer.headers.items() if name != "Content-Length"}
    cookies = sorted(_COOKIE.sub("", str(each.OutputString()), count=1) for each in answer.cookies.values())
    said = _NUMBER.sub("", visiting.as_said(answer))
    for each in typed:
        said = said.replace(f'value="{each}"', "")
    return answer.status_code, headers, cookies, said


def cost(ask: Callable[[], Any], hashes: list[str]) -> Cost:
    """What an answer takes; `hashes` gets an entry for each password that is hashed."""
    hashes.clear()
    before = _waiting()
    with CaptureQueriesContext(connection) as queries:
        ask()
    after = _waiting()
    said = tuple(_LIST.sub("IN (?)", _VALUE.sub("?", query["sql"])) for query in queries)
    return Cost(said, len(hashes), after[0] - before[0], after[1] - before[1])


def refuse_mail(mail: EmailMessage, fail_silently: bool = False) -> int:
    """Stands for sending a mail where the mail server is down."""
    del fail_silently
    raise SMTPException(str(mail.to))


def _waiting() -> tuple[int, int]:
    jobs, mails = apps.get_model("jobs", "Job"), apps.get_model("notifications", "Message")
    return jobs.objects.count(), mails.objects.count()
