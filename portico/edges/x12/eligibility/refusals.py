"""Every refusal and every missing answer as an AAA: in which loop, whether the request was sound, why.

AAA01 is N where something sent must be changed, Y where the request is sound. AAA04: C correct and send
again, N do not send again, R may be sent again. Codes: 005010X279A1 with CAQH CORE 259; the words are ours,
and stand in the published table of reasons.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from portico.domains.members.asked import NoAnswer, NotAnswered
from portico.domains.permits.decisions import Decision
from portico.domains.permits.reasons import FixedBy, Reason
from portico.edges.x12.eligibility.outcomes import Failed, Refused
from portico.edges.x12.eligibility.requests import Person, Request


class Problem(StrEnum):
    """What in a request keeps its question from being asked; stable codes."""

    PROVIDER_ID_WRONG = "provider_id_wrong"
    PROVIDER_NOT_ON_FILE = "provider_not_on_file"
    MEMBER_ID_WRONG = "member_id_wrong"
    BIRTH_DATE_WRONG = "birth_date_wrong"
    DATE_WRONG = "date_wrong"
    TOO_MANY_REQUESTS = "too_many_requests"


class Loop(StrEnum):
    """Where an AAA stands; `PATIENT` is 2100D where a dependent is asked about, else 2100C."""

    SOURCE = "2000A"
    RECEIVER = "2100B"
    SUBSCRIBER = "2100C"
    DEPENDENT = "2100D"
    PATIENT = "2100C or 2100D"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: AAA01, AAA03, AAA04 and the loop; `of_dependent` is its AAA03 in 2100D."""

    loop: Loop
    sound: str
    code: str
    follow_up: str
    words: str
    of_dependent: str = ""


@dataclass(frozen=True, slots=True)
class Rejection:
    """One AAA to be written, and in which loop."""

    loop: Loop
    sound: str
    code: str
    follow_up: str


_SOURCE, _RECEIVER, _SUBSCRIBER, _DEPENDENT, _PATIENT = Loop

REASONS: Mapping[Reason, Line] = {
    Reason.NOT_SIGNED_IN: Line(_RECEIVER, "Y", "41", "R", "The trading partner is not signed in."),
    Reason.WRONG_AUDIENCE: Line(_RECEIVER, "Y", "41", "N", "This service is for providers' offices."),
    Reason.ACCOUNT_NOT_ACTIVATED: Line(_RECEIVER, "Y", "41", "R", "The account is not activated yet."),
    Reason.ACCOUNT_PENDING: Line(_RECEIVER, "Y", "41", "R", "The plan has not opened the connection yet."),
    Reason.ACCOUNT_LOCKED: Line(_RECEIVER, "Y", "41", "R", "The connection is locked."),
    Reason.ACCOUNT_SUSPENDED: Line(_RECEIVER, "Y", "41", "R", "The account is suspended."),
    Reason.ACCOUNT_DISABLED: Line(_RECEIVER, "Y", "41", "N", "The plan has closed the connection."),
    Reason.TERMS_NOT_ACCEPTED: Line(_RECEIVER, "Y", "41", "R", "The terms of use are not accepted."),
    Reason.VERIFICATION_REQUIRED: Line(_RECEIVER, "Y", "41", "R", "Who asks has not been verified."),
    Reason.ADMINISTRATOR_HAS_NO_PHI: Line(_RECEIVER, "Y", "41", "N", "Administrators see no patient data."),
    Reason.FUNCTION_NOT_GRANTED: Line(_RECEIVER, "Y", "41", "R", "The function asked for is not granted."),
    Reason.GRANT_PROPOSED: Line(_RECEIVER, "Y", "41", "R", "The grant is not confirmed yet."),
    Reason.GRANT_NOT_YET_ACTIVE: Line(_RECEIVER, "Y", "41", "R", "The grant has not begun."),
    Reason.GRANT_EXPIRED: Line(_RECEIVER, "Y", "41", "R", "The grant has ended."),
    Reason.TAX_ID_NOT_GRANTED: Line(_RECEIVER, "Y", "50", "N", "The tax ID is not granted."),
    Reason.CLIENT_ACCESS_ENDED: Line(
        _RECEIVER, "Y", "50", "N", "The office that bills under the tax ID has ended the access."
    ),
    Reason.CLIENT_DID_NOT_GIVE: Line(
        _RECEIVER, "Y", "50", "N", "The office that bills under the tax ID has not given this."
    ),
    Reason.OTHER_SIDE: Line(_RECEIVER, "Y", "50", "N", "The tax ID is another office's than is worked for."),
    Reason.PROVIDER_NOT_GRANTED: Line(_RECEIVER, "Y", "50", "N", "The provider is not granted."),
    Reason.LINE_NOT_GRANTED: Line(_RECEIVER, "Y", "41", "R", "The line of business is not granted."),
    Reason.REGION_NOT_GRANTED: Line(_RECEIVER, "Y", "41", "R", "The region is not granted."),
    Reason.REGION_NOT_SERVED: Line(_RECEIVER, "Y", "50", "N", "The plan does not serve this region."),
    Reason.AFFILIATION_ENDED: Line(
        _RECEIVER, "Y", "50", "N", "The provider no longer bills under the tax ID."
    ),
    Reason.NOT_PARTICIPATING: Line(_RECEIVER, "Y", "50", "N", "The tax ID is not in the plan's network."),
    Reason.ACCESS_REVIEW_OVERDUE: Line(_RECEIVER, "Y", "41", "R", "The office's access review is overdue."),
    Reason.CLIENT_REVIEW_OVERDUE: Line(
        _RECEIVER, "Y", "41", "R", "The access review of the office that bills is overdue."
    ),
    Reason.STEP_UP_REQUIRED: Line(_RECEIVER, "Y", "41", "R", "A second factor is required."),
    Reason.CONFIRMATION_REQUIRED: Line(_RECEIVER, "Y", "41", "R", "The identity has to be confirmed anew."),
    Reason.SCOPE_NOT_GRANTED: Line(_RECEIVER, "Y", "41", "R", "The token's scopes do not include this."),
}

