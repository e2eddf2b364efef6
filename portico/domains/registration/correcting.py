"""Correcting an application, or handing in what proves it: once, and once more where the desk sent it back.

    correct, hand_in (as often as it takes) -> finish -> compared anew, and back to the desk or through

Nothing is compared before `finish`, so that nobody tries number after number. What nobody of the plan has
taken up goes through at once where everything agrees now.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import business_time, opening
from portico.domains.registration import (
    application_rows,
    applications,
    catalogue,
    correcting_rules,
    documents,
    events,
    field_checks,
    finding,
    following,
    goal,
    matching,
    models,
    transaction_ids,
)
from portico.domains.registration.applications import BadClaim, Submitted
from portico.domains.registration.catalogue_rows import Offer, Path
from portico.domains.registration.claims import Claim, licence_key
from portico.domains.registration.correcting_rules import CORRECTABLE
from portico.domains.registration.documents import KINDS, MOST_FILES, Looked
from portico.domains.registration.events import Kind
from portico.domains.registration.finding import TooManyTries
from portico.shared.files.faults import Fault

__all__ = [
    "CORRECTABLE",
    "KINDS",
    "MOST_FILES",
    "MOST_MEGABYTES",
    "Added",
    "BadClaim",
    "Taken",
    "TooManyTries",
    "correct",
    "finish",
    "hand_in",
]
MOST_MEGABYTES: Final = documents.MOST_BYTES // documents.MEBIBYTE
NOT_OPEN: Final = "registration_not_open"
MOST_CHANGES: Final = 100
State = models.Application.State


class Taken(StrEnum):
    """What came of a file."""

    ADDED = "added"
    FAULT = "fault"
    INFECTED = "infected"
    TOO_MANY = "too_many"
    TOO_MUCH = "too_much"
    NETWORK_TODAY = "network_today"
    PLAN_TODAY = "plan_today"
    NOT_OPEN = "not_open"


@dataclass(frozen=True, slots=True)
class Added:
    """What came of handing in one file; `fault` where the file itself is not taken."""

    taken: Taken
    fault: Fault | None = None


def correct(*, actor: Actor, transaction_id: str, address: str, changes: Mapping[str, str]) -> bool:
    """Put these in place of what was claimed; several tax IDs with blanks or commas between them.

    False where nothing of that number is open to be corrected. Raises BadClaim, BadIdentifier, TooManyTries.
    """
    number = transaction_ids.parse(transaction_id)
    faults: Mapping[str, str] = {}
    with permit(actor, Function.REGISTRATION) as given:
        found = finding.find(given, transaction_id=number, address=address, hold=True)
        application = _not_worn_out(given, _open(given, found))
        if application is not None:
            faults = _corrected(given, application, changes)
    found.check_open()
    if faults:
        raise BadClaim(faults)
    return application is not None


def hand_in(
    *, actor: Actor, transaction_id: str, address: str, kind: str, name: str, content: bytes
) -> Added:
    """Keep one file more with the application. Raises BadIdentifier, TooManyTries.

    Whoever knows no open application has no file looked at.
    """
    number = transaction_ids.parse(transaction_id)
    refused = _expected(actor, number, address)
    if refused is not None:
        return refused
    looked = documents.look(content)
    with permit(actor, Function.REGISTRATION) as given:
        found = finding.find(given, transaction_id=number, address=address, hold=True)
        application = _open(given, found)
        size = len(looked.checked.content) if isinstance(looked, Looked) else 0
        added = _room(given, application, address, size)
        if isinstance(looked, Fault) and application is not None:
            given.conclude(f"document_{looked}")
            added = Added(Taken.INFECTED if looked is Fault.INFECTED else Taken.FAULT, looked)
        elif not isinstance(looked, Fault) and application is not None and added is None:
            documents.keep(given, application, kind=kind, name=name, found=looked, address=address)
            given.conclude("document_added")
    found.check_open()
    return added or Added(Taken.ADDED)


def finish(*, actor: Actor, transaction_id: str, address: str) -> Submitted | None:
    """That is all: the claim is compared anew, and the plan's clock runs again.

    None where nothing is open, or nothing was corrected or handed in. Raises BadIdentifier, TooManyTries.
    """
    number = transaction_ids.parse(transaction_id)
    with permit(actor, Function.REGISTRATION) as given:
        found = finding.find(given, transaction_id=number, address=address, hold=True)
        application = _open(given, found)
        ended = None if application is None else _finished(given, application, number)
    found.check_open()
    return ended


def _open(given: Permit, found: finding.Found) -> models.Application | None:
    """The application where it may be corrected; the conclusion says when not."""
    application = found.application
    if application is None:
        return None
    if not correcting_rules.may_correct(following.handled(application)):
        given.conclude(NOT_OPEN)
        return None
    return application


def _not_worn_out(given: Permit, application: models.Application | None) -> models.Application | None:
    """The application unless it was changed too often: each change keeps what stood there before."""
    if application is not None and events.changes(application) >= MOST_CHANGES:
        given.conclude(NOT_OPEN)
        return None
    return application


def _corrected(
    given: Permit, application: models.Application, changes: Mapping[str, str]
) -> Mapping[str, str]:
    """Keep the changes, all or none; answers the faults."""
    before = application_rows.claim_of(application)
    offer = catalogue.offer(before.account_type, before.user_type, number=before.catalogue)
    asked = field_checks.needed(offer.needs) if offer else ()
    faults = {name: "not_correctable" for name in changes if name not in CORRECTABLE or name not in asked}
    claim = before if faults else replace(before, **_values(changes))
    if offer is not None and not faults:
        found = field_checks.of_claim(claim, offer, regions=claim.regions)
        faults = {name: code for name, code in found.items() if name in changes}
        claim = field_checks.tidied(claim, offer)
    if not faults:
        _write(given, application, before, claim)
    given.conclude("registration_faulty" if faults else "registration_changed")
    return faults


def _values(changes: Mapping[str, str]) -> dict[str, Any]:
    return {
        name: field_checks.tax_ids_in(typed) if name == "tax_ids" else typed
        for name, typed in changes.items()
    }


def _write(given: Permit, application: models.Application, before: Claim, claim: Claim) -> None:
    """The new values, and of each that is another what stood there, for the plan alone."""
    changed = [name for name in CORRECTABLE if getattr(claim, name) != getattr(before, name)]
    for name in changed:
        was = getattr(before, name)
        events.note(
            given, application, Kind.CHANGED, code=name, text=" ".join(was) if name == "tax_ids" else was
        )
        if name != "tax_ids":
            setattr(application, name, getattr(claim, name))
    application.licence_key = licence_key(claim.licence_number)
    application.save()
    if "tax_ids" in changed:
        application_rows.write_tax_ids(application, claim)


def _expected(actor: Actor, number: str, address: str) -> Added | None:
    """Why no file is taken, if none is: before anybody looks at it."""
    with permit(actor, Function.REGISTRATION) as given:
        found = finding.find(given, transaction_id=number, address=address)
        refused = _room(given, _open(given, found), address)
        if refused is None:
            given.conclude("document_expected")
    found.check_open()
    return refused


def _room(given: Permit, application: models.Application | None, address: str, size: int = 0) -> Added | None:
    """Why no file of so many bytes is taken, if none is."""
    if application is None:
        return Added(Taken.NOT_OPEN)
    full = documents.full(given, application, address=address, size=size)
    if full is None:
        return None
    given.conclude(f"document_{full}")
    return Added(Taken(full.value))


def _finished(given: Permit, application: models.Application, number: str) -> Submitted | None:
    if not events.has_changed(application):
        given.conclude("registration_unchanged")
        return None
    may_pass = _may_pass(application)
    match = matching.compare(given, application_rows.claim_of(application))
    _run_clock(given, application)
    application_rows.settle(given, application, match, may_pass=may_pass)
    events.note(given, application, Kind.CORRECTED, code=application.reason)
    given.conclude(application_rows.conclusion(application))
    return applications.outcome(application, number)


def _may_pass(application: models.Application) -> bool:
    """By the catalogue it was made under and by the one in force, and while it is in nobody's hands."""
    now = catalogue.offer(application.account_type, application.user_type)
    handled, looked_at = following.handled(application), events.is_in_hands(application)
    is_untouched = correcting_rules.may_pass(handled, looked_at=looked_at)
    return is_untouched and _is_instant(now)


def _is_instant(offer: Offer | None) -> bool:
    return offer is not None and offer.path is Path.INSTANT


def _run_clock(given: Permit, application: models.Application) -> None:
    """It is the plan's again; how long it lay with the applicant does not count."""
    at = given.actor.asked_at
    if application.state == State.RETURNED and application.returned_at is not None:
        hours = opening.hours()
        application.waited += Decimal(business_time.elapsed(hours, application.returned_at, at))
        application.due_at = goal.due_at(hours, application.submitted_at, waited=application.waited)
        application.state = State.SUBMITTED
    application.corrected_at = at
