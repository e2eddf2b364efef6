"""The page of functions: what each is for, who may hold it, patient data or not, and where it leads."""

from collections.abc import Mapping

from django.urls import reverse

from portico.domains.access import rules
from portico.domains.permits.actors import PersonaKind
from portico.domains.permits.functions import DESK_FUNCTIONS, TRAITS, Function, Holding
from portico.edges.web import navigation, refusals
from tools.reference import NOTE, table

MEANS: Mapping[Function, str] = {
    Function.ELIGIBILITY: "Find a member and see whether and by what the member is covered; keep a receipt",
    Function.BENEFITS: "See what a member's plan pays, what is used up, and what needs an authorization",
    Function.CLAIMS_INQUIRY: "Follow claims",
    Function.CLAIM_SUBMISSION: "Send, correct and void claims",
    Function.REMITTANCE: "Read payments and their explanations",
    Function.AUTHORIZATION_INQUIRY: "Follow authorizations",
    Function.AUTHORIZATION_SUBMISSION: "Ask for authorizations",
    Function.REFERRALS: "Make and follow referrals",
    Function.ENCOUNTERS: "Send encounters and mend rejected ones",
    Function.DIRECTORY_MAINTENANCE: "Keep the office's directory entries true",
    Function.REPORTS: "Fetch reports about the office's members",
    Function.PAYMENT_ENROLMENT: "Enrol for electronic payment and remittance",
    Function.MANAGE_USERS: "Add the office's users, say what each may do, see its connected systems",
    Function.PUBLIC_PAGES: "Read what is public, ask to be called back, send a question",
    Function.SIGN_IN: "Try to sign in",
    Function.REGISTRATION: "Register an office, follow the registration, complete it",
    Function.ACTIVATION: "Do the steps of the first sign-in",
    Function.OWN_ACCOUNT: "Look after one's own account: profile, personas, sessions, identity",
    Function.OWN_CREDENTIALS: "Change what one signs in with: password, factors, mail address",
    Function.OWN_NOTICES: "Read what the plan tells the office",
    Function.BENEFIT_DOCUMENTS: "Open Schedules of Benefits",
    Function.LIBRARY: "Search and read the library: manuals, updates, forms, guidelines",
    Function.PROVIDER_SEARCH: "Find a provider, and keep a receipt of who takes part in the network",
    Function.LIBRARY_EDITING: "Write what the library holds, and send it to be looked at",
    Function.LIBRARY_PUBLISHING: "Look at what somebody else wrote for the library, and publish it",
    Function.DIRECTORY_REVIEW: "Decide on changes of directory entries, see what was not confirmed",
    Function.RECEIPT_VERIFICATION: "Check a receipt that an office shows",
    Function.WORK_QUEUE: "See and close what is owed to offices",
    Function.FEED_REVIEW: "See what the core system sent, and steer the loads",
    Function.AUDIT_READING: "Read and verify the audit",
    Function.PROVISIONING: "Open offices, add people, hand out and take back",
    Function.IDENTITY_REVIEW: "Look at what people hand in to prove who they are, and decide",
    Function.SIGN_IN_RULES: "Publish terms of use, say when identity is verified, trust identity providers",
    Function.REGISTRATION_REVIEW: "Look at registrations that wait, ask for more, approve or deny",
    Function.REGISTRATION_RULES: "Say what may be registered, and which of it the plan looks at",
    Function.ACCESS_REQUEST: "Ask for what is missing, and follow it",
    Function.SUPPORT_CASE: "Tell the plan what does not work, and follow it",
    Function.DIAGNOSIS: "Find out why something does not open",
    Function.OFFICE_RECOVERY: "Ask for an office without an administrator, or object to that",
    Function.RECOVERY_REVIEW: "Decide who administers an office that has no administrator",
    Function.CASE_REVIEW: "Answer what people of offices cannot do, without seeing a patient",
    Function.ACCESS_REPORT: "Read how many cannot get in, and why",
    Function.ACCESS_RULES: "Change how offices hand out and review access",
    Function.NETWORK_REVIEW: "Answer offices that would like to take part in the network",
    Function.ENQUIRY_REVIEW: "Answer who asked without an account, and call back",
    Function.CONNECTING: "Let systems ask for an office, renew what they sign in with, shut them out",
    Function.AUTHORIZATION_REVIEW: "Review authorization requests, ask for more, approve",
    Function.ADVERSE_DETERMINATION: "Deny an authorization request, whole or in part",
    Function.AUTHORIZATION_RULES: "Set what needs an authorization, the clocks, and what rules approve",
    Function.CLAIM_RULES: "Set the deadlines of claims and the policies behind codes",
    Function.EXCHANGE_REVIEW: "Search the log of what connected systems sent and were sent",
    Function.LOADING: "Load feeds",
    Function.SENDING: "Send the mail that waits",
    Function.HOUSEKEEPING: "Forget what need not be kept any longer",
    Function.SEALING: "Seal the audit",
    Function.CONFIGURATION: "Say who the plan is, its lines and regions",
}
ELSEWHERE: Mapping[Function, str] = {
    Function.BENEFITS: "on a member's page: benefits, costs, limits",
    Function.PUBLIC_PAGES: "Support (`/support/`)",
    Function.SIGN_IN: "Sign in (`/sign-in/`)",
    Function.FEED_REVIEW: "`portico jobs`",
    Function.AUDIT_READING: "`portico audit`",
    Function.PROVISIONING: "`portico office`, `portico person`",
    Function.SIGN_IN_RULES: "`portico identity-provider`",
    Function.CONNECTING: "`portico machine`",
    Function.LOADING: "`portico load`",
    Function.SENDING: "`portico worker`",
    Function.SEALING: "`portico worker`, `portico audit seal`",
    Function.HOUSEKEEPING: "`portico worker`",
    Function.CONFIGURATION: "`portico plan`",
}
KINDS = {
    PersonaKind.END_USER: "end users of an office",
    PersonaKind.ADMINISTRATOR: "administrators of an office",
}
SECTIONS: Mapping[str, tuple[Holding, ...]] = {
    "What an office hands out": (Holding.GRANT,),
    "What a desk of the plan holds": (Holding.DESK,),
    "What comes with signing in, or without": (Holding.SIGNED_IN, Holding.OPEN),
    "What only the system does": (Holding.SYSTEM,),
}
HEAD = f"""{NOTE}

# Functions

A function is one thing an actor may do. Grants and audit rows hold its code. A grant limits a function
to tax IDs, and where the grant says so to lines of business, regions and providers, from one day to
another; it is in force, and out of force, at the next request. Why a function may be closed all the same
stands in [reasons.md](reasons.md).

*Patient data* means protected health information: it opens only to a verified user who passed the second
factor, and never to an administrator.
"""