NO_ANSWERS: Mapping[NoAnswer, Line] = {
    NoAnswer.MEMBER_ID_NOT_FOUND: Line(
        _SUBSCRIBER, "Y", "75", "C", "No member has this ID in the lines granted."
    ),
    NoAnswer.SSN_NOT_FOUND: Line(
        _SUBSCRIBER, "Y", "75", "C", "No member has this SSN and birth date in the lines granted."
    ),
    NoAnswer.NAME_NOT_FOUND: Line(
        _SUBSCRIBER, "Y", "75", "C", "No member has this name and birth date in the lines granted."
    ),
    NoAnswer.KEY_NOT_FOUND: Line(_SUBSCRIBER, "Y", "75", "C", "No member has this key."),
    NoAnswer.TOO_MANY: Line(_SUBSCRIBER, "Y", "76", "C", "Too many members match; send the member ID."),
    NoAnswer.SEVERAL_FOUND: Line(
        _PATIENT, "Y", "76", "C", "Several members match; send first name and birth date too.", "68"
    ),
    NoAnswer.NAME_DIFFERS: Line(
        _SUBSCRIBER, "N", "73", "C", "The name is not the one the plan has for this ID.", "65"
    ),
    NoAnswer.BIRTH_DATE_DIFFERS: Line(
        _SUBSCRIBER, "N", "71", "C", "The birth date is not the one the plan has for this person.", "71"
    ),
    NoAnswer.DEPENDENT_NOT_FOUND: Line(
        _DEPENDENT, "Y", "67", "C", "The subscriber is found, but no such dependent.", "67"
    ),
    NoAnswer.NOT_ENOUGH: Line(
        _SUBSCRIBER, "N", "15", "C", "What was sent is not enough to search by; one AAA says each part.", "15"
    ),
    NoAnswer.SSN_SEARCH_OFF: Line(
        _SUBSCRIBER, "N", "72", "C", "The plan does not search by SSN; send the member ID."
    ),
    NoAnswer.TOO_EARLY: Line(_PATIENT, "N", "62", "C", "The day asked about lies too far back.", "62"),
    NoAnswer.TOO_LATE: Line(_PATIENT, "N", "63", "C", "The day asked about lies too far ahead.", "63"),
    NoAnswer.SLOW_DOWN: Line(
        _PATIENT, "Y", "42", "R", "Too many searches by SSN found nobody; ask again later.", "42"
    ),
    NoAnswer.EXPIRED: Line(_PATIENT, "Y", "42", "R", "The search has expired; ask again.", "42"),
}

PROBLEMS: Mapping[Problem, Line] = {
    Problem.PROVIDER_ID_WRONG: Line(
        _RECEIVER, "N", "43", "C", "The NPI fails its check digit, or the tax ID has not nine digits."
    ),
    Problem.PROVIDER_NOT_ON_FILE: Line(
        _RECEIVER, "Y", "51", "C", "The NPI bills under no tax ID of the office on file today."
    ),
    Problem.MEMBER_ID_WRONG: Line(_SUBSCRIBER, "N", "72", "C", "The member ID is not letters and digits."),
    Problem.BIRTH_DATE_WRONG: Line(_PATIENT, "N", "58", "C", "The birth date is no day.", "58"),
    Problem.DATE_WRONG: Line(_PATIENT, "N", "57", "C", "The day asked about is no day or span.", "57"),
    Problem.TOO_MANY_REQUESTS: Line(
        _SOURCE, "Y", "04", "C", "The interchange asks about more patients than real time answers."
    ),
}

