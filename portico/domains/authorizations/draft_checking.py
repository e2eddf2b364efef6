"""A draft looked at before it is sent, sent, and the receipt of what it became."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from portico.domains.authorizations import (
    document_rows,
    draft_content,
    draft_rows,
    drafts,
    questionnaires,
    questions,
    sending,
)
from portico.domains.authorizations.draft_faults import NotYours, Outdated, UnknownDraft
from portico.domains.authorizations.drafts import Draft
from portico.domains.authorizations.facts.requested import (
    Checked,
    Fault,
    NotSent,
    Problem,
    Request,
    Sent,
    ServiceChecked,
)
from portico.domains.authorizations.facts.shown import DocumentFacts, State
from portico.domains.authorizations.questionnaires import Whole
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import permit


@dataclass(frozen=True, slots=True)
class Looked:
    """A draft, with what would be said to it, and the questionnaire that goes with it (None: none).

    `services` has one for each service, unless a fault kept them from being looked up.
    """

    draft: Draft
    faults: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    services: tuple[ServiceChecked, ...]
    questionnaire: Whole | None

    @property
    def answers(self) -> dict[str, str]:
        """What was answered so far, by question."""
        return dict(self.draft.content.answers)


@dataclass(frozen=True, slots=True)
class Receipt:
    """A draft that was sent: what it is now. `documents` with their receipts."""

    authorization: UUID
    number: str
    kind: str
    patient: str
    member_id: str
    state: State
    received_at: datetime
    due_at: datetime | None
    documents: tuple[DocumentFacts, ...]
    reference: str


def look(*, actor: Actor, draft: UUID) -> Looked:
    """What would be said if it were sent now; nothing is kept. Raises UnknownDraft, NotPermitted."""
    found = drafts.read(actor=actor, draft=draft)
    request = _request(found)
    if not isinstance(request, Request):
        return Looked(found, request, (), (), _answered(found))
    checked = sending.check(actor=actor, request=replace(request, questionnaire="", answers=()))
    whole = _questionnaire(found, checked)
    faults = (*checked.faults, *_unanswered(found, whole))
    return Looked(found, faults, checked.warnings, checked.services, whole)


def send(*, actor: Actor, draft: UUID, version: int, sends_anyway: bool = False) -> Sent | NotSent:
    """Send it as it was seen; with `sends_anyway` in spite of warnings. Sent twice at once, it is sent once.

    Raises UnknownDraft, NotYours, Outdated, sending.UnknownRequest (for the one it follows), NotPermitted.
    """
    try:
        looked = look(actor=actor, draft=draft)
    except UnknownDraft as unknown:
        if unknown.sent_as is None:
            raise
        return _sent_before(actor, draft)
    if not looked.draft.listed.is_mine:
        raise NotYours
    if looked.draft.version != version:
        raise Outdated
    request = _request(looked.draft, sends_anyway=sends_anyway)
    if looked.faults or not isinstance(request, Request):
        return NotSent(looked.faults, looked.warnings)
    whole = looked.questionnaire
    answers = questions.kept(whole.questions, looked.answers) if whole else ()
    asked = replace(request, questionnaire=whole.name if whole else "", answers=answers)
    try:
        return sending.send(actor=actor, request=asked)
    except sending.UnknownDraft:
        return _sent_before(actor, draft)


def receipt(*, actor: Actor, draft: UUID) -> Receipt:
    """What a draft was sent as. Raises UnknownDraft, NotPermitted."""
    with permit(actor, draft_rows.function_of(actor, draft)) as given:
        row = draft_rows.sent_within(given, draft)
        given.conclude("not_found" if row is None else "receipt_shown")
        if row is not None:
            given.note_subject("member", row.member_id)
            given.note_subject("authorization", row.number)
            return Receipt(
                authorization=row.public_id,
                number=row.number,
                kind=row.kind,
                patient=f"{row.patient_first_name} {row.patient_last_name}".strip(),
                member_id=row.member_id,
                state=State(row.state),
                received_at=row.received_at,
                due_at=row.due_at,
                documents=document_rows.told(row.documents.all()),
                reference=given.reference,
            )
    raise UnknownDraft


def _sent_before(actor: Actor, draft: UUID) -> Sent:
    held = receipt(actor=actor, draft=draft)
    told = held.authorization, held.number, held.state, held.due_at
    return Sent(*told, was_sent_before=True, reference=held.reference)


def _request(draft: Draft, *, sends_anyway: bool = False) -> Request | tuple[Problem, ...]:
    listed = draft.listed
    return draft_content.request_of(
        draft.content,
        kind=listed.kind,
        tax_id=listed.tax_id,
        line=listed.line,
        draft=listed.id,
        sends_anyway=sends_anyway,
    )


def _questionnaire(draft: Draft, checked: Checked) -> Whole | None:
    """The questions that go with the first service that has some; as asked now, or as they were answered."""
    if not checked.services:
        return _answered(draft)
    key = next((each.questionnaire for each in checked.services if each.questionnaire), "")
    current = questionnaires.current(key) if key else None
    held = _answered(draft)
    return held if held is not None and current is not None and held.name == current.name else current


def _answered(draft: Draft) -> Whole | None:
    name = draft.content.questionnaire
    return questionnaires.version_of(name) if name else None


def _unanswered(draft: Draft, whole: Whole | None) -> tuple[Problem, ...]:
    if whole is None:
        return ()
    wrong = questions.wrong(whole.questions, dict(draft.content.answers))
    missing = questions.Wrong.MISSING
    return tuple(
        Problem(Fault.ANSWER_MISSING if why is missing else Fault.ANSWER_WRONG, "answers", about=question)
        for question, why in wrong.items()
    )
