"""What the plan's desk decides of an application: a word on a field, yes, no, more is needed, office known.

Each is an act of the desk (`desk_acts`): sensitive, and not on one's own application.
"""

from collections.abc import Collection
from typing import Final

from portico.domains.notifications import outbox
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import Permit
from portico.domains.registration import (
    application_rows,
    catalogue,
    events,
    joining,
    links,
    models,
    on_file,
    standing,
    turnaround,
)
from portico.domains.registration import deciding_rules as rules
from portico.domains.registration.catalogue_rows import Need
from portico.domains.registration.claims import Basis, Compared, Field, Finding, Reason
from portico.domains.registration.deciding_rules import Back, Denial, Obstacle
from portico.domains.registration.desk_acts import Outcome, act, tell
from portico.domains.registration.events import Kind
from portico.domains.registration.reissuing import reissue, renew_link
from portico.domains.registration.withdrawing import withdraw

__all__ = [
    "Outcome",
    "approve",
    "check",
    "deny",
    "recognise",
    "reissue",
    "renew_link",
    "send_back",
    "withdraw",
]

RETURNED: Final = "registration_returned"
DENIED: Final = "registration_denied"
State = models.Application.State


def check(*, actor: Actor, number: int, field: Field, finding: Finding, basis: Basis, seen: int) -> Outcome:
    """Give one's word on a field: right all the same (ACCEPTED), or wrong (REJECTED), and how one made sure.

    Raises ValueError for another finding or basis, NotPermitted.
    """
    if finding not in rules.WORDS or basis not in rules.BASES:
        raise ValueError("a person accepts or rejects, by a document, a call or a public registry")

    def do(given: Permit, application: models.Application) -> Outcome:
        if basis is Basis.DOCUMENT and not _has_document(application):
            return Outcome.NO_DOCUMENT
        now = on_file.facts(given, application_rows.claim_of(application)).compared.get(field)
        if now is None:
            return Outcome.GONE
        _keep_found(given, application, now)
        _keep(given, application, Compared(field, finding, basis), by=given.actor.user_id)
        events.note(given, application, Kind.CHECKED, code=field)
        return Outcome.DONE

    return act(actor, number, "checked", rules.UNDECIDED, do, seen=seen)


def send_back(*, actor: Actor, number: int, reason: Back, missing: Collection[str]) -> Outcome:
    """Ask the applicant for more, once: the plan's clock stands still until they have answered.

    `missing`: of deciding_rules.MISSING; of these the applicant is asked for what their type of account
    gives. Raises ValueError for anything else, NotPermitted.
    """
    asked = [each for each in rules.MISSING if each in missing]
    if len(asked) != len(set(missing)) or not asked:
        raise ValueError("an applicant is asked for something that can be corrected or handed in")

    def do(given: Permit, application: models.Application) -> Outcome:
        if application.returned_at is not None:
            return Outcome.SENT_BACK_BEFORE
        wanted = [each for each in rules.may_be_asked(_needs(application)) if each in asked]
        if not wanted:
            return Outcome.GONE
        application.state, application.returned_at = State.RETURNED, given.actor.asked_at
        application.first_yes_by = application.office_id = None
        application.save()
        events.note(given, application, Kind.RETURNED, code=reason)
        for each in wanted:
            events.note(given, application, Kind.MISSING, code=each)
        outbox.enqueue(to=application.email, template=RETURNED, context={"reference": given.reference})
        return Outcome.DONE

    return act(actor, number, "returned", rules.MAY_BE_SENT_BACK, do)


def approve(
    *, actor: Actor, number: int, seen: int, takes_licence: bool = False, joins: int | None = None
) -> Outcome:
    """Say yes: the applicant is mailed a link, or where two have to say it, the case waits for the second.

    `takes_licence`: the licence passes from whoever owns it here. `joins`: the office that bills under a
    claimed tax ID, which the applicant joins as its administrator. A second yes is to what the first said.
    Raises NotPermitted.
    """

    def do(given: Permit, application: models.Application) -> Outcome:
        is_second = application.state == State.SECONDING
        takes = application.reason == Reason.LICENCE_CLAIMED if is_second else takes_licence
        office_id = application.office_id if is_second else joins
        facts = on_file.facts(given, application_rows.claim_of(application))
        if _obstacles(application, facts, takes, office_id):
            return Outcome.OBSTRUCTED
        for now in facts.compared.values():
            _keep_found(given, application, now)
        if facts.is_claimed:
            application.reason = Reason.LICENCE_CLAIMED
        application.office_id = office_id if facts.offices else None
        first = application.four_eyes and not is_second
        return _seconding(given, application) if first else _approved(given, application)

    return act(actor, number, "approved", rules.UNDECIDED, do, seen=seen)


