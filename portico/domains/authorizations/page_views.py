"""What hangs on a request, as its page shows it: to the offices of it and, the same, to the plan's desk."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from portico.domains.access import coworkers
from portico.domains.authorizations import (
    clocks,
    document_rows,
    ledger,
    models,
    next_steps,
    office_notes,
    questionnaires,
    questions,
    reach,
    sealing,
    views,
)
from portico.domains.authorizations.change_rules import Act
from portico.domains.authorizations.facts.shown import (
    AskedFacts,
    AuthorizationPage,
    EventFacts,
    LetterFacts,
    TalkFacts,
)
from portico.domains.offices import offices
from portico.domains.permits.permit import Permit
from portico.domains.plan import days

_WITHIN_THE_PLAN = frozenset({models.Event.Kind.ASSIGNED})
_ADVERSE = frozenset({models.Authorization.State.DENIED, models.Authorization.State.PARTLY})
MOST_RELATED = 20
Named = tuple[str, UUID]


def page(given: Permit, row: models.Authorization, *, may: frozenset[str] = frozenset()) -> AuthorizationPage:
    """The request whole, as far as `given` may know. The same number of queries for every request."""
    happened = list(row.events.all())
    (listed,) = views.listed(given, [row])
    clock = clocks.standing_of(row, happened, given.actor.asked_at)
    positions = {each.pk: each.position for each in row.services.all()}
    return AuthorizationPage(
        listed=replace(listed, clock=clock),
        parties=tuple(views.party(each) for each in row.parties.all()),
        services=views.services(row.services.all()),
        diagnoses=tuple(row.diagnoses),
        place=row.place,
        admitted_at=row.admitted_at,
        discharged_on=row.discharged_on,
        urgency=sealing.opened(row.urgency_sealed, place=sealing.place(row, "urgency")),
        answers=_answers(given, row),
        events=events(given, happened),
        asked=tuple(asked(each, positions) for each in row.asked_for.all()),
        documents=document_rows.told(row.documents.all()),
        letters=tuple(LetterFacts(each.public_id, each.kind, each.made_at) for each in row.letters.all()),
        talks=tuple(talk(each) for each in row.conversations.select_related("slot")),
        notes=office_notes.of(given, row),
        may=may - _over(given, row, happened),
        extends=_one(given, row.extends_id or row.follows_id),
        followed_by=_followers(given, row),
        contact_name=row.contact_name,
        contact_telephone=row.contact_telephone,
        requirement=row.requirement,
        appeal_until=_appeal_until(row),
        talk_until=_talk_until(row),
        version=row.version,
        reference=given.reference,
    )


def events(given: Permit, rows: "Iterable[models.Event]") -> tuple[EventFacts, ...]:
    """What happened, in its order. An office does not read who of the plan has it. Two queries."""
    inside = given.actor.office_id is None
    held = [row for row in rows if inside or row.kind not in _WITHIN_THE_PLAN]
    called = offices.names({row.office_id for row in held if row.office_id is not None})
    own = coworkers.names(given, {row.persona_id for row in held if row.persona_id is not None})
    return tuple(_event(row, called, own) for row in held)


def asked(row: models.InformationRequest, positions: Mapping[int, int]) -> AskedFacts:
    """What the plan asked for, with what was answered; `positions` are those of the services by number."""
    return AskedFacts(
        id=row.public_id,
        kind=row.kind,
        text=sealing.opened(row.text_sealed, place=sealing.place(row, "text")),
        state=row.state,
        asked_at=row.asked_at,
        due_at=row.due_at,
        service=positions.get(row.service_id or 0),
        answer=sealing.opened(row.answer_sealed, place=sealing.place(row, "answer")),
        settled_at=row.settled_at,
    )


def talk(row: models.Conversation) -> TalkFacts:
    """A talk between peers; its slot is fetched with it."""
    return TalkFacts(
        id=row.public_id,
        state=row.state,
        starts_at=row.slot.starts_at,
        ends_at=row.slot.ends_at,
        zone=row.zone,
        reviewer=row.slot.reviewer,
        clinician=row.clinician,
        telephone=row.telephone,
        outcome=row.outcome,
    )


def _event(row: models.Event, called: Mapping[int, str], own: Mapping[int, str]) -> EventFacts:
    office = called.get(row.office_id or 0, "")
    person = own.get(row.persona_id or 0, "")
    return EventFacts(
        at=row.at,
        kind=row.kind,
        side=row.side,
        code=row.code,
        basis=row.basis,
        by=", ".join(filter(None, (person, office))),
        details=tuple((name, str(value)) for name, value in row.details.items()),
        due_at=row.due_at,
    )


def _answers(given: Permit, row: models.Authorization) -> tuple[tuple[str, str], ...]:
    """Question and answer in words, of the version of the questionnaire that was answered. One query."""
    held = sealing.opened_json(row.answers_sealed, place=sealing.place(row, "answers")) or ()
    pairs = {str(question): str(answer) for question, answer in dict(held).items()}
    found = questionnaires.named(given, row.questionnaire)
    return questions.said(found.questions, pairs) if found is not None else tuple(pairs.items())


def _over(given: Permit, row: models.Authorization, happened: Sequence[models.Event]) -> frozenset[str]:
    """What may be done no more: its last day is over, or it was done once and that is all there is."""
    appeal, talk = _appeal_until(row), _talk_until(row)
    late = {Act.ASK_RECONSIDERATION, Act.ASK_APPEAL} if appeal and appeal < given.actor.today else set()
    if any(each.kind == ledger.Kind.REOPENED and each.basis == ledger.Basis.APPEAL for each in happened):
        late.add(Act.ASK_APPEAL)
    return frozenset(late | ({Act.BOOK_TALK} if talk and talk < given.actor.asked_at else set()))


def _appeal_until(row: models.Authorization) -> date | None:
    """Until when an adverse decision may be taken further; None where there is none."""
    if row.state not in _ADVERSE or row.decided_at is None:
        return None
    return next_steps.appeal_until(days.of(row.decided_at), is_law=row.clock is not None and row.clock.is_law)


def _talk_until(row: models.Authorization) -> datetime | None:
    if row.state not in _ADVERSE or row.decided_at is None:
        return None
    return next_steps.talk_until(row.decided_at)


def _one(given: Permit, number: int | None) -> Named | None:
    """The request this one goes on from, as far as it may be opened."""
    found = _within(given).filter(pk=number or 0)
    return found.values_list("number", "public_id").first()


def _followers(given: Permit, row: models.Authorization) -> tuple[Named, ...]:
    """Those that go on from this one, as far as they may be opened, the first one first."""
    found = _within(given).filter(Q(extends=row) | Q(follows=row)).order_by("pk")
    return tuple(found.values_list("number", "public_id")[:MOST_RELATED])


def _within(given: Permit) -> "QuerySet[models.Authorization]":
    return reach.reached(given)
