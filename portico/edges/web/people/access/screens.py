"""What each function opens, said to whoever hands it out, and the screens it leads to."""

from collections.abc import Mapping
from typing import Final

from portico.domains.permits.functions import Function
from portico.edges.web import navigation

OPENS: Final[Mapping[Function, str]] = {
    Function.ELIGIBILITY: (
        "Find a patient by member ID, SSN or name, see whether and by what they are covered, and keep a "
        "receipt."
    ),
    Function.BENEFITS: (
        "See what a patient's plan pays, what is used up of it, and what needs an authorization first."
    ),
    Function.CLAIMS_INQUIRY: "Follow claims that were sent: where each is, and what was decided.",
    Function.CLAIM_SUBMISSION: "Send claims, and correct or void those that were sent.",
    Function.REMITTANCE: "Read what was paid, for which claims, and why something was not.",
    Function.AUTHORIZATION_INQUIRY: "Follow requests for authorization and read the answers.",
    Function.AUTHORIZATION_SUBMISSION: "Ask the plan to authorize a service, and add to what was asked.",
    Function.REFERRALS: "Refer a patient to a specialist, and follow referrals that were made.",
    Function.ENCOUNTERS: "Send encounters, and mend those that were rejected.",
    Function.DIRECTORY_MAINTENANCE: (
        "Keep true what the plan's directory says of the office and its providers. No patient data."
    ),
    Function.REPORTS: "Fetch reports that name the office's patients, such as who is assigned to it.",
    Function.PAYMENT_ENROLMENT: (
        "Enrol the office for electronic payment and remittance: bank data, no patient data."
    ),
    Function.MANAGE_USERS: "Make users, say what each may do, and help them sign in. No patient data.",
}
WITHIN: Final[Mapping[Function, tuple[str, ...]]] = {
    Function.BENEFITS: ("Benefits and costs on a patient's page",),
}
NONE_YET: Final = "no page of this portal yet"


def screens(function: Function) -> str:
    """The pages the function leads to, as the menu calls them."""
    found = [area.label for area in navigation.OFFICE_AREAS if area.function is function]
    return ", ".join((*found, *WITHIN.get(function, ()))) or NONE_YET