def deny(*, actor: Actor, number: int, reason: Denial) -> Outcome:
    """Say no, for a reason the applicant reads with how to appeal. A mailed link, or a match, works no more.

    Raises NotPermitted.
    """

    def do(given: Permit, application: models.Application) -> Outcome:
        links.end(given, application, links.Ending.DENIED)
        _settle(given, application, State.DENIED, reason)
        events.note(given, application, Kind.DENIED, code=reason)
        outbox.enqueue(to=application.email, template=DENIED, context={"kind": reason})
        return Outcome.DONE

    return act(actor, number, "denied", rules.MAY_BE_DENIED, do)


def recognise(*, actor: Actor, number: int, office_id: int) -> Outcome:
    """The office is here already: its administrators decide whether the applicant joins it.

    `office_id`: one that bills under a claimed tax ID. Raises NotPermitted.
    """

    def do(given: Permit, application: models.Application) -> Outcome:
        facts = on_file.facts(given, application_rows.claim_of(application))
        if office_id not in facts.offices:
            return Outcome.GONE
        if facts.is_of_another_kind:
            return Outcome.OBSTRUCTED
        application.turnaround = turnaround.taken_by(application, at=given.actor.asked_at)
        application.save(update_fields=["turnaround"])
        joining.recognise(given, application, office_id)
        tell(given, application, "recognised")
        return Outcome.DONE

    return act(actor, number, "recognised", rules.UNDECIDED, do)


def _needs(application: models.Application) -> tuple[Need, ...]:
    """What was asked of who registers, by the catalogue the application was made under."""
    account_type, user_type = application.account_type, application.user_type
    offer = catalogue.offer(account_type, user_type, number=application.catalogue)
    return offer.needs if offer else ()


def _obstacles(
    application: models.Application, facts: on_file.Facts, takes_licence: bool, joins: int | None
) -> tuple[Obstacle, ...]:
    unsettled = rules.unsettled(standing.of(application, facts.compared))
    situation = rules.Situation(
        state=application.state,
        is_claimed=facts.is_claimed,
        takes_licence=takes_licence,
        offices=len(facts.offices),
        joins=joins in facts.offices,
        is_offered=facts.offer is not None,
        is_of_another_kind=facts.is_of_another_kind,
    )
    return rules.obstacles(unsettled, situation)


def _seconding(given: Permit, application: models.Application) -> Outcome:
    application.state, application.first_yes_by = State.SECONDING, given.actor.user_id
    application.save()
    events.note(given, application, Kind.SECONDED)
    return Outcome.SECONDING


def _approved(given: Permit, application: models.Application) -> Outcome:
    _settle(given, application, State.APPROVED, Kind.APPROVED)
    events.note(given, application, Kind.APPROVED)
    links.send(given, application)
    return Outcome.DONE


def _settle(given: Permit, application: models.Application, state: str, decision: str) -> None:
    """It is decided now, and what that took of the plan's time is kept the first time.

    What had matched waited for nobody.
    """
    at = given.actor.asked_at
    if application.turnaround is None and application.state != State.MATCHED:
        application.turnaround = turnaround.taken_by(application, at=at)
    application.state, application.decision = state, decision
    application.decided_at, application.decided_by = at, given.actor.user_id
    application.save()


def _keep_found(given: Permit, application: models.Application, now: Compared) -> None:
    """Keep what a field comes to now where that is news."""
    rows = models.Check.objects.filter(application=application, field=now.field, by__isnull=True)
    last = rows.order_by("-pk").first()
    if last is None or last.finding != now.finding:
        _keep(given, application, now, by=None)


def _keep(given: Permit, application: models.Application, each: Compared, *, by: int | None) -> None:
    models.Check.objects.create(
        application=application,
        field=each.field,
        finding=each.finding,
        basis=each.basis,
        as_of=each.as_of,
        at=given.actor.asked_at,
        by=by,
    )


def _has_document(application: models.Application) -> bool:
    clean = models.Document.objects.filter(application=application, scan=models.Document.Scan.CLEAN)
    return clean.exclude(sealed=b"").exists()
