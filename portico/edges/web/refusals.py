"""The words of a refusal: every reason, test and remedy said plainly, with who can change it and where.

The codes come from `permits`; this table is the web's column of the published reasons.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from portico.domains.access import personas
from portico.domains.access.asking import requests
from portico.domains.access.delegating import confirmers
from portico.domains.permits.actors import Actor
from portico.domains.permits.decisions import Decision, Test
from portico.domains.permits.functions import Function
from portico.domains.permits.reasons import FixedBy, Fixer, Reason, Remedy
from portico.domains.plan import catalogue
from portico.edges.web import asking, explaining, prover_words
from portico.edges.web.explaining import Asked, Way

FUNCTION_NAMES: Mapping[Function, str] = {
    Function.ELIGIBILITY: "Eligibility",
    Function.BENEFITS: "Benefits",
    Function.CLAIMS_INQUIRY: "Claims Inquiry",
    Function.CLAIM_SUBMISSION: "Claim Submission",
    Function.REMITTANCE: "Remittance",
    Function.AUTHORIZATION_INQUIRY: "Authorization Inquiry",
    Function.AUTHORIZATION_SUBMISSION: "Authorization Submission",
    Function.REFERRALS: "Referrals",
    Function.ENCOUNTERS: "Encounters",
    Function.DIRECTORY_MAINTENANCE: "Directory Maintenance",
    Function.REPORTS: "Reports",
    Function.PAYMENT_ENROLMENT: "Payment Enrolment",
    Function.MANAGE_USERS: "Manage Users",
    Function.PUBLIC_PAGES: "Public pages",
    Function.SIGN_IN: "Sign-in",
    Function.REGISTRATION: "Registration",
    Function.ACTIVATION: "Your first sign-in",
    Function.OWN_ACCOUNT: "Your account",
    Function.OWN_CREDENTIALS: "What you sign in with",
    Function.OWN_NOTICES: "Notices",
    Function.BENEFIT_DOCUMENTS: "Schedules of Benefits",
    Function.LIBRARY: "Library",
    Function.PROVIDER_SEARCH: "Find a Provider",
    Function.ACCESS_REQUEST: "Access requests",
    Function.SUPPORT_CASE: "Support cases",
    Function.DIAGNOSIS: "Diagnosis",
    Function.OFFICE_RECOVERY: "Recovery of an office",
    Function.RECEIPT_VERIFICATION: "Receipt verification",
    Function.WORK_QUEUE: "Work items",
    Function.FEED_REVIEW: "Feeds",
    Function.AUDIT_READING: "Audit",
    Function.PROVISIONING: "Provisioning",
    Function.IDENTITY_REVIEW: "Identity review",
    Function.SIGN_IN_RULES: "Rules of signing in",
    Function.REGISTRATION_REVIEW: "Registrations",
    Function.REGISTRATION_RULES: "What may be registered",
    Function.NETWORK_REVIEW: "Joining the network",
    Function.ENQUIRY_REVIEW: "Enquiries",
    Function.LIBRARY_EDITING: "Library editing",
    Function.LIBRARY_PUBLISHING: "Library publishing",
    Function.DIRECTORY_REVIEW: "Directory changes",
    Function.RECOVERY_REVIEW: "Recovery of offices",
    Function.CASE_REVIEW: "Support cases of offices",
    Function.ACCESS_REPORT: "Access report",
    Function.ACCESS_RULES: "Rules of access",
    Function.CONNECTING: "Connected systems",
    Function.EXCHANGE_REVIEW: "Exchange log",
    Function.CLAIM_RULES: "Rules of claims",
    Function.AUTHORIZATION_REVIEW: "Review of requests",
    Function.ADVERSE_DETERMINATION: "Denials",
    Function.AUTHORIZATION_RULES: "Rules of authorizations",
    Function.LOADING: "Loading of feeds",
    Function.SENDING: "Sending of mail",
    Function.SEALING: "Sealing of the audit",
    Function.HOUSEKEEPING: "Housekeeping",
    Function.CONFIGURATION: "Configuration",
}

WHY: Mapping[Reason, str] = {
    Reason.NOT_SIGNED_IN: "You are not signed in.",
    Reason.WRONG_AUDIENCE: "Your account belongs to another site of the plan, not to the provider portal.",
    Reason.ACCOUNT_NOT_ACTIVATED: "The steps of your first sign-in are not all done.",
    Reason.ACCOUNT_PENDING: "The plan has not approved your account yet.",
    Reason.ACCOUNT_LOCKED: "Your account is locked after too many failed sign-ins.",
    Reason.ACCOUNT_SUSPENDED: "Your account is suspended: it was not used for a long time.",
    Reason.ACCOUNT_DISABLED: "Your account is disabled.",
    Reason.TERMS_NOT_ACCEPTED: "You have not accepted the current terms of use.",
    Reason.VERIFICATION_REQUIRED: "Your identity has not been verified yet.",
    Reason.ADMINISTRATOR_HAS_NO_PHI: (
        "You are acting as an administrator, and administrators see no patient data."
    ),
    Reason.FUNCTION_NOT_GRANTED: "Your account has not been given {function}.",
    Reason.GRANT_PROPOSED: "{function} has been proposed for you, but nobody has confirmed it yet.",
    Reason.GRANT_NOT_YET_ACTIVE: "Your access to {function} starts on a later day.",
    Reason.GRANT_EXPIRED: "Your access to {function} has ended.",
    Reason.TAX_ID_NOT_GRANTED: "Your access to {function} does not cover this tax ID.",
    Reason.CLIENT_ACCESS_ENDED: "The office that this is about no longer lets yours work for it.",
    Reason.CLIENT_DID_NOT_GIVE: (
        "The office that bills under this tax ID lets yours work for it, but gave it no {function} here."
    ),
    Reason.OTHER_SIDE: "You are working for another office than the one that this is about.",
    Reason.PROVIDER_NOT_GRANTED: "Your access to {function} does not cover this provider.",
    Reason.LINE_NOT_GRANTED: "Your access to {function} does not cover this line of business.",
    Reason.REGION_NOT_GRANTED: "Your access to {function} does not cover this region.",
    Reason.REGION_NOT_SERVED: "The plan does not serve this region.",
    Reason.AFFILIATION_ENDED: "This provider no longer bills under this tax ID.",
    Reason.NOT_PARTICIPATING: "This tax ID does not take part in the plan's network.",
    Reason.ACCESS_REVIEW_OVERDUE: (
        "Your office has not finished its access review in time, so patient data is closed to its people."
    ),
    Reason.CLIENT_REVIEW_OVERDUE: (
        "The office you work for has not finished its access review in time, so its patient data is closed."
    ),
    Reason.STEP_UP_REQUIRED: (
        "This opens only after a second step at sign-in: a passkey, or a code from an authenticator."
    ),
    Reason.CONFIRMATION_REQUIRED: (
        "This is a sensitive act, and it is a while since you showed that it is you."
    ),
    Reason.SCOPE_NOT_GRANTED: "The application's token does not hold a scope for this.",
}

TESTS: Mapping[Test, str] = {
    Test.SIGNED_IN: "You are signed in",
    Test.AUDIENCE: "Your account is a provider account",
    Test.ACCOUNT: "Your account is active",
    Test.TERMS: "You accepted the terms of use",
    Test.VERIFICATION: "Your identity is verified",
    Test.PERSONA: "You act as somebody who may see patient data",
    Test.FUNCTION: "You were given this function",
    Test.GRANT: "Your access is confirmed and runs today",
    Test.TAX_ID: "It covers the tax ID",
    Test.PROVIDER: "It covers the provider",
    Test.LINE: "It covers the line of business",
    Test.REGION: "It covers the region",
    Test.PROVIDER_FILE: "The plan's provider file agrees",
    Test.ACCESS_REVIEW: "Your office looked through its people's access in time",
    Test.SECOND_FACTOR: "You passed the second step at sign-in",
    Test.CONFIRMATION: "You showed not long ago that it is you",
    Test.SCOPE: "The application's token holds a scope for it",
}

HOW: Mapping[Remedy, str] = {
    Remedy.SIGN_IN: "Sign in.",
    Remedy.USE_YOUR_OWN_SITE: "Use the plan's site that your account belongs to.",
    Remedy.ACTIVATE: "Finish the steps of your first sign-in.",
    Remedy.WAIT_FOR_APPROVAL: "Approves your account. You will have a mail when it is done.",
    Remedy.UNLOCK: "Unlocks your account, or you wait until the lock ends.",
    Remedy.REACTIVATE: "Reactivates your account.",
    Remedy.ACCEPT_TERMS: "Read and accept the terms of use.",
    Remedy.VERIFY_IDENTITY: "Verify your identity with the plan.",
    Remedy.USE_END_USER_PERSONA: "Switch to your end-user persona, or have an end-user account made for you.",
    Remedy.GRANT_FUNCTION: "Adds {function} to your account.",
    Remedy.CONFIRM_GRANT: "Confirms the access that was proposed for you.",
    Remedy.START_GRANT: "Lets your access start today.",
    Remedy.RENEW_GRANT: "Renews your access to {function}.",
    Remedy.ADD_TAX_ID: "Adds this tax ID to your access.",
    Remedy.RENEW_CLIENT_ACCESS: "Lets your office work under this tax ID again.",
    Remedy.WIDEN_CLIENT_ACCESS: "Gives your office {function} here too.",
    Remedy.SWITCH_SIDE: "Switch to that office, at the top of every page.",
    Remedy.ADD_PROVIDER: "Adds this provider to your access.",
    Remedy.ADD_LINE: "Adds this line of business to your access.",
    Remedy.ADD_REGION: "Adds this region to your access.",
    Remedy.REPORT_AFFILIATION: "Corrects the provider file when the provider does bill under this tax ID.",
    Remedy.FINISH_ACCESS_REVIEW: "Finishes the access review; patient data opens with the last line of it.",
    Remedy.PASS_SECOND_FACTOR: "Set up a second step, or sign in again with the one you have.",
    Remedy.CONFIRM_IT_IS_YOU: "Confirm that it is you; then go on where you were.",
    Remedy.ASK_FOR_SCOPE: "Ask for a token with the scope, among those registered for the application.",
}

ROADS: Mapping[str, str] = {
    "plan_service_area": "Ask the plan which regions it serves.",
    "join_the_network": "Ask the plan how this tax ID can join its network.",
}
BESIDE: Mapping[str, str] = {
    "end_user": "Gives you an end-user persona beside this one, with {function}.",
    "administrator": "Makes you an administrator too: that is a persona of its own.",
}
"""What is done where this persona itself cannot hold the function."""


@dataclass(frozen=True, slots=True)
class FixerWords:
    """Who can change it, how, and the way there, where this person can go it."""

    who: str
    how: str
    way: Way | None = None


@dataclass(frozen=True, slots=True)
class TestWords:
    """One test, whether it was passed, and the reason when it was not."""

    label: str
    passed: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal in words, as the page shows it: what was asked, what failed, who mends it, what was tested.

    `button` is the one way that helps first; None where nobody can go one from here.
    """

    asked: tuple[Asked, ...]
    headline: str
    why: str
    button: Way | None
    fixers: tuple[FixerWords, ...]
    tests: tuple[TestWords, ...]
    reference: str