def page() -> str:
    """The whole page."""
    sections = [f"## {title}\n\n{_section(holdings)}" for title, holdings in SECTIONS.items()]
    return "\n".join((HEAD, *(f"{section}\n" for section in sections)))


def _section(holdings: tuple[Holding, ...]) -> str:
    functions = [function for function in Function if TRAITS[function].holding in holdings]
    heads = ("code", "called", "to", "may be held by", "patient data", "opens")
    return table(heads, [_row(function) for function in functions])


def _row(function: Function) -> tuple[str, ...]:
    name, phi = refusals.FUNCTION_NAMES[function], "yes" if TRAITS[function].phi else "no"
    return f"`{function}`", name, MEANS[function], _holders(function), phi, _screens(function)


def _holders(function: Function) -> str:
    match TRAITS[function].holding:
        case Holding.GRANT:
            return ", ".join(words for kind, words in KINDS.items() if _may_hold(kind, function))
        case Holding.DESK:
            held = (desk for desk, functions in DESK_FUNCTIONS.items() if function in functions)
            return "desks of the plan: " + ", ".join(desk.replace("_", " ") for desk in held)
        case Holding.SIGNED_IN:
            return "everybody who signed in"
        case Holding.OPEN:
            return "everybody"
        case Holding.SYSTEM:
            return "the system: loads, clocks, the operator's commands"


def _may_hold(kind: PersonaKind, function: Function) -> bool:
    try:
        rules.check_function(function, kind)
    except rules.CannotGrant:
        return False
    return True


def _screens(function: Function) -> str:
    areas = dict.fromkeys((*navigation.OFFICE_AREAS, *navigation.STAFF_AREAS))
    found = [f"{area.label} (`{reverse(area.route)}`)" for area in areas if area.function is function]
    found += [ELSEWHERE[function]] if function in ELSEWHERE else []
    return ", ".join(found) or "nothing yet"
