"""The last step: everything that was filled in, with the way back to each part of it; and submitting it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from portico.domains.registration import applications, field_checks
from portico.domains.registration.applications import BadClaim, NotOffered, Submitted, TooMany
from portico.domains.registration.licence_shapes import STATES
from portico.edges.web import addresses, asking
from portico.edges.web.accounts.sign_in import until
from portico.edges.web.register import kept, outcome, steps, words
from portico.edges.web.register.kept import OF_EVERYBODY, REGIONS, TAX_IDS
from portico.edges.web.register.steps import Standing, Step
from portico.edges.web.templatetags.portico import telephone
from portico.shared.identifiers import format_tax_id

LABELS: Final[Mapping[str, str]] = {
    "licence_state": "State of the licence",
    "licence_number": "Licence number",
    "npi": "NPI",
    TAX_IDS: "Tax IDs",
    "office_name": "Name of the office",
    "address": "Street and number",
    "city": "City",
    "state_code": "State",
    "postal_code": "ZIP code",
    "first_name": "First name",
    "last_name": "Last name",
    "email": "Mail address",
    "telephone": "Telephone",
}
TOO_MANY: Final = (
    "Many registrations came from your network today. No other is taken {until}. What you filled in is kept. "
    "Provider Services can take it on the telephone."
)
CHANGED: Final = "What may be registered here has changed meanwhile. Please choose again."
BAD: Final = "Something the plan cannot take as it stands: {labels}. Please look at it again."


@dataclass(frozen=True, slots=True)
class Part:
    """What one step holds, as it is read over: its name, the way back to it, labels with values."""

    name: str
    url: str
    rows: tuple[tuple[str, str], ...]


@steps.step(Step.REVIEW)
def review(request: HttpRequest, found: Standing) -> HttpResponse:
    """Everything that was filled in; nothing is sent from here but by the form to `submit`."""
    return steps.shown(request, found, Step.REVIEW, parts=tuple(_parts(found)), offer=found.offer)


@require_POST
@sensitive_post_parameters()
def submit(request: HttpRequest) -> HttpResponse:
    """Submit it, once: a second click of the same browser is answered as the first was."""
    if asking.is_signed_in(request):
        return redirect("register")
    found = steps.standing(request)
    before = applications.again(actor=asking.actor_of(request), mark=found.mark) if found.mark else None
    if before is not None:
        return outcome.shown(request, before)
    if found.undone:
        return redirect(steps.address(found.due))
    try:
        return outcome.shown(request, _submitted(request, found))
    except TooMany as error:
        messages.error(request, TOO_MANY.format(until=until(error.until)))
    except NotOffered:
        messages.warning(request, CHANGED)
        return redirect("register_account")
    except BadClaim as error:
        labels = (LABELS.get(name, words.FURTHER_LABELS.get(name, name)) for name in error.faults)
        messages.error(request, BAD.format(labels=", ".join(labels)))
    return redirect("register_review")


def _submitted(request: HttpRequest, found: Standing) -> Submitted:
    actor, offer = asking.actor_of(request), found.offer
    assert offer is not None  # noqa: S101 - every step is done
    return applications.submit(
        actor=actor,
        claim=kept.claim(found.kept, offer, found.offered.number),
        agreement=kept.agreement(found.kept, actor.asked_at),
        mark=found.mark,
        address=addresses.client_address(request),
    )


def _parts(found: Standing) -> Iterable[Part]:
    offer = found.offer
    assert offer is not None  # noqa: S101 - every step before the review is done
    names = {each.code: each.name for each in found.offered.regions}
    if Step.TERMS in found.steps:
        rows = (("Version you agreed to", found.kept.text("terms_version")),)
        yield Part("Terms of use", steps.address(Step.TERMS), rows)
    if Step.REGION in found.steps:
        regions = ", ".join(names[code] for code in found.kept.texts(REGIONS))
        yield Part("Regions", steps.address(Step.REGION), (("Where you see members", regions),))
    account = (("What you register", words.account_type(offer.account_type)),)
    yield Part("Account", steps.address(Step.ACCOUNT), account)
    yield Part("You", steps.address(Step.PERSON), (("What you are there", offer.name),))
    asked = field_checks.needed(offer.needs)
    facts = tuple(_rows(found, [each for each in asked if each not in OF_EVERYBODY or each == "office_name"]))
    yield Part("Numbers and office", steps.address(Step.FACTS), facts)
    contact = tuple(_rows(found, [each for each in OF_EVERYBODY if each != "office_name"]))
    yield Part("Contact", steps.address(Step.CONTACT), contact)


def _rows(found: Standing, names: Iterable[str]) -> Iterable[tuple[str, str]]:
    for name in names:
        yield LABELS[name], _shown(found, name)


def _shown(found: Standing, name: str) -> str:
    if name == TAX_IDS:
        return ", ".join(map(format_tax_id, kept.tax_ids(found.kept)))
    value = kept.canonical(found.kept, name)
    if name in ("licence_state", "state_code"):
        return STATES.get(value, value)
    return telephone(value) if name == "telephone" else value
