"""Who is refused what, and how: the matrix of this door, made from what the server says it does."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from portico.domains.access import strangers
from portico.domains.members.asked import NoAnswer
from portico.domains.permits.reasons import Reason
from portico.edges.fhir import outcomes, refusals, unanswered
from portico.edges.fhir.outcomes import Issue
from portico.edges.fhir.registry import RESOURCES
from tests.conformance import fhir
from tests.fhir import clients
from tests.fhir.clients import Asker
from tests.support import patients, visiting
from tests.support import world as worlds
from tests.support.world import World

INVENTED = "ab" * 16
READ, SEARCH, SEARCH_BY_FORM = "read", "search", "search by form"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A status, and our own codes for why."""

    status: int
    reasons: tuple[Reason, ...] = ()


OPEN = Outcome(200)
NOT_SIGNED_IN = Outcome(401, (Reason.NOT_SIGNED_IN,))
OUT_OF_SCOPE = Outcome(403, (Reason.SCOPE_NOT_GRANTED,))


def _refused(*reasons: Reason) -> Mapping[str, Outcome]:
    return dict.fromkeys((READ, SEARCH, SEARCH_BY_FORM), Outcome(403, reasons))


# What comes of each interaction, where it is not open.
STANDS: Mapping[str, Mapping[str, Outcome]] = {
    "office_software": {},
    "elsewhere": {},
    "medi_cal_only": {},
    "without_function": _refused(Reason.FUNCTION_NOT_GRANTED),
    "other_tax_id": _refused(Reason.TAX_ID_NOT_GRANTED),
    "out_of_network": _refused(Reason.NOT_PARTICIPATING),
    "expired": _refused(Reason.GRANT_EXPIRED),
    "early": _refused(Reason.GRANT_NOT_YET_ACTIVE),
    "proposed": _refused(Reason.GRANT_PROPOSED),
    "coverage_only": {},
    "reads_only": {SEARCH: OUT_OF_SCOPE, SEARCH_BY_FORM: OUT_OF_SCOPE},
    "searches_only": {READ: OUT_OF_SCOPE},
    "older_scopes": {},
    "revoked": dict.fromkeys((READ, SEARCH, SEARCH_BY_FORM), NOT_SIGNED_IN),
    "token_over": dict.fromkeys((READ, SEARCH, SEARCH_BY_FORM), NOT_SIGNED_IN),
    "visitor": dict.fromkeys((READ, SEARCH, SEARCH_BY_FORM), NOT_SIGNED_IN),
}


def expected(software: str, resource: str, interaction: str) -> Outcome:
    """The outcome of an interaction for an application."""
    if software == "coverage_only" and resource != "Coverage":
        return OUT_OF_SCOPE
    return STANDS[software].get(interaction, OPEN)


def own_id(world: World, resource: str, member_id: str) -> str:
    """The id of a member's resource."""
    return {"Patient": clients.patient_id, "Coverage": clients.coverage_id}[resource](world, member_id)


def interactions(asker: Asker, resource: str, key: str) -> Iterator[tuple[str, Any]]:
    """Everything the server says it does with a resource, done."""
    yield READ, asker.get(f"{resource}/{key}")
    yield SEARCH, asker.get(resource, {"_id": key})
    yield SEARCH_BY_FORM, asker.post(f"{resource}/_search", {"_id": key})


def resources_served(asker: Asker) -> list[str]:
    """The resources of the capability statement, with every interaction it names tried below."""
    served = asker.get("metadata").json()["rest"][0]["resource"]
    assert all(
        [one["code"] for one in resource["interaction"]] == ["read", "search-type"] for resource in served
    )
    return [resource["type"] for resource in served]


@pytest.mark.parametrize("key", STANDS)
def test_every_interaction_of_every_resource(world: World, visitor: Asker, key: str) -> None:
    asker = visitor if key == "visitor" else clients.register(world, clients.BY_KEY[key])
    served = resources_served(visitor)
    assert served == list(RESOURCES)
    own = patients.PERPETUA if key == "medi_cal_only" else patients.ZEPHYRINE
    for resource in served:
        before = worlds.last_use()
        done = list(interactions(asker, resource, own_id(world, resource, own)))
        rows = worlds.uses(pk__gt=before)
        assert len(rows) == len(done), "one row for each"
        for (interaction, answer), row in zip(done, rows, strict=True):
            check(answer, row, expected(key, resource, interaction), f"{interaction} {resource} as {key}")


def check(answer: Any, row: Any, outcome: Outcome, cell: str) -> None:
    """Is the answer as its cell says, and does its audit row agree?"""
    assert answer.status_code == outcome.status, cell
    assert answer.headers["X-Request-Id"] == row.reference, cell
    assert answer.headers["Content-Type"] == "application/fhir+json", cell
    assert fhir.faults(answer.json()) == [], cell
    if outcome is OPEN:
        assert row.outcome == "allowed", cell
        return
    assert (row.outcome, tuple(row.reasons)) == ("denied", outcome.reasons), cell
    assert clients.reasons(answer) == outcome.reasons, cell
    assert row.reference in answer.content.decode(), cell
    told = answer.content.decode() + str(answer.headers)
    assert patients.shown_in(told) == [], cell