def page(request: HttpRequest, decision: Decision, reference: str = "") -> HttpResponse:
    """The page that says why something is not open, what was tested, and who can change it; status 403."""
    refusal = in_words(asking.actor_of(request), decision, reference)
    return render(request, "403.html", {"refusal": refusal}, status=403)


def in_words(actor: Actor, decision: Decision, reference: str = "") -> Refusal:
    """The decision said plainly, to this actor."""
    function = FUNCTION_NAMES[decision.question.function]
    first = decision.reasons[0]
    ways = explaining.ways(actor, decision, reference)
    return Refusal(
        asked=explaining.asked(decision.question),
        headline=WHY[first].format(function=function),
        why=" ".join(WHY[reason].format(function=function) for reason in decision.reasons[1:]),
        button=next((ways[reason] for reason in decision.reasons if reason in ways), None),
        fixers=(*_fixers(actor, decision, function, ways), *_roads(decision, ways)),
        tests=_tests(decision, function),
        reference=reference,
    )


def _tests(decision: Decision, function: str) -> tuple[TestWords, ...]:
    return tuple(
        TestWords(
            TESTS[test], reason is None, "" if reason is None else WHY[reason].format(function=function)
        )
        for test, reason in decision.tested
    )


def _fixers(
    actor: Actor, decision: Decision, function: str, ways: Mapping[Reason, Way]
) -> tuple[FixerWords, ...]:
    return tuple(
        FixerWords(
            _who(actor, decision, fixer, ways.get(fixer.reason)),
            _how(actor, decision, fixer, ways.get(fixer.reason)).format(function=function),
            ways.get(fixer.reason),
        )
        for fixer in decision.fixers
    )


