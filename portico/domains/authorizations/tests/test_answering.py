"""An office answers what the plan asked for, and asks it to look again."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps

from portico.domains.authorizations import answering, document_kinds, models, reopening, sealing
from portico.domains.authorizations.answering import Answer, Answered, Handed, NoRoom, NothingSaid
from portico.domains.authorizations.at_hand import Changed, NotNow, UnknownRequest
from portico.domains.authorizations.facts.requested import Kind
from portico.domains.authorizations.reopening import Again, AskedBefore, Reopened, TooLate, WhyMissing
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import NotPermitted
from tests.support import authorizations as requests
from tests.support import cast, patients, world
from tests.support.documents_of_requests import looked
from tests.support.world import World

pytestmark = pytest.mark.django_db
NOTES = "Notes of both visits are attached."
WHY = "The knee gave way twice since, as the new notes show."
ELSEWHERE = {
    "requesting": (cast.OWN, patients.NPI),
    "servicing": (cast.FOREIGN, patients.NPI_ELSEWHERE),
}


@pytest.fixture
def made() -> World:
    requests.clock_rule("reconsideration", amount=30)
    requests.clock_rule("appeal", amount=30)
    return world.build()


@pytest.fixture
def clerk(made: World) -> Actor:
    return world.actor(made["front_desk"])


def question(row: models.Authorization) -> models.InformationRequest:
    return row.asked_for.get()


def answer(actor: Actor, row: models.Authorization, *answers: Answer, **how: Any) -> Answered:
    said = answers or (Answer(question(row).public_id, NOTES),)
    told = {"of": Kind(row.kind), "answers": said, **how}
    return answering.answer(actor=actor, authorization=row.public_id, **told)


def ask(actor: Actor, row: models.Authorization, again: Again = Again.APPEAL, **how: Any) -> Reopened:
    told = {"of": Kind(row.kind), "again": again, "why": WHY, **how}
    return reopening.ask(actor=actor, authorization=row.public_id, **told)


def last() -> tuple[str, str]:
    use = world.uses()[-1]
    return use.outcome, use.conclusion


def test_once_all_is_answered_the_plan_is_next(clerk: Actor) -> None:
    row = requests.pended()
    due_at = row.due_at
    file = Handed("clinical_notes", looked())
    told = answer(clerk, row, Answer(question(row).public_id, NOTES, (file,)), version=row.version)
    assert (told.state, told.still_open, len(told.receipts)) == ("in_review", 0, 1)
    row.refresh_from_db()
    assert (row.state, row.version, row.due_at) == ("in_review", 2, due_at)
    assert set(row.services.values_list("state", flat=True)) == {"in_review"}
    asked = question(row)
    assert asked.state == "answered"
    assert sealing.opened(asked.answer_sealed, place=sealing.place(asked, "answer")) == NOTES
    assert asked.documents.get().service == asked.service
    event = row.events.get(kind="answered")
    assert event.details == {"asked": str(asked.public_id), "documents": 1, "service": 1}
    assert last() == ("allowed", "authorization_answered")


def test_while_something_is_open_the_office_is_next(clerk: Actor) -> None:
    row = requests.pended()
    first = question(row)
    second = models.InformationRequest(
        authorization=row, kind="imaging", asked_at=first.asked_at, due_at=first.due_at
    )
    second.text_sealed = sealing.sealed("The images, please.", place=sealing.place(second, "text"))
    second.save()
    told = answer(clerk, row, Answer(first.public_id, NOTES))
    assert (told.state, told.still_open) == ("pended", 1)
    assert answer(clerk, row, Answer(second.public_id, "Here.")).state == "in_review"


def test_whoever_does_the_service_answers_too(made: World) -> None:
    row = requests.pended(parties=ELSEWHERE)
    assert answer(world.actor(made["outsider"]), row).state == "in_review"


def test_the_reviewer_hears_of_it(made: World, clerk: Actor) -> None:
    row = requests.pended(reviewer_id=made["reviewer"].user_id)
    answer(clerk, row)
    notice = apps.get_model("notifications", "Notice").objects.get(user_id=made["reviewer"].user_id)
    assert (notice.kind, notice.context["number"]) == ("authorization_answered", row.number)


def test_nothing_said_and_questions_of_others_are_no_answer(clerk: Actor) -> None:
    row = requests.pended()
    key = question(row).public_id
    other = question(requests.pended()).public_id
    for answers in (
        [Answer(key, "  ")],
        [Answer(other, NOTES)],
        [Answer(uuid4(), NOTES)],
        [Answer(key, NOTES), Answer(key, NOTES)],
        [Answer(key, "x" * (answering.LONGEST + 1))],
    ):
        with pytest.raises(NothingSaid):
            answer(clerk, row, *answers)
    row.refresh_from_db()
    assert (row.state, row.version) == ("pended", 1)


def test_whoever_was_slower_is_told(clerk: Actor) -> None:
    row = requests.pended()
    with pytest.raises(Changed):
        answer(clerk, row, version=0)
    assert last() == ("allowed", "not_answered")


def test_where_nothing_was_asked_nothing_is_answered(clerk: Actor) -> None:
    with pytest.raises(NotNow):
        answer(clerk, requests.in_review(), Answer(uuid4(), NOTES))


def test_a_request_of_others_is_unknown(made: World) -> None:
    row = requests.pended()
    with pytest.raises(UnknownRequest):
        answer(world.actor(made["outsider"]), row)
    with pytest.raises(UnknownRequest):
        ask(world.actor(made["outsider"]), requests.denied())
    with pytest.raises(NotPermitted):
        answer(world.actor(made["administrator"]), row)


def test_documents_without_room_keep_the_whole_answer_back(
    clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document_kinds, "MOST_FILES", 1)
    row = requests.pended()
    files = (Handed("imaging", looked()), Handed("imaging", looked()))
    with pytest.raises(NoRoom):
        answer(clerk, row, Answer(question(row).public_id, NOTES, files))
    assert question(row).state == "open"


@pytest.mark.parametrize("again", list(Again))
def test_what_was_denied_is_looked_at_again_on_a_new_clock(clerk: Actor, again: Again) -> None:
    row = requests.denied()
    told = ask(clerk, row, again, files=(Handed("imaging", looked()),))
    assert (told.state, len(told.receipts)) == ("in_review", 1)
    assert told.due_at is not None
    row.refresh_from_db()
    assert (row.state, row.version, row.due_at) == ("in_review", 2, told.due_at)
    assert row.events.get(kind="reopened").basis == again
    kept = row.asked_for.get(kind=again)
    assert sealing.opened(kept.answer_sealed, place=sealing.place(kept, "answer")) == WHY
    assert last() == ("allowed", "authorization_reopened")


def test_what_was_approved_stays_approved(clerk: Actor) -> None:
    row = requests.partly()
    approved = row.services.get(position=1)
    approved.state = "approved"
    approved.save()
    ask(clerk, row, Again.RECONSIDERATION)
    assert list(row.services.values_list("state", flat=True)) == ["approved", "in_review"]


def test_an_approved_one_is_not_looked_at_again(clerk: Actor) -> None:
    for row in (requests.approved(), requests.in_review(), requests.cancelled()):
        with pytest.raises(NotNow):
            ask(clerk, row)


def test_the_servicing_office_does_not_ask_for_it(made: World) -> None:
    with pytest.raises(NotNow):
        ask(world.actor(made["outsider"]), requests.denied(parties=ELSEWHERE))


@pytest.mark.parametrize(("days", "is_late"), [(65, False), (66, True)])
def test_another_look_is_asked_for_in_time(clerk: Actor, days: int, is_late: bool) -> None:
    row = requests.denied()
    assert row.decided_at is not None
    at = row.decided_at + timedelta(days=days)
    later = replace(clerk, asked_at=at, today=at.date())
    if is_late:
        with pytest.raises(TooLate):
            ask(later, row)
    else:
        assert ask(later, row).due_at is not None


def test_there_is_one_appeal(clerk: Actor) -> None:
    row = requests.denied()
    ask(clerk, row)
    row.refresh_from_db()
    row.services.update(state="denied", reason_code="x", reason_text=requests.REASON)
    row.state = "denied"
    row.save()
    with pytest.raises(AskedBefore):
        ask(clerk, row)
    assert ask(clerk, row, Again.RECONSIDERATION).state == "in_review"


@pytest.mark.parametrize("why", ["", "   short   ", "x" * 4_001], ids=["none", "short", "long"])
def test_the_plan_hears_why(clerk: Actor, why: str) -> None:
    with pytest.raises(WhyMissing):
        ask(clerk, requests.denied(), why=why)