def test_every_application_stands_somewhere() -> None:
    assert set(STANDS) == {*clients.BY_KEY, "visitor"}


@pytest.mark.parametrize("resource", RESOURCES)
def test_what_is_not_for_one_is_as_unknown_as_what_never_was(world: World, resource: str) -> None:
    software = clients.register(world, clients.BY_KEY["medi_cal_only"])
    foreign = own_id(world, resource, patients.ZEPHYRINE)
    told = []
    for key in (foreign, INVENTED, "x", "Patient", "..", "0", foreign.upper(), "a" * 4000):
        read, search = software.get(f"{resource}/{key}"), software.get(resource, {"_id": key[:200]})
        assert (read.status_code, search.json()["total"]) == (404, 0), key
        told.append((plain(read), plain(search).replace(f"_id={key[:200]}", "")))
    assert len(set(told)) == 1


def plain(answer: Any) -> str:
    """What an answer says, without its reference."""
    reference = answer.headers["X-Request-Id"]
    return str(answer.content.decode().replace(reference, ""))


def test_an_id_of_one_resource_is_none_of_another(software: Asker, world: World) -> None:
    assert software.get(f"Patient/{clients.coverage_id(world)}").status_code == 404
    assert software.get(f"Coverage/{clients.patient_id(world)}").status_code == 404


def test_a_session_of_the_pages_opens_nothing_here(world: World) -> None:
    asker = Asker("", visiting.sign_in(world["front_desk"]))
    answer = asker.get(f"Patient/{clients.patient_id(world)}")
    assert answer.status_code == 401
    assert answer.cookies == {}


@pytest.mark.parametrize(
    ("header", "challenge"),
    [
        (None, 'Bearer realm="fhir"'),
        ("", 'Bearer realm="fhir"'),
        ("Basic dXNlcjpwYXNz", 'Bearer realm="fhir"'),
        ("Bearer", 'Bearer realm="fhir"'),
        ("Bearer  ", 'Bearer realm="fhir"'),
        ("Bearer wrong", 'Bearer realm="fhir", error="invalid_token"'),
        ("bearer wrong", 'Bearer realm="fhir", error="invalid_token"'),
        ("Bearer w\xe9", 'Bearer realm="fhir", error="invalid_token"'),
        ("Bearer " + "x" * 8000, 'Bearer realm="fhir", error="invalid_token"'),
    ],
)
@pytest.mark.usefixtures("world")
def test_who_is_not_known_is_told_how_to_ask(visitor: Asker, header: str | None, challenge: str) -> None:
    headers = {} if header is None else {"Authorization": header}
    answer = visitor.get("Patient/x", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == challenge
    (issue,) = clients.issues(answer)
    assert issue["code"] == "login"
    assert issue["diagnostics"].startswith("Whoever runs the application: Ask the token endpoint")


def test_a_token_in_the_address_is_no_token(software: Asker, world: World) -> None:
    answer = Asker("").get(f"Patient/{clients.patient_id(world)}", {"access_token": software.token})
    assert answer.status_code == 401


def test_a_missing_scope_is_named(world: World) -> None:
    software = clients.register(world, clients.BY_KEY["coverage_only"])
    answer = software.get("Patient", {"identifier": patients.ZEPHYRINE})
    challenge = 'Bearer realm="fhir", error="insufficient_scope", scope="system/Patient.s"'
    assert answer.headers["WWW-Authenticate"] == challenge


def test_who_can_change_it_is_told(world: World) -> None:
    software = clients.register(world, clients.BY_KEY["expired"])
    (issue,) = clients.issues(software.get("Patient/x"))
    who = "Northlake Health Plan, Provider Services 1-800-555-0142: Renews the access. Reference: "
    assert issue["diagnostics"].startswith(who)
    assert issue["details"]["text"] == "The access has ended."


def test_every_reason_and_every_no_answer_has_its_words_and_a_known_issue_type() -> None:
    assert set(refusals.REFUSALS) == set(Reason)
    assert set(unanswered.UNANSWERED) == set(NoAnswer)
    told = [(each.code, each.why) for each in refusals.REFUSALS.values()]
    told += [(each.code, each.why) for each in unanswered.UNANSWERED.values()]
    assert fhir.faults(outcomes.resource([Issue(code, why) for code, why in told])) == []
    assert [why for _, why in told if not why.endswith(".")] == []


def test_a_searcher_that_guesses_ssns_cannot_do_it_here(software: Asker) -> None:
    for query in (f"identifier={patients.SSN}", f"ssn={patients.SSN}&birthdate=1984-05-06"):
        answer = software.get(f"Patient?{query}")
        assert answer.status_code == 400 or clients.matches(answer) == []


def test_strangers_are_told_to_wait_once_they_are_too_many(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strangers, "A_MINUTE", 2)
    answers = [client.get("/fhir/Patient/x") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [401, 401, 429, 429]
    assert answers[-1].json()["issue"][0]["code"] == "throttled"
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
    assert len(worlds.uses(door="fhir")) == 2


def test_bad_requests_for_tokens_leave_so_many_rows_and_no_more(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strangers, "A_MINUTE", 2)
    assert {client.post("/fhir/token").status_code for _ in range(4)} == {400}
    assert len(worlds.uses(function="sign_in", door="fhir")) == 2
