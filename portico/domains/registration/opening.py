"""Opening an account from an application, within a permit: office, user, personas, grants, licence.

All or nothing, in one order for everybody (tax IDs, office, username, licence), so that nobody waits for
somebody who waits for them. What keeps the account from being opened is `Lost`; the application then goes to
the plan's desk (`to_desk`).
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from portico.domains.access import office_mails
from portico.domains.access import registering as personas
from portico.domains.accounts.joining import registering as accounts
from portico.domains.accounts.joining.registering import Registered, Registrant
from portico.domains.accounts.joining.terms import Acceptance
from portico.domains.accounts.proving.provers import DESK, PROVIDER_FILE
from portico.domains.notifications import notices
from portico.domains.offices import contacts
from portico.domains.offices import registering as offices
from portico.domains.offices import standing as participation
from portico.domains.offices.offices import NewOffice, Office
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit
from portico.domains.plan import outside, policy
from portico.domains.registration import catalogue, models, owners, standing
from portico.domains.registration.catalogue_rows import Holds, Offer
from portico.domains.registration.claims import Agreement, Basis, Finding, Reason

USED: Final = "registration_used"
PROVES_A_PERSON: Final = (Basis.DOCUMENT, Basis.CALL)
OnFile = tuple[tuple[str, str], ...]
"""How the provider file reaches a practice: (kind, value)."""


class Lost(Exception):
    """Somebody else was first: the plan's desk looks at the application now; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Chosen:
    """A username, and a password as it is kept. `agreement`: to terms, since the application was made."""

    username: str
    encoded: str = field(repr=False)
    agreement: Agreement | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """The account: its user, the epoch that its first session carries, and the office."""

    user_id: int
    epoch: int
    office_id: int


def open_for(given: Permit, application: models.Application, chosen: Chosen) -> Opened:
    """Open the account of an application that matched or was approved.

    The caller holds the application's row, and undoes everything where this raises Lost, BadUsername or
    UsernameTaken.
    """
    numbers = tax_ids_of(application)
    joined = application.office_id if is_decided(application) else None
    _check_free(application, offices.hold(numbers, name=application.office_name) - {joined})
    on_file = contacts.of_practice(application.npi, numbers, on=given.actor.today)
    office = _new_office(given, application, on_file) if joined is None else offices.join(joined, numbers)
    user = _user(given, application, chosen)
    personas.register(
        given,
        user.user_id,
        office=office.key,
        tax_ids=numbers,
        as_end_user=offer_of(application).holds is Holds.BOTH,
        functions=_functions(given, numbers),
    )
    _own_licence(given, application, office.id, user.user_id)
    _tell(given, office.id, on_file, but_for=user.user_id, is_joined=joined is not None)
    return Opened(user.user_id, user.epoch, office.id)


def tax_ids_of(application: models.Application) -> tuple[str, ...]:
    """The tax IDs the application claims."""
    return tuple(application.tax_ids.order_by("number").values_list("number", flat=True))


def _check_free(application: models.Application, taken_by: Collection[int]) -> None:
    """Somebody else's licence or office is nobody's to take, but by the plan's own decision."""
    since = owners.claimed_since(application.licence_state, application.licence_key)
    if since is not None and _is_own_licence(application) and not _passes_on(application, since):
        raise Lost(Reason.LICENCE_CLAIMED)
    if taken_by:
        raise Lost(Reason.OFFICE_EXISTS)


def is_decided(application: models.Application) -> bool:
    """Did somebody of the plan say yes, and not the provider file alone?"""
    return application.decided_by is not None


def _new_office(given: Permit, application: models.Application, on_file: OnFile) -> Office:
    """A new office, reached as the provider file says.

    Never as the applicant typed: codes that prove an identity go to an office's contacts.
    """
    new = NewOffice(
        key="",
        name=_office_name(given, application),
        kind=application.account_type,
        tax_ids=tax_ids_of(application),
        contact_email=next((value for kind, value in on_file if kind == "email"), ""),
        telephone=next((value for kind, value in on_file if kind == "telephone"), ""),
    )
    return offices.register(given, new)