def _how(actor: Actor, decision: Decision, fixer: Fixer, way: Way | None) -> str:
    if _is_beside(fixer, way):
        return BESIDE["end_user"]
    function = decision.question.function
    if fixer.reason is Reason.FUNCTION_NOT_GRANTED and requests.needs_administrator(actor, function):
        return BESIDE["administrator"]
    return HOW[fixer.remedy] + _ways(actor, decision, fixer.remedy)


def _is_beside(fixer: Fixer, way: Way | None) -> bool:
    """Is an end-user persona asked for, rather than switched to?"""
    is_switch = way is not None and way.url == reverse("personas")
    return fixer.reason is Reason.ADMINISTRATOR_HAS_NO_PHI and way is not None and not is_switch


def _ways(actor: Actor, decision: Decision, remedy: Remedy) -> str:
    """Of verifying one's identity: the ways the plan's table asks for here."""
    if remedy is not Remedy.VERIFY_IDENTITY:
        return ""
    asked = actor.account.verification.asked(decision.question.function, actor.asked_at)
    return f" One of these will do: {'; '.join(map(prover_words.name, asked))}."


def _who(actor: Actor, decision: Decision, fixer: Fixer, way: Way | None) -> str:
    by = FixedBy.ADMINISTRATOR if _is_beside(fixer, way) else fixer.by
    if by is FixedBy.YOURSELF:
        return "You yourself"
    if by is FixedBy.CLIENT:
        client = personas.client_of(actor, decision.question.tax_id or "")
        return f"An administrator of {client or 'the office that this is about'}"
    if way is not None and fixer.reason is Reason.ACCESS_REVIEW_OVERDUE:
        return "You yourself, as an administrator"
    contacts = _contacts(actor, fixer.reason) if by is FixedBy.ADMINISTRATOR else ()
    if contacts:
        names = ", ".join(contact.name for contact in contacts)
        return f"Your office's administrator: {names}"
    return _plan()


def _contacts(actor: Actor, reason: Reason) -> tuple[personas.Contact, ...]:
    """The administrators who can change it."""
    is_proposed = reason is Reason.GRANT_PROPOSED
    return confirmers.of_own(actor) if is_proposed else personas.administrators(actor)


def _plan() -> str:
    plan = catalogue.identity()
    return f"{plan.name}, Provider Services{f' {plan.telephone}' if plan.telephone else ''}"


def _roads(decision: Decision, ways: Mapping[Reason, Way]) -> tuple[FixerWords, ...]:
    return tuple(FixerWords(_plan(), ROADS[road.code], ways.get(road.reason)) for road in decision.roads)
