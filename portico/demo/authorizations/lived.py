"""What became of each request: sent by the office, looked at by the plan's desk, each at its own instant.

Imported once Django is set up; the plan's list of what needs asking is published.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from portico.demo import authorizers, practices, questions
from portico.demo.acting import CannotFurnish
from portico.demo.authorizations import care, words
from portico.demo.authorizations.care import Doer, Item
from portico.demo.authorizations.wanted import Then, Wanted
from portico.demo.scene import Scene
from portico.domains.authorizations import (
    answering,
    asking_more,
    changing,
    deciding,
    extending,
    prolonging,
    reading,
    reopening,
    sending,
    talks,
)
from portico.domains.authorizations.answering import Answer
from portico.domains.authorizations.asking_more import Question
from portico.domains.authorizations.clocks import Extension
from portico.domains.authorizations.facts.decided import Decided, Outcome, ServiceVerdict, Verdict
from portico.domains.authorizations.facts.requested import (
    Kind,
    Level,
    PartySent,
    Request,
    Sent,
    ServiceSent,
)
from portico.domains.authorizations.facts.shown import OPEN, AuthorizationPage, ServiceFacts, State
from portico.domains.authorizations.prolonging import More
from portico.domains.authorizations.reopening import Again
from portico.domains.members.asked import ByMemberId
from portico.domains.plan import days

A_DAY: Final = timedelta(days=1)
_BOOKED_AGO: Final = 0.5
PARTLY_OF, PARTLY_GIVEN = 12, 8


@dataclass(frozen=True, slots=True)
class Lived:
    """A request as it was taken, and the one who asked."""

    wanted: Wanted
    number: str
    authorization: UUID
    at: datetime


def live(scene: Scene, wanted: Wanted) -> Lived:
    """Send it, and let happen what became of it. Raises CannotFurnish."""
    at = scene.ago(wanted.days_ago)
    answer = sending.send(actor=scene.act(wanted.clerk, at), request=request(wanted, at))
    if not isinstance(answer, Sent):
        raise CannotFurnish(f"a request of the demo was not taken: {answer}")
    lived = Lived(wanted, answer.number, answer.authorization, at)
    if answer.state in OPEN:
        _THEN[wanted.then](scene, lived)
    return lived


def request(wanted: Wanted, at: datetime) -> Request:
    """What the office says when it asks."""
    what, on = wanted.what, days.of(at)
    is_stay = what.kind is Kind.ADMISSION
    begins = on if is_stay else on + timedelta(days=wanted.begins_in)
    is_urgent = wanted.level is Level.EXPEDITED
    return Request(
        kind=what.kind,
        tax_id=wanted.office.tax_id,
        patient=ByMemberId(wanted.member),
        requesting=PartySent(_orders(wanted), wanted.office.tax_id),
        services=tuple(_service(item, begins) for item in what.items),
        diagnoses=what.diagnoses,
        level=wanted.level,
        servicing=_party(what.servicing),
        facility=_party(what.facility),
        place=what.place,
        urgency=words.URGENCY if is_urgent else "",
        admitted_at=at - timedelta(hours=5) if is_stay else None,
        contact_name=words.CONTACTS[wanted.clerk],
        contact_telephone=practices.telephone(wanted.office),
        questionnaire=what.questionnaire,
        answers=_answers(on) if what.questionnaire else (),
        sends_anyway=True,
    )


def _answers(on: date) -> tuple[tuple[str, str], ...]:
    """Of an office whose patient's knee was pictured three weeks before."""
    return (*questions.KNEE_ANSWERS, ("pictured_on", (on - 21 * A_DAY).isoformat()))


def _orders(wanted: Wanted) -> str:
    return care.HOSPITAL.npi if wanted.what.kind is Kind.ADMISSION else wanted.orders.npi


def _party(doer: Doer | None) -> PartySent | None:
    return None if doer is None else PartySent(doer.npi, doer.practice.tax_id)


def _service(item: Item, begins: date) -> ServiceSent:
    return ServiceSent(
        quantity=care.quantity(item),
        unit=item.unit,
        first_on=begins,
        last_on=begins + timedelta(days=item.over),
        service_type=item.service_type,
        system=item.system,
        code=item.code,
    )


def _approved(scene: Scene, lived: Lived) -> None:
    _decide(scene, lived, Outcome.APPROVED, after=_first_look(lived), by=authorizers.REVIEWER)


def _partly(scene: Scene, lived: Lived) -> None:
    _decide(scene, lived, Outcome.PARTLY, after=_first_look(lived), by=authorizers.DIRECTOR)


def _denied(scene: Scene, lived: Lived) -> None:
    _decide(scene, lived, Outcome.DENIED, after=_first_look(lived), by=authorizers.DIRECTOR)


def _in_review(scene: Scene, lived: Lived) -> None:
    del scene, lived


def _asked(scene: Scene, lived: Lived) -> None:
    at = lived.at + _first_look(lived)
    due_at = min(at + 4 * A_DAY, _due(scene, lived, at))
    question = Question("clinical_notes", words.QUESTION, due_at, service=1)
    asked = asking_more.ask(
        actor=scene.act(authorizers.REVIEWER, at),
        authorization=lived.authorization,
        version=page(scene, lived, at).version,
        questions=(question,),
    )
    if not isinstance(asked, asking_more.Asked):
        raise CannotFurnish(f"a question of the demo was not asked: {asked}")