def _office_name(given: Permit, application: models.Application) -> str:
    """What colleagues see: what the provider file calls the first tax ID that has a name there.

    What was typed only where it has none, or somebody of the plan read it and said yes.
    """
    if is_decided(application):
        return application.office_name
    numbers = tax_ids_of(application)
    named = offices.named(numbers)
    return next((named[each] for each in numbers if each in named), application.office_name)


def _functions(given: Permit, numbers: Collection[str]) -> tuple[Function, ...]:
    """All that opens patients' data; where none of the tax IDs takes part, what the plan opens outside."""
    open_outside = outside.functions()
    if not open_outside or participation.taking_part(numbers, on=given.actor.today):
        return personas.WITH_PATIENTS
    return tuple(function for function in personas.WITH_PATIENTS if function in open_outside)


def _user(given: Permit, application: models.Application, chosen: Chosen) -> Registered:
    new = Registrant(
        username=chosen.username,
        encoded=chosen.encoded,
        first_name=application.first_name,
        last_name=application.last_name,
        email=application.email,
        is_mail_read=is_decided(application),  # by a link that was mailed there (completion)
        telephone=application.telephone,
        proven_by=DESK if is_decided(application) and _has_made_sure(application) else PROVIDER_FILE,
        agreements=_agreements(application, chosen),
    )
    return accounts.register(given, new)


def _has_made_sure(application: models.Application) -> bool:
    """Did somebody of the plan read a document of the applicant, or call a number on file?

    That the numbers agree proves nobody, whoever says yes to it: they stand in public registers.
    """
    words = standing.words(application).values()
    return any(word.finding == Finding.ACCEPTED and word.basis in PROVES_A_PERSON for word in words)


def _agreements(application: models.Application, chosen: Chosen) -> tuple[Acceptance, ...]:
    """What was agreed to, the latest last: with the application, and to the terms in force since."""
    made, since, found = application.agreed_at, chosen.agreement, dict[str, Acceptance]()
    if made is not None and application.terms_digest:
        version, digest = application.terms_version, application.terms_digest
        found[digest] = Acceptance(version, digest, made, application.agreed_from or "")
    if since is not None and since.digest and since.digest == policy.current().terms_digest:
        found.setdefault(since.digest, Acceptance(since.version, since.digest, since.at, since.address))
    return tuple(found.values())


def offer_of(application: models.Application) -> Offer:
    """What was offered to who registers, by the catalogue the application was made under."""
    found = catalogue.offer(application.account_type, application.user_type, number=application.catalogue)
    if found is None or found.holds is Holds.NOBODY:
        raise LookupError("the catalogue offers nobody to register so")
    return found


def _is_own_licence(application: models.Application) -> bool:
    """Does who registers hold the licence, and not only run the office of who does?"""
    return offer_of(application).holds is Holds.BOTH and application.licence_key != ""


def _passes_on(application: models.Application, since: datetime) -> bool:
    """Did the plan's desk approve it knowing of who owns the licence since then?"""
    decided_at = application.decided_at if is_decided(application) else None
    is_known = decided_at is not None and since <= decided_at
    return is_known and application.reason == Reason.LICENCE_CLAIMED


def _own_licence(given: Permit, application: models.Application, office_id: int, user_id: int) -> None:
    if not _is_own_licence(application):
        return
    since = owners.claimed_since(application.licence_state, application.licence_key)
    if since is not None and _passes_on(application, since):
        before = owners.give_up(given, application)
        office_mails.tell_of_registration(given, USED, office_ids=before, besides=(), but_for=user_id)
    try:
        owners.claim(given, application, office_id=office_id, user_id=user_id)
    except owners.Claimed as error:
        raise Lost(Reason.LICENCE_CLAIMED) from error


def _tell(given: Permit, office_id: int, on_file: OnFile, *, but_for: int, is_joined: bool) -> None:
    """Tell the office's administrators, and whom the provider file knows under these tax IDs."""
    known = [value for kind, value in on_file if kind == "email"]
    office_mails.tell_of_registration(given, USED, office_ids=[office_id], besides=known, but_for=but_for)
    if is_joined:
        context = {"reference": given.reference}
        notices.tell_office(office_id=office_id, kind=USED, context=context, now=given.actor.asked_at)
