"""permit(): the only way to act. Opening one decides, scopes and audits (DESIGN.md, section 3)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction

from portico.domains.audit import recording
from portico.domains.permits.actors import Actor
from portico.domains.permits.decisions import Decision
from portico.domains.permits.functions import Function
from portico.domains.permits.questions import Question, Scope
from portico.domains.permits.rules import decide
from portico.shared import identifiers

Refused = Callable[[Decision, str], None]


class NotPermitted(Exception):
    """The question was refused; `decision` says why and who can change it."""

    def __init__(self, decision: Decision, reference: str) -> None:
        super().__init__(", ".join(decision.reasons))
        self.decision = decision
        self.reference = reference


class Permit:
    """Proof that one actor may do one thing in one scope now. Made by `permit()` alone."""

    __slots__ = ("_conclusion", "_subjects", "actor", "question", "reference", "scope")

    def __init__(self, actor: Actor, decision: Decision, reference: str) -> None:
        self.actor = actor
        self.question = decision.question
        self.scope: Scope = decision.scope
        self.reference = reference
        self._conclusion = ""
        self._subjects: dict[tuple[str, str], None] = {}

    def note_subject(self, kind: str, identifier: str) -> None:
        """Say that the answer shows this subject, such as ("member", its member ID); twice counts once."""
        self._subjects[(kind, identifier)] = None

    def conclude(self, code: str) -> None:
        """Say in one stable code how it ended, such as found or not_found."""
        self._conclusion = code

    @property
    def subjects(self) -> tuple[tuple[str, str], ...]:
        """The subjects noted so far, in the order they were noted."""
        return tuple(self._subjects)

    @property
    def conclusion(self) -> str:
        """The code it ended with; empty when none was given."""
        return self._conclusion


@contextmanager
def permit(
    actor: Actor,
    function: Function,
    *,
    tax_id: str | None = None,
    line: str | None = None,
    provider: str | None = None,
    region: str | None = None,
    lately: bool = False,
    refused: Refused | None = None,
) -> Iterator[Permit]:
    """Run the block as `actor` using `function`, in one durable transaction with its audit row.

    Refused: a row `denied` is written, then NotPermitted is raised; `refused` is called in the transaction
    of that row, for who has to keep the refusal. `lately`: the act is sensitive (questions.Question). When
    the block raises, its work is rolled back and a row `crashed` says so. A permit inside a permit is a
    RuntimeError.
    """
    decision = decide(actor, Question(function, tax_id, line, provider, region, lately))
    reference = identifiers.new_reference()
    if not decision.allowed:
        raise _refusal(actor, decision, reference, refused)
    given, is_open = Permit(actor, decision, reference), False
    try:
        with transaction.atomic(durable=True):
            is_open = True
            yield given
            recording.record(_use(actor, decision, reference, recording.Outcome.ALLOWED, given))
    except Exception as error:
        if is_open:
            _record_crash(given, decision, error)
        raise


def require(
    actor: Actor,
    function: Function,
    *,
    tax_id: str | None = None,
    line: str | None = None,
    region: str | None = None,
) -> Decision:
    """The decision where `actor` may use `function`: nothing is used yet, and no row is left.

    For who is shown a form, or keeps a question, that is decided again when it is answered. Raises
    NotPermitted, with its row, as `permit` does.
    """
    decision = decide(actor, Question(function, tax_id, line, None, region))
    if not decision.allowed:
        raise _refusal(actor, decision, identifiers.new_reference())
    return decision


def _refusal(
    actor: Actor, decision: Decision, reference: str, refused: Refused | None = None
) -> NotPermitted:
    """Leave the row `denied`, with what has to be kept beside it."""
    with transaction.atomic(durable=True):
        recording.record(_use(actor, decision, reference, recording.Outcome.DENIED))
        if refused is not None:
            refused(decision, reference)
    return NotPermitted(decision, reference)


def _record_crash(given: Permit, decision: Decision, error: Exception) -> None:
    """Leave the row, and its reference on the error, so that the page can show what support looks up."""
    error.reference = given.reference  # type: ignore[attr-defined]
    given.conclude(type(error).__name__)
    with transaction.atomic(durable=True):
        recording.record(_use(given.actor, decision, given.reference, recording.Outcome.CRASHED, given))


def _use(
    actor: Actor,
    decision: Decision,
    reference: str,
    outcome: recording.Outcome,
    given: Permit | None = None,
) -> recording.Use:
    question = decision.question
    return recording.Use(
        reference=reference,
        at=actor.asked_at,
        door=actor.door,
        actor_kind=actor.kind,
        actor_name=actor.name,
        user_id=actor.user_id,
        persona_id=actor.persona_id,
        machine_id=actor.machine_id,
        office_id=actor.office_id,
        function=question.function,
        tax_id=question.tax_id or "",
        line=question.line or "",
        region=question.region or "",
        provider=question.provider or "",
        outcome=outcome,
        reasons=tuple(decision.reasons),
        conclusion=given.conclusion if given else "",
        subjects=given.subjects if given else (),
    )
