"""The question at the FHIR door: the Patient found, then its Coverage."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from portico.domains.members.answers import Verdict
from tests.agreement.heard import (
    At,
    Covered,
    Expected,
    Heard,
    Question,
    Refused,
    Several,
    Span,
    Stand,
    Unanswered,
)
from tests.support import programs
from tests.support.doors import fhir
from tests.support.doors.x12 import Sought
from tests.support.programs import Program

# What is in its grace period is active here: R4's status has no word for it.
VERDICTS = {"active": Verdict.ACTIVE, "draft": Verdict.NOT_YET_ACTIVE, "cancelled": Verdict.TERMINATED}
_GRACE = {Verdict.ACTIVE_IN_GRACE: Verdict.ACTIVE}


@dataclass(slots=True)
class ByFhir:
    """Applications, each holding what a person of the cast holds, with a token of its own."""

    stand: Stand
    at: At = At.FHIR
    _askers: dict[tuple[str, str], tuple[Program, str]] = field(default_factory=dict)

    def asker(self, who: str, tax_id: str = "") -> tuple[Program, str]:
        """The application and its token; it asks for the tax ID it was registered with, and no other."""
        if (who, tax_id) not in self._askers:
            program = programs.application(self.stand.world, who, tax_id=tax_id)
            self._askers[who, tax_id] = program, fhir.token(program)
        return self._askers[who, tax_id]

    def ask(self, question: Question) -> Heard:
        """Search the Patient; where one is found, its Coverage."""
        program, token = self.asker(question.who, question.tax_id)
        by = {"door": "fhir", "machine_id": program.number, "persona_id": None}
        self.stand.new_rows()
        answer = fhir.get("Patient", token, _asked(question.sought))
        heard = Heard(_said(answer), self.stand.new_rows(), by, answer.headers.get("X-Request-Id", ""))
        found = fhir.resources(answer.json(), "Patient") if answer.status_code == 200 else []
        if len(found) != 1:
            return heard
        answer = fhir.get("Coverage", token, {"patient": f"Patient/{found[0]['id']}"})
        said = _covered(found[0], fhir.resources(answer.json(), "Coverage"))
        return Heard(said, self.stand.new_rows(), by, answer.headers["X-Request-Id"])

    def says(self, question: Question, expected: Expected) -> object:
        """Every span alike, whichever decides; our own codes where nobody is told of."""
        del question
        match expected:
            case Covered():
                spans = {*expected.others, *([expected.span] if expected.span else ())}
                told = (replace(span, verdict=_GRACE.get(span.verdict, span.verdict)) for span in spans)
                return expected.member_id, frozenset(told)
            case Several():
                return expected.member_ids
            case Unanswered() | Refused():
                return (expected.reason.value,)


def _asked(sought: Sought) -> Mapping[str, str]:
    asked = {
        "identifier": sought.member_id,
        "family": sought.last_name,
        "given": sought.first_name,
        "birthdate": sought.birth_date.isoformat() if sought.birth_date else "",
    }
    return {name: value for name, value in asked.items() if value}


def _said(answer: Any) -> object:
    """The reasons of a refusal or of an empty bundle; else the member IDs found."""
    body = answer.json()
    outcomes = (
        [body] if body["resourceType"] == "OperationOutcome" else fhir.resources(body, "OperationOutcome")
    )
    codes = [
        coding["code"] for one in outcomes for issue in one["issue"] for coding in issue["details"]["coding"]
    ]
    return tuple(codes) or frozenset(map(_member_id, fhir.resources(body, "Patient")))


def _covered(patient: Mapping[str, Any], coverages: list[dict[str, Any]]) -> object:
    return _member_id(patient), frozenset(map(_span, coverages))


def _member_id(patient: Mapping[str, Any]) -> str:
    systems = {one["system"].rpartition("/")[2]: one["value"] for one in patient["identifier"]}
    return str(systems["member-id"])


def _span(coverage: Mapping[str, Any]) -> Span:
    (plan,) = [one for one in coverage["class"] if one["type"]["coding"][0]["code"] == "plan"]
    period = coverage["period"]
    return Span(
        verdict=VERDICTS[coverage["status"]],
        plan_code=plan["value"],
        plan_name=plan.get("name", ""),
        line=coverage["type"]["coding"][0]["code"],
        begins=date.fromisoformat(period["start"]),
        ends=date.fromisoformat(period["end"]) if "end" in period else None,
    )
