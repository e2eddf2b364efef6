"""Trading partners that connect: they sign in inside their envelopes, and read what comes back."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from portico.domains.access import machines
from portico.domains.access.granting import NewGrant
from portico.domains.jobs.leases import Worker
from portico.domains.permits.functions import Function
from portico.domains.plan import catalogue
from portico.edges.cli.lane import Lane
from portico.edges.x12.tests import enveloping
from tests.support import cast, patients, systems
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.x12 import partners

PAYER = "99999"
MIME, SOAP, MTOM = "mime", "soap", "mtom"
ENVELOPES = (MIME, SOAP, MTOM)
JOBS = ("x12_batch", "x12_claim_status", "x12_encounter_batch")


@dataclass(slots=True)
class Partner:
    """A program of an office, with what it signs in with."""

    username: str
    secret: str = field(repr=False)
    sender_id: str
    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))

    def fields(
        self, asked: str = "real_time", payload: bytes | None = None, **changes: Any
    ) -> enveloping.Fields:
        """The fields of a request of its own."""
        own = {
            "UserName": self.username,
            "Password": self.secret,
            "SenderID": self.sender_id,
            "ReceiverID": PAYER,
        }
        return enveloping.fields(asked, payload, **{**own, **changes})

    def post(
        self, asked: str = "real_time", payload: bytes | None = None, envelope: str = MIME, **changes: Any
    ) -> dict[str, Any]:
        """The fields of the answer to a request, which has to come with HTTP's 200."""
        response = self.send(*write(self.fields(asked, payload, **changes), asked, envelope))
        assert response.status_code == 200, response.content
        assert response["Content-Length"] == str(len(response.content))
        return enveloping.read(response.content, response["Content-Type"])

    def send(self, body: bytes, content_type: str, **headers: Any) -> HttpResponse:
        """The answer to a body."""
        return self.client.generic("POST", url(), body, content_type, **headers)  # type: ignore[return-value]


def url() -> str:
    """Where everything is posted to."""
    return reverse("core_connectivity")


def write(said: enveloping.Fields, asked: str, envelope: str) -> tuple[bytes, str]:
    """A request in one of the envelopes."""
    if envelope == MIME:
        return enveloping.form(said)
    return enveloping.mtom(said, asked) if envelope == MTOM else enveloping.soap(said, asked)


def name_the_plan() -> None:
    """Give the plan the ID that partners know it by."""
    lines = [catalogue.Named(line.code, line.name) for line in catalogue.lines()]
    identity = catalogue.Identity(
        "Northlake Health Plan", "Northlake", "1-800-555-0142", "help@example.org", PAYER
    )
    catalogue.configure(actor=worlds.system(), identity=identity, lines=lines, regions=[])


def a_partner(**changes: Any) -> Partner:
    """A new partner of Lakeside."""
    made = systems.a_partner(**changes)
    row: Any = apps.get_model("access", "Machine").objects.get(public_id=systems.public_id(made))
    return Partner(row.username, made.secret or "", row.sender_id)


def a_stranger() -> Partner:
    """A partner of the other office."""
    grants = (systems.a_grant(Function.ELIGIBILITY, cast.FOREIGN),)
    return a_partner(office=cast.HILLCREST, tax_id=cast.FOREIGN, sender_id="HILLCREST01", grants=grants)


def revoke(partner: Partner) -> None:
    """Let the partner in no more."""
    row: Any = apps.get_model("access", "Machine").objects.get(username=partner.username)
    machines.revoke(actor=worlds.system(), public_id=row.public_id)


def hold(partner: Partner, *grants: NewGrant) -> None:
    """Let the partner hold these grants from now on, and none of those it held."""
    row: Any = apps.get_model("access", "Machine").objects.get(username=partner.username)
    for held in machines.one(actor=worlds.system(), public_id=row.public_id).grants:
        machines.end_grant(actor=worlds.system(), public_id=row.public_id, grant_id=held.id)
    for grant in grants:
        machines.add_grant(actor=worlds.system(), public_id=row.public_id, new=grant)


def a_270(*more: list[str], **said: Any) -> bytes:
    """An interchange that asks for Zephyrine Quillfeather; `more` are further patients."""
    return partners.interchange(of_zephyrine(*more, **said))


def of_zephyrine(*more: list[str], **said: Any) -> list[str]:
    """The set in it."""
    receiver = f"NM1*1P*2*LAKESIDE FAMILY PRACTICE*****FI*{cast.OWN}"
    return partners.a_270(zephyrine(), *more, receiver=receiver, **said)


def zephyrine(**changes: Any) -> list[str]:
    """The segments of one patient."""
    own = {"last": "QUILLFEATHER", "first": "ZEPHYRINE", "number": patients.ZEPHYRINE, "birth": "19840506"}
    return partners.patient(**{**own, **changes})


def worker(now: datetime = NOW) -> Worker:
    """A worker whose clock stands still."""
    return Worker(name="test", now=lambda: now, zone=ZoneInfo(settings.PLAN_TIME_ZONE))


def work(now: datetime = NOW) -> None:
    """Do every batch that waits."""
    Lane(worker=worker(now), kinds=JOBS, stop=threading.Event()).run_until_idle()


def exchanges(**wanted: Any) -> list[Any]:
    """The rows of the log, in the order they were written."""
    return list(apps.get_model("exchange", "Exchange").objects.filter(**wanted).order_by("pk"))


def segments(payload: bytes, name: str) -> list[list[str]]:
    """The segments of that name in an interchange of ours."""
    found = (segment.split("*") for segment in payload.decode().split("~"))
    return [segment for segment in found if segment[0] == name]


@contextmanager
def nothing_logged(kept: Any) -> Iterator[None]:
    """Nothing that names a patient or opens a door is in what was logged inside the block."""
    yield
    said = kept.getvalue()
    assert patients.shown_in(said) == []
    assert "ISA*" not in said