def _answered(scene: Scene, lived: Lived) -> None:
    _asked(scene, lived)
    at = lived.at + 2 * _first_look(lived)
    seen = page(scene, lived, at)
    answers = tuple(Answer(each.id, words.ANSWER) for each in seen.asked)
    answering.answer(
        actor=scene.act(lived.wanted.clerk, at),
        authorization=lived.authorization,
        of=lived.wanted.what.kind,
        answers=answers,
        version=seen.version,
    )
    _decide(scene, lived, Outcome.APPROVED, after=2.6 * _first_look(lived), by=authorizers.REVIEWER)


def _extended(scene: Scene, lived: Lived) -> None:
    at = lived.at + (2 if lived.wanted.level is Level.EXPEDITED else 5) * A_DAY
    extending.extend(
        actor=scene.act(authorizers.REVIEWER, at),
        authorization=lived.authorization,
        version=page(scene, lived, at).version,
        code=Extension.EVIDENCE_ELSEWHERE,
    )
    _decide(scene, lived, Outcome.APPROVED, after=at - lived.at + 4 * A_DAY, by=authorizers.REVIEWER)


def _appealed(scene: Scene, lived: Lived) -> None:
    _denied(scene, lived)
    at = lived.at + 6 * A_DAY
    reopening.ask(
        actor=scene.act(lived.wanted.clerk, at),
        authorization=lived.authorization,
        of=lived.wanted.what.kind,
        again=Again.APPEAL,
        why=words.APPEAL,
    )
    after = 6 * A_DAY + (A_DAY if lived.wanted.level is Level.EXPEDITED else 5 * A_DAY)
    _decide(scene, lived, Outcome.APPROVED, after=after, by=authorizers.SECOND_DIRECTOR)


def _continued(scene: Scene, lived: Lived) -> None:
    """The stay goes on: two more days are asked for, and the plan has to decide about them."""
    _approved(scene, lived)
    at = min(lived.at + 4 * A_DAY, scene.now)
    stay = lived.wanted.what.items[0]
    first = days.of(lived.at) + timedelta(days=stay.over + 1)
    more = More(services=(_service(replace(stay, quantity=2, over=1), first),), sends_anyway=True)
    actor = scene.act(lived.wanted.clerk, at)
    answer = prolonging.continue_stay(actor=actor, authorization=lived.authorization, more=more)
    if not isinstance(answer, Sent):
        raise CannotFurnish(f"more days of the demo's stay were not taken: {answer}")


def _cancelled(scene: Scene, lived: Lived) -> None:
    at = lived.at + A_DAY
    changing.cancel(
        actor=scene.act(lived.wanted.clerk, at),
        authorization=lived.authorization,
        of=lived.wanted.what.kind,
        why=changing.Why.PATIENT_DECLINED,
    )


def _talk(scene: Scene, lived: Lived) -> None:
    """Denied; of the times the director offers, the first is booked."""
    _denied(scene, lived)
    at = scene.ago(_BOOKED_AGO)
    free = talks.page(actor=scene.act(lived.wanted.clerk, at), authorization=lived.authorization).slots
    talks.book(
        actor=scene.act(lived.wanted.clerk, at),
        authorization=lived.authorization,
        of=lived.wanted.what.kind,
        slot=free[0].id,
        clinician="Grace Lin",
        telephone=practices.telephone(lived.wanted.office),
        zone=days.zone().key,
    )


_THEN: Final[Mapping[Then, Callable[[Scene, Lived], None]]] = {
    Then.APPROVED: _approved,
    Then.PARTLY: _partly,
    Then.DENIED: _denied,
    Then.IN_REVIEW: _in_review,
    Then.ASKED: _asked,
    Then.ANSWERED: _answered,
    Then.EXTENDED: _extended,
    Then.APPEALED: _appealed,
    Then.CONTINUED: _continued,
    Then.CANCELLED: _cancelled,
    Then.TALK: _talk,
}


def _decide(scene: Scene, lived: Lived, outcome: Outcome, *, after: timedelta, by: str) -> None:
    """Decide every service that waits alike; of what is given in part, so much of it as can be."""
    at = lived.at + after
    seen = page(scene, lived, at)
    verdicts = tuple(_verdict(each, outcome) for each in seen.services if each.state in OPEN)
    answer = deciding.decide(
        actor=scene.act(by, at), verdict=Verdict(lived.authorization, seen.version, verdicts)
    )
    if not isinstance(answer, Decided):
        raise CannotFurnish(f"a request of the demo was not decided: {answer}")


def _verdict(asked: ServiceFacts, outcome: Outcome) -> ServiceVerdict:
    if outcome is Outcome.APPROVED:
        return ServiceVerdict(asked.position, outcome)
    if outcome is Outcome.PARTLY and asked.quantity > 1:
        less = asked.quantity * PARTLY_GIVEN // PARTLY_OF
        return ServiceVerdict(asked.position, outcome, less, asked.first_on, asked.last_on, *words.IN_PART)
    return ServiceVerdict(asked.position, Outcome.DENIED, None, None, None, *words.NOT_AT_ALL)


def page(scene: Scene, lived: Lived, at: datetime) -> AuthorizationPage:
    """The request as the one who asked sees it then."""
    return reading.read(actor=scene.act(lived.wanted.clerk, at), authorization=lived.authorization)


def state(scene: Scene, lived: Lived) -> State:
    """Where it stands now."""
    return page(scene, lived, scene.now).listed.state


def _first_look(lived: Lived) -> timedelta:
    """A day for what cannot wait; else one to four, by the number, so that years have an average."""
    if lived.wanted.level is Level.EXPEDITED:
        return timedelta(hours=20)
    return timedelta(hours=20 + 9 * (int(lived.wanted.days_ago) % 4))


def _due(scene: Scene, lived: Lived, at: datetime) -> datetime:
    due_at = page(scene, lived, at).listed.clock.due_at
    return due_at - timedelta(hours=2) if due_at else at + A_DAY
