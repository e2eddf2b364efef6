"""What is answered where a resource is not: OperationOutcomes, and the problems that end an interaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from portico.edges.fhir import systems

ERROR: Final = "error"
INFORMATION: Final = "information"


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing to say: a code of HL7's issue types, plain words, our own stable code, and what to do.

    No value of a request or of a person stands in it.
    """

    code: str
    text: str
    reason: str = ""
    advice: str = ""
    severity: str = ERROR


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a problem: its status, issues and headers; `reference` is the audit row's or the log's."""

    status: int
    issues: Sequence[Issue]
    headers: Mapping[str, str] = field(default_factory=dict)
    reference: str = ""


class Problem(Exception):
    """An interaction that ends without what was asked for; `found` says why."""

    def __init__(
        self,
        status: int,
        *issues: Issue,
        headers: Mapping[str, str] | None = None,
        reference: str = "",
    ) -> None:
        super().__init__(", ".join(issue.reason or issue.code for issue in issues))
        self.found = Found(status, issues, headers or {}, reference)


def bad_request(code: str, text: str) -> Problem:
    """400: what was sent cannot be answered, and why."""
    return Problem(400, Issue(code, text))


def resource(issues: Sequence[Issue], reference: str = "") -> dict[str, Any]:
    """The OperationOutcome that says these issues; the reference is what support looks up."""
    return {"resourceType": "OperationOutcome", "issue": [_issue(issue, reference) for issue in issues]}


def _issue(issue: Issue, reference: str) -> dict[str, Any]:
    details: dict[str, Any] = {"text": issue.text}
    if issue.reason:
        details["coding"] = [{"system": systems.own(systems.REASON), "code": issue.reason}]
    told = {"severity": issue.severity, "code": issue.code, "details": details}
    more = " ".join(filter(None, (issue.advice, reference and f"Reference: {reference}.")))
    return {**told, "diagnostics": more} if more else told
