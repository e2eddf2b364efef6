"""Adds the demo's people, and does what they did since. Imported once Django is set up."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from portico.demo import acting, applying, first_steps, granted, papers, personas
from portico.demo.personas import Then
from portico.domains.access import factor_resetting, granting, unused
from portico.domains.accounts import users
from portico.domains.accounts.credentials import questions
from portico.domains.accounts.credentials.question_rules import Question
from portico.domains.accounts.proving import document_proofs, proofs
from portico.domains.accounts.proving.provers import CONTACT, DOCUMENTS, Verdict
from portico.domains.accounts.second_factors import recovery_codes
from portico.domains.accounts.signing_in import sign_in
from portico.domains.permits.functions import Function
from portico.domains.plan import days

MISSES_THAT_LOCK = 5
UNUSED_FOR = timedelta(days=200)
NOT_COME_FOR = timedelta(days=3)
ANSWER = "Sir Hopsalot"
Told = dict[str, dict[str, Any]]
"""What `var/demo.json` tells beside the rest, by username."""


def add(people: Iterable[personas.User], *, known: dict[str, int], now: datetime) -> Told:
    """Add these people; `known` gains the numbers of the users, by their keys."""
    told: Told = {}
    for user in people:
        known[user.key] = _added(user, now)
        if user.agreed:
            agree(known[user.key], at=now)
        if user.locked:
            _lock(user.username, now)
        if user.then in _THEN:
            told[user.username] = _THEN[user.then](known, user.key, now)
    return told


def agree(user_id: int, *, at: datetime) -> None:
    """Agree to the terms that are in force."""
    first_steps.agree(acting.person(user_id, at))


def suspend_the_unused(*, now: datetime) -> None:
    """First they are told, and when that was long enough ago they are suspended."""
    unused.tell(actor=acting.system(now - UNUSED_FOR / 2))
    unused.suspend(actor=acting.system(now))


def _added(user: personas.User, now: datetime) -> int:
    ago = {user.unused: UNUSED_FOR, user.then is Then.NOT_COME: NOT_COME_FOR}.get(True, timedelta())
    return granting.add_person(
        actor=acting.system(now - ago),
        user=_new(user),
        personas=[_persona(persona, now) for persona in user.personas],
    )


def _new(user: personas.User) -> users.NewUser:
    return users.NewUser(
        username=user.username,
        password=user.password,
        first_name=user.first_name,
        last_name=user.last_name,
        email=user.email,
        totp_secret=user.totp_secret,
        is_verified=user.verified,
    )


def _persona(persona: personas.Persona, now: datetime) -> granting.NewPersona:
    return granting.NewPersona(
        kind=persona.kind,
        office=persona.office.key if persona.office else "",
        desk=persona.desk or "",
        grants=[new for grant in persona.grants for new in granted.each(grant, days.of(now))],
    )


def _lock(username: str, now: datetime) -> None:
    for _ in range(MISSES_THAT_LOCK):
        sign_in.with_password(actor=acting.visitor(now), username=username, password="not the password")


def _hand_in_documents(known: dict[str, int], key: str, now: datetime) -> dict[str, Any]:
    actor, paper = acting.person(known[key], now), papers.page("Passport", "Vera Lindholm")
    document_proofs.add(actor=actor, kind="photo_id", name="passport.pdf", content=paper)
    applying.expect(proofs.submit(actor=actor, prover=DOCUMENTS), Verdict.HANDED_IN)
    return {}


def _ask_for_a_call(known: dict[str, int], key: str, now: datetime) -> dict[str, Any]:
    actor = acting.person(known[key], now)
    way = proofs.way(actor=actor, prover=CONTACT)
    choices = [each.key for each in way.choices if each.way == "telephone"] if way else []
    applying.expect(proofs.begin(actor=actor, prover=CONTACT, choice=choices[0]), Verdict.HANDED_IN)
    return {}


def _ask_for_a_reset(known: dict[str, int], key: str, now: datetime) -> dict[str, Any]:
    factor_resetting.ask(
        actor=acting.person(known["administrator"], now),
        function=Function.MANAGE_USERS,
        user_id=known[key],
        why="Her phone is lost; I know her, and she stood at my desk this morning.",
    )
    return {}


def _keep_ways_back(known: dict[str, int], key: str, now: datetime) -> dict[str, Any]:
    actor = acting.person(known[key], now)
    questions.set_own(actor=actor, question=Question.TOY, answer=ANSWER)
    return {"recovery_answer": ANSWER, "recovery_codes": list(recovery_codes.renew(actor=actor))}


_THEN: dict[Then | None, Callable[[dict[str, int], str, datetime], dict[str, Any]]] = {
    Then.DOCUMENTS: _hand_in_documents,
    Then.CALL: _ask_for_a_call,
    Then.FACTOR_RESET: _ask_for_a_reset,
    Then.RECOVERY: _keep_ways_back,
}
