"""The rows of an application: written from what is claimed and how it compares, and read back as a claim."""

from dataclasses import asdict
from typing import Any, Final

from portico.domains.permits.permit import Permit
from portico.domains.plan import opening
from portico.domains.registration import events, goal, joining, models
from portico.domains.registration.catalogue_rows import AccountType, Offer, Path
from portico.domains.registration.claims import Agreement, Claim, Match, Reason, licence_key
from portico.domains.registration.events import Kind

State = models.Application.State
CLAIMED: Final = (
    "first_name",
    "last_name",
    "email",
    "telephone",
    "office_name",
    "npi",
    "licence_number",
    "licence_state",
    "address",
    "city",
    "state_code",
    "postal_code",
)
"""The claim's fields that are columns of the same name."""


def claim_of(application: models.Application) -> Claim:
    """What the application claims now, as it is compared."""
    numbers = models.ClaimedTaxId.objects.filter(application=application).order_by("pk")
    return Claim(
        account_type=AccountType(application.account_type),
        user_type=application.user_type,
        catalogue=application.catalogue,
        regions=tuple(application.regions),
        tax_ids=tuple(numbers.values_list("number", flat=True)),
        **{name: getattr(application, name) for name in CLAIMED},
    )


def write(
    given: Permit, claim: Claim, offer: Offer, agreement: Agreement, index: bytes
) -> models.Application:
    """A new application of this claim, not yet compared with anything."""
    at = given.actor.asked_at
    row = models.Application.objects.create(
        transaction_index=index,
        catalogue=claim.catalogue,
        account_type=claim.account_type,
        user_type=claim.user_type,
        path=Path.QUEUE,
        state=State.SUBMITTED,
        regions=list(claim.regions),
        licence_key=licence_key(claim.licence_number),
        submitted_at=at,
        due_at=goal.due_at(opening.hours(), at),
        four_eyes=offer.four_eyes,
        **_agreed(agreement),
        **{name: value for name, value in asdict(claim).items() if name in CLAIMED},
    )
    write_tax_ids(row, claim)
    return row


def write_tax_ids(application: models.Application, claim: Claim) -> None:
    """Put the tax IDs of the claim in place of those the application had."""
    models.ClaimedTaxId.objects.filter(application=application).delete()
    models.ClaimedTaxId.objects.bulk_create(
        models.ClaimedTaxId(application=application, number=number) for number in claim.tax_ids
    )


def settle(given: Permit, application: models.Application, match: Match, *, may_pass: bool) -> None:
    """Keep how the claim compares, and what comes of it: through at once, an office known, or the desk.

    Not `may_pass`: a person of the plan decides, whatever agrees.
    """
    _write_checks(given, application, match)
    reason = match.reason if match.reason or may_pass else Reason.ALWAYS_REVIEWED
    application.reason, application.differs = reason or "", list(match.differs)
    if reason is None:
        _pass(given, application)
    application.save()
    if reason is Reason.OFFICE_EXISTS and may_pass and match.office_id is not None:
        joining.recognise(given, application, match.office_id)


def reason_of(application: models.Application) -> Reason | None:
    """Why it did not go through at once, as the applicant reads it."""
    return Reason(application.reason) if application.reason else None


def conclusion(application: models.Application) -> str:
    """How a submission or a correction ended, for the audit."""
    return f"registration_{application.state}"


def _pass(given: Permit, application: models.Application) -> None:
    """The provider file itself says yes: nobody has to decide."""
    at = given.actor.asked_at
    application.state, application.path, application.decision = State.MATCHED, Path.INSTANT, Kind.MATCHED
    application.matched_at = application.decided_at = at
    application.due_at, application.four_eyes = None, False
    events.note(given, application, Kind.MATCHED)


def _write_checks(given: Permit, application: models.Application, match: Match) -> None:
    at = given.actor.asked_at
    models.Check.objects.bulk_create(
        models.Check(
            application=application,
            field=each.field,
            finding=each.finding,
            basis=each.basis,
            as_of=each.as_of,
            at=at,
        )
        for each in match.compared
    )


def _agreed(agreement: Agreement) -> dict[str, Any]:
    """The columns of the agreement; an empty version says that the plan has no terms."""
    return {
        "terms_version": agreement.version,
        "terms_digest": agreement.digest,
        "agreed_at": agreement.at if agreement.version else None,
        "agreed_from": (agreement.address or None) if agreement.version else None,
    }
