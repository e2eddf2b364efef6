"""Client applications of the small world, one for each way of standing before this door, and how they ask."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from portico.domains.access import access_tokens, machines
from portico.domains.access import models as access
from portico.domains.access.granting import NewGrant
from portico.domains.access.machines import NewMachine
from portico.domains.members import keys
from portico.domains.members import models as tables
from portico.domains.permits.actors import GrantState
from portico.domains.permits.functions import Function
from portico.edges.fhir import negotiation
from tests.conformance import smart
from tests.support import cast, patients
from tests.support import world as worlds
from tests.support.actors import NOW, TODAY
from tests.support.world import World

BASE = "http://testserver/fhir"
EVERYTHING = ("system/*.rs",)
SINCE = date(2025, 1, 1)


@dataclass(frozen=True, slots=True)
class Software:
    """A client application: what it holds, in which office, and what its token says it may ask for."""

    key: str
    functions: tuple[Function, ...] = (Function.ELIGIBILITY,)
    office: str = cast.LAKESIDE
    tax_id: str = cast.OWN
    reaches: tuple[str, ...] = (cast.OWN,)
    lines: tuple[str, ...] = ()
    state: GrantState = GrantState.ACTIVE
    first_on: date = SINCE
    last_on: date | None = None
    scopes: tuple[str, ...] = EVERYTHING
    is_revoked: bool = False
    token_is_over: bool = False


PROGRAMS = (
    Software("office_software"),
    Software("elsewhere", office=cast.HILLCREST, tax_id=cast.FOREIGN, reaches=(cast.FOREIGN,)),
    Software("medi_cal_only", lines=(cast.MEDI_CAL,)),
    Software("without_function", functions=(Function.CLAIMS_INQUIRY,)),
    Software("other_tax_id", tax_id=cast.SECOND),
    Software("out_of_network", tax_id=cast.NOT_IN_NETWORK, reaches=(cast.NOT_IN_NETWORK,)),
    Software("expired", last_on=TODAY - timedelta(days=1)),
    Software("early", first_on=TODAY + timedelta(days=30)),
    Software("proposed", state=GrantState.PROPOSED),
    Software("coverage_only", scopes=("system/Coverage.rs",)),
    Software("reads_only", scopes=("system/*.r",)),
    Software("searches_only", scopes=("system/*.s",)),
    Software("older_scopes", scopes=("system/*.read",)),
    Software("revoked", is_revoked=True),
    Software("token_over", token_is_over=True),
)
BY_KEY = {software.key: software for software in PROGRAMS}


@dataclass(slots=True)
class Asker:
    """An application with its token, and the answers it gets."""

    token: str
    browser: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def get(
        self, path: str, query: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None
    ) -> Any:
        """GET below the base."""
        return self.browser.get(f"/fhir/{path}", query or {}, headers=self._with(headers))

    def head(self, path: str, query: Mapping[str, Any] | None = None) -> Any:
        """HEAD below the base."""
        return self.browser.head(f"/fhir/{path}", query or {}, headers=self._with())

    def post(self, path: str, form: Mapping[str, Any]) -> Any:
        """A form posted below the base, in the encoding a search has."""
        content, kind = urlencode(form), negotiation.FORM
        return self.browser.post(f"/fhir/{path}", content, content_type=kind, headers=self._with())

    def follow(self, url: str) -> Any:
        """GET a link as a bundle gives it."""
        return self.browser.get(url.removeprefix("http://testserver"), headers=self._with())

    def _with(self, headers: Mapping[str, str] | None = None) -> dict[str, str]:
        token = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return {**token, **(headers or {})}


def register(world: World, software: Software) -> Asker:
    """Make the application with its grants, and give it a token."""
    del world
    new = NewMachine(
        office=software.office,
        kind=machines.FHIR_CLIENT,
        name=software.key.replace("_", " "),
        tax_id=software.tax_id,
        key_set=smart.key("ES384").key_set,
        scopes=software.scopes,
        grants=[
            NewGrant(
                function=function,
                tax_ids=software.reaches,
                first_on=software.first_on,
                last_on=software.last_on,
                lines=software.lines,
                state=software.state,
            )
            for function in software.functions
        ],
    )
    machines.create(actor=worlds.system(), new=new)
    machine = access.Machine.objects.latest("pk")
    if software.is_revoked:
        machine.revoked_at = NOW
        machine.save()
    return Asker(token_for(machine, software))


def token_for(machine: access.Machine, software: Software) -> str:
    """A token as the token endpoint gives them."""
    text = f"token-of-{software.key}-{machine.pk}"
    access.AccessToken.objects.create(
        machine=machine,
        token_index=access_tokens.index(text),
        scopes=list(software.scopes),
        issued_at=NOW,
        expires_at=NOW if software.token_is_over else NOW + timedelta(minutes=5),
    )
    return text


def patient_id(world: World, member_id: str = patients.ZEPHYRINE) -> str:
    """The id of a member's Patient."""
    return keys.member_key(world.members[member_id].pk)


def coverage_id(world: World, member_id: str = patients.ZEPHYRINE) -> str:
    """The id of the Coverage a member has had longest."""
    return keys.coverage_key(tables.Coverage.objects.filter(member=world.members[member_id])[0].pk)


def matches(answer: Any) -> list[dict[str, Any]]:
    """The resources a search found."""
    assert answer.status_code == 200, answer.content
    entries = answer.json().get("entry", [])
    return [entry["resource"] for entry in entries if entry["search"]["mode"] == "match"]


def said(answer: Any) -> dict[str, Any]:
    """The outcome in a bundle."""
    (outcome,) = (
        entry["resource"] for entry in answer.json()["entry"] if entry["search"]["mode"] == "outcome"
    )
    return dict(outcome)


def link(answer: Any, relation: str) -> str:
    """A link of a bundle; empty where there is none."""
    links = {one["relation"]: one["url"] for one in answer.json()["link"]}
    return str(links.get(relation, ""))


def issues(answer: Any) -> list[dict[str, Any]]:
    """The issues of an answer that is an OperationOutcome."""
    body = answer.json()
    assert body["resourceType"] == "OperationOutcome", body
    return list(body["issue"])


def reasons(answer: Any) -> tuple[str, ...]:
    """Our own codes for what went otherwise."""
    return tuple(issue["details"]["coding"][0]["code"] for issue in issues(answer))
