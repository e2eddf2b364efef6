"""What the library's documents are called, whom they are for, and where an answer of help leads on to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from portico.domains.library.rules import Standing
from portico.domains.permits.functions import Function
from portico.domains.plan import catalogue

KINDS: Final[Mapping[str, str]] = {
    "manual": "Manual",
    "update": "Update",
    "letter": "Letter",
    "form": "Form",
    "contact": "Contact",
    "guideline": "Clinical guideline",
    "resource": "Resource",
    "help": "Help",
}
STANDINGS: Final[Mapping[Standing, tuple[str, str]]] = {
    Standing.IN_FORCE: ("In force", "positive"),
    Standing.AHEAD: ("Not in force yet", "caution"),
    Standing.CORRECTED: ("Corrected", "caution"),
    Standing.SUPERSEDED: ("Superseded", "caution"),
    Standing.OVER: ("No longer in force", "caution"),
    Standing.UNPUBLISHED: ("Not published", "neutral"),
}
OFFICE_TYPES: Final[Mapping[str, str]] = {
    "physician": "Physician practices",
    "medical_group": "Medical groups",
    "hospital": "Hospitals",
    "ancillary": "Ancillary facilities",
    "billing_company": "Billing companies",
}
CADENCES: Final = (("weekly", "Once a week"), ("daily", "Every day"))


@dataclass(frozen=True, slots=True)
class Further:
    """Where an answer goes on, for whoever reads it: a page by its route, and what is there.

    `function`: what the diagnosis is asked about, where it is about one.
    """

    label: str
    route: str
    function: Function | None = None


_DIAGNOSE: Final = Further("Find out which it is, for you", "diagnose")
_SIGN_IN: Final = Further("Find out what is in the way of your sign-in", "diagnose")
_NEW_PASSWORD: Final = Further("Have a link for a new password mailed", "forgot_password")
_PATIENTS: Final = Further("See whether it is open to you", "diagnose", Function.ELIGIBILITY)
_MANAGES: Final = Further("See whether it is open to you", "diagnose", Function.MANAGE_USERS)
FURTHER: Final[Mapping[str, tuple[Further, ...]]] = {
    "help-where-to-sign-in": (Further("Every entrance, and whom it is for", "entrances"), _SIGN_IN),
    "help-cannot-sign-in": (_SIGN_IN, _NEW_PASSWORD),
    "help-get-a-password": (_NEW_PASSWORD, _SIGN_IN),
    "help-identity-verification": (
        Further("See whether it is asked of you", "diagnose", Function.ELIGIBILITY),
        Further("Verify your identity", "identity"),
    ),
    "help-find-updates": (
        Further("Search the library", "library"),
        Further("What you follow", "library_following"),
    ),
    "help-who-is-my-administrator": (
        Further("See who can change what you may do", "diagnose", Function.MANAGE_USERS),
    ),
    "help-first-sign-in": (_SIGN_IN,),
    "help-second-step": (Further("Your second steps", "factors"), _PATIENTS),
    "help-lost-phone": (_SIGN_IN,),
    "help-unlock": (_SIGN_IN, _NEW_PASSWORD),
    "help-suspended": (_SIGN_IN,),
    "help-ask-for-access": (_DIAGNOSE, Further("Your access requests", "access_requests")),
    "help-register": (Further("Register an office", "register"),),
    "help-registration-status": (Further("Follow your registration", "register_status"),),
    "help-outside-the-network": (_PATIENTS, Further("Join the network", "join_network")),
    "help-find-number": (Further("Search the library", "library"),),
    "help-as-of-date": (Further("Search the library", "library"),),
    "help-required-reading": (Further("Your required reading", "required_reading"),),
    "help-subscribe": (Further("What you follow", "library_following"),),
    "help-check-eligibility": (_PATIENTS, Further("Patient Info", "patient_search")),
    "help-receipt": (_PATIENTS, Further("Receipts", "receipts")),
    "help-batch": (_PATIENTS, Further("Batch", "batches")),
    "help-benefits": (Further("Schedules of Benefits", "schedules"),),
    "help-new-person": (_MANAGES, Further("People", "office_people")),
    "help-leaver": (_MANAGES, Further("People", "office_people")),
    "help-access-review": (_MANAGES, Further("Access review", "office_review")),
    "help-billing-company": (_MANAGES, Further("Billing companies", "office_billing_companies")),
    "help-connect-software": (_MANAGES, Further("Connected systems", "office_systems")),
    "help-who-looked": (_MANAGES, Further("Look-ups", "office_lookups")),
    "help-change-mail": (Further("Your account", "account"),),
    "help-report-problem": (
        _DIAGNOSE,
        Further("How the service is", "service_status"),
        Further("Your support cases", "cases"),
    ),
}
"""By the key of the answer. One that is not here leads to the diagnosis in general."""


def further(key: str) -> tuple[Further, ...]:
    """Where the answer of this key goes on; every one leads somewhere."""
    return FURTHER.get(key, (_DIAGNOSE,))


def whom(limits: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    """Whom something is for, as facts: a label and names, for every dimension it is limited in."""
    choices = catalogue.choices()
    known = (
        ("line", "Lines of business", choices.line_names),
        ("region", "Regions", choices.region_names),
        ("office_type", "Kinds of offices", OFFICE_TYPES),
    )
    found = [
        (label, ", ".join(named.get(code, code) for code in limits[dimension]))
        for dimension, label, named in known
        if dimension in limits
    ]
    return found or [("For", "Every line, region and kind of office")]


def lines(codes: Iterable[str]) -> str:
    """These lines by name; empty for none."""
    named = catalogue.choices().line_names
    return ", ".join(named.get(code, code) for code in codes)