FAILED = Line(_PATIENT, "Y", "42", "R", "The plan cannot answer now.", "42")

# What is missing where a request is not enough to search by: CAQH CORE 259 wants an AAA for each.
_ID_MISSING, _NAME_MISSING, _BIRTH_MISSING, _PATIENT_NAME_MISSING = "72", "73", "58", "65"

BY_WORDS: Mapping[FixedBy, str] = {
    FixedBy.YOURSELF: "You can change this.",
    FixedBy.ADMINISTRATOR: "Your office's administrator can change this.",
    FixedBy.CLIENT: "The office that bills under the tax ID can change this.",
    FixedBy.PLAN: "The plan can change this.",
}


def rejections(
    request: Request, outcome: NotAnswered | Refused | Failed, problems: Iterable[Problem] = ()
) -> tuple[Rejection, ...]:
    """The AAAs of a request without answer, each once, those of one loop only: the outermost at fault.

    What was wrong with the request itself says more than what came of asking without it.
    """
    if isinstance(outcome, Failed):
        found = [_of(FAILED, request)]
    elif isinstance(outcome, Refused):
        found = list(_of_decision(outcome.decision, request, problems))
    else:
        found = [_of(PROBLEMS[problem], request) for problem in problems] or list(
            _of_no_answer(outcome, request)
        )
    order = list(Loop)
    outermost = min((rejection.loop for rejection in found), key=order.index)
    return tuple(dict.fromkeys(rejection for rejection in found if rejection.loop is outermost))


def of_problem(problem: Problem, request: Request) -> Rejection:
    """The AAA of one problem."""
    return _of(PROBLEMS[problem], request)


def why_not(decision: Decision) -> str:
    """Why something is not open and who can change it, in a line for an MSG."""
    words = " ".join(REASONS[reason].words for reason in decision.reasons)
    changers = dict.fromkeys(BY_WORDS[fixer.by] for fixer in decision.fixers)
    return " ".join((words, *changers))


def _of_decision(decision: Decision, request: Request, problems: Iterable[Problem]) -> Iterator[Rejection]:
    """A provider that is not known cannot be granted: that it is not known is what helps."""
    of_problems = (_of(PROBLEMS[problem], request) for problem in problems)
    of_provider = [rejection for rejection in of_problems if rejection.loop is Loop.RECEIVER]
    if of_provider and decision.reasons == (Reason.TAX_ID_NOT_GRANTED,):
        yield from of_provider
    else:
        yield from (_of(REASONS[reason], request) for reason in decision.reasons)


def _of_no_answer(outcome: NotAnswered, request: Request) -> Iterator[Rejection]:
    reasons = (outcome.reason, *outcome.also)
    if outcome.reason is NoAnswer.NOT_ENOUGH and (missing := list(_missing(request, outcome.of_dependent))):
        yield from missing
        return
    for reason in reasons:
        line = NO_ANSWERS[reason]
        in_dependent = outcome.of_dependent and bool(line.of_dependent)
        yield _of(line, request, in_dependent=in_dependent)


def _missing(request: Request, of_dependent: bool) -> Iterator[Rejection]:
    if of_dependent and request.dependent:
        loop, person = Loop.DEPENDENT, request.dependent
        lacks = {_PATIENT_NAME_MISSING: not person.name.first, _BIRTH_MISSING: not person.birth}
    else:
        loop, person = Loop.SUBSCRIBER, request.subscriber
        lacks = {
            _ID_MISSING: not _is_numbered(person),
            _NAME_MISSING: not person.name.last,
            _BIRTH_MISSING: not person.birth,
        }
    yield from (Rejection(loop, "N", code, "C") for code, is_lacking in lacks.items() if is_lacking)


def _is_numbered(person: Person) -> bool:
    return bool(person.name.id) or any(kind in ("SY", "1W") for kind, _ in person.references)


def _of(line: Line, request: Request, *, in_dependent: bool = False) -> Rejection:
    loop = line.loop
    if in_dependent or loop is Loop.PATIENT:
        loop = Loop.DEPENDENT if request.dependent else Loop.SUBSCRIBER
    code = line.of_dependent if loop is Loop.DEPENDENT else line.code
    return Rejection(loop, line.sound, code, line.follow_up)
