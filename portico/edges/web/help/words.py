"""The words of diagnosis, cases and onboarding: verdicts, what was told, facts, topics, ends and steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from portico.domains.permits.functions import Function
from portico.domains.plan import catalogue, entrances
from portico.domains.plan.entrances import Audience
from portico.domains.support.case_rules import CaseEnding, CaseTopic, State
from portico.domains.support.facts import ASKED, NO, NOT_ASKED, PASSED, YES, Fact
from portico.domains.support.onboarding_rules import Sign, Step
from portico.domains.support.told import Told
from portico.domains.support.verdicts import Verdict
from portico.edges.web import refusals
from portico.edges.web.context import PERSONA_NAMES
from portico.edges.web.help import desk_words
from portico.edges.web.people.words import DESKS, STANDINGS
from portico.shared import identifiers


@dataclass(frozen=True, slots=True)
class Said:
    """A verdict: in a word or two for lists, as a sentence to the person, and what it means."""

    short: str
    headline: str
    means: str


VERDICTS: Final[Mapping[Verdict, Said]] = {
    Verdict.OPEN: Said(
        "Open",
        "Nothing is in your way here",
        "This is open to you. Where a page shows an error all the same, enter its reference or tell support.",
    ),
    Verdict.SIGN_IN_FIRST: Said(
        "Not signed in",
        "You are not signed in",
        "What you look for is behind the sign-in. Where the password is not accepted, set a new one: it is "
        "faster than trying.",
    ),
    Verdict.WRONG_PAGE: Said(
        "Wrong page",
        "You are at the wrong page",
        "This portal is for providers and their offices. Members, employers and brokers sign in elsewhere.",
    ),
    Verdict.FIRST_STEPS: Said(
        "First sign-in",
        "The first sign-in is not finished",
        "An invitation works for a day, once, and in the browser in which it was begun. The mail holds no "
        "username: your administrator tells you that.",
    ),
    Verdict.APPROVAL_PENDING: Said(
        "Waits for approval", "The account waits for the plan", "You have a mail when it is approved."
    ),
    Verdict.LOCKED: Said(
        "Locked",
        "The account is locked",
        "After several wrong tries nobody signs in with that name for a while, not even with the right "
        "password. It opens by itself.",
    ),
    Verdict.ACCOUNT_CLOSED: Said(
        "Account closed",
        "The account is closed",
        "It was not used for a long time, or somebody disabled it. Nothing of it was deleted.",
    ),
    Verdict.TERMS_OPEN: Said(
        "Terms", "The terms of use wait for you", "Accept them, then everything goes on."
    ),
    Verdict.VERIFICATION_PENDING: Said(
        "Verification pending",
        "Your identity is not verified yet",
        "The plan asks once who you are before patient data opens.",
    ),
    Verdict.WRONG_PERSONA: Said(
        "Wrong persona",
        "You act as an administrator",
        "An administrator hands out access and sees no patient. Patient data opens to an end user.",
    ),
    Verdict.MISSING_ROLE: Said(
        "Missing role",
        "Your access does not reach this",
        "You are signed in and your password is right: what is missing was not given to you, or not here.",
    ),
    Verdict.ACCESS_NOT_BEGUN: Said(
        "Access not begun",
        "Your access has not begun",
        "It was given, and waits to be confirmed or for its first day.",
    ),
    Verdict.WRONG_LINE: Said(
        "Wrong line",
        "You are in the wrong line of business or region",
        "Your access does not cover the one you chose.",
    ),
    Verdict.NOT_PARTICIPATING: Said(
        "Not participating",
        "This tax ID or provider does not take part",
        "The plan's provider file says so. No password and no role changes that.",
    ),
    Verdict.REVIEW_OVERDUE: Said(
        "Review overdue",
        "Your office's access review is overdue",
        "Patient data is closed to everybody in the office until it is finished.",
    ),
    Verdict.SECOND_STEP: Said(
        "Second step",
        "A second step is missing",
        "Patient data and sensitive acts open after a passkey, or a code from an authenticator.",
    ),
    Verdict.SOFTWARE: Said(
        "Software", "The application may not ask for this", "Its token does not hold the scope."
    ),
    Verdict.SYSTEM_TROUBLE: Said(
        "System trouble",
        "The trouble is ours",
        "Something of the portal failed. It is not your password and not your access.",
    ),
}
AUDIENCES: Final[Mapping[Audience, str]] = {
    Audience.PROVIDER: "I work for an office that treats members, or bill for one",
    Audience.MEMBER: "I am a member, or care for one",
    Audience.EMPLOYER: "I look after an employer's coverage",
    Audience.BROKER: "I am a broker",
}
TOLD: Final[Mapping[Told, str]] = {
    Told.NOT_ACCEPTED: "My username or password is not accepted",
    Told.LOCKED: "The page says that the account is locked",
    Told.INVITATION: "My temporary password or link does not work",
    Told.CODE: "I am asked for a code or passkey I do not have",
    Told.VERIFY: "I am asked to verify my identity",
    Told.UNUSED: "The page says that the account was not used for long",
    Told.WAITS: "The page says that the account waits for approval",
    Told.MISSING: "I get in, and a menu item is closed",
    Told.PROPOSED: "I was given access, and it is still closed",
    Told.OTHER_LINE: "It works for some plans and not for others",
    Told.NO_PATIENTS: "I administer the office, and see no patients",
    Told.NO_NETWORK: "The page says that we do not take part in the network",
    Told.REVIEW: "The page says that an access review is overdue",
    Told.ERROR: "A page shows an error, or nothing loads",
    Told.NO_SIGN_IN: "I do not know how to sign in",
}
FACTS: Final[Mapping[Fact, str]] = {
    Fact.VERDICT: "Which it is",
    Fact.REASONS: "Reasons",
    Fact.ENTRANCE: "Entrance used",
    Fact.PERSONA: "Acting as",
    Fact.DESK: "Desk",
    Fact.FUNCTION: "What is missed",
    Fact.LINE: "Line of business",
    Fact.REGION: "Region",
    Fact.TAX_ID: "Tax ID",
    Fact.PROVIDER: "Provider (NPI)",
    Fact.MISSING: "Closed menu items and functions",
    Fact.REFERENCE: "Error reference",
    Fact.ACCOUNT: "State of the account",
    Fact.VERIFICATION: "Identity",
    Fact.SECOND_STEP: "Second step passed",
    Fact.BROWSER: "Browser",
}
_CODES: Final[Mapping[Fact, Mapping[str, str]]] = {
    Fact.VERDICT: {str(code): said.short for code, said in VERDICTS.items()},
    Fact.REASONS: {str(code): said for code, said in desk_words.WHY.items()},
    Fact.PERSONA: {str(kind): said for kind, said in PERSONA_NAMES.items()},
    Fact.DESK: {str(desk): said for desk, said in DESKS.items()},
    Fact.FUNCTION: {str(function): said for function, said in refusals.FUNCTION_NAMES.items()},
    Fact.MISSING: {str(function): said for function, said in refusals.FUNCTION_NAMES.items()},
    Fact.ACCOUNT: {str(code): said[0] for code, said in STANDINGS.items()},
    Fact.VERIFICATION: {
        ASKED: "Not verified, and asked for",
        PASSED: "Verified",
        NOT_ASKED: "Not asked for",
    },
    Fact.SECOND_STEP: {YES: "Yes", NO: "No"},
}
TOPICS: Final[Mapping[CaseTopic, str]] = {
    CaseTopic.CLOSED: "Something is closed to me",
    CaseTopic.ERROR: "A page shows an error",
    CaseTopic.LOOKS_WRONG: "What a page shows looks wrong",
    CaseTopic.PEOPLE: "People of my office and their access",
    CaseTopic.PROVIDER_FILE: "Our providers, tax IDs or network",
    CaseTopic.OTHER: "Something else",
}
STATES: Final[Mapping[State, tuple[str, str]]] = {
    State.OPEN: ("With the plan", "caution"),
    State.ANSWERED: ("Answered", "positive"),
    State.CLOSED: ("Closed", "neutral"),
}
ENDINGS: Final[Mapping[CaseEnding, str]] = {
    CaseEnding.MENDED: "Mended",
    CaseEnding.EXPLAINED: "Explained",
    CaseEnding.PASSED_ON: "Passed on to another part of the plan",
    CaseEnding.WITHDRAWN: "Withdrawn by whoever asked",
}
STEPS: Final[Mapping[Step, str]] = {
    Step.PROVISIONED: "Account made",
    Step.INVITED: "Invited",
    Step.CREDENTIALS: "Credentials set",
    Step.VERIFIED: "Identity verified",
    Step.ROLE: "Role active",
    Step.TASK: "First task done",
}
SIGNS: Final[Mapping[Sign, str]] = {
    Sign.DONE: "Done",
    Sign.WAITING: "Not done",
    Sign.NOT_ASKED: "Not asked",
}
STUCK: Final[Mapping[tuple[Step, str], str]] = {
    (Step.INVITED, ""): "Nobody has invited them.",
    (Step.CREDENTIALS, ""): "The invitation is open, and the first sign-in not finished.",
    (Step.CREDENTIALS, "invitation_over"): "The invitation is over. Send a new one.",
    (Step.VERIFIED, ""): "They have to verify their identity.",
    (Step.ROLE, "none"): "Nothing was given to them yet.",
    (Step.ROLE, "proposed"): "Their access is proposed and waits to be confirmed.",
    (Step.ROLE, "not_yet"): "Their access begins on a later day.",
    (Step.ROLE, "ended"): "Their access has ended.",
    (Step.TASK, ""): "Everything is ready; they have not begun.",
}


def fact(name: str, value: str | list[str]) -> tuple[str, str]:
    """A fact as it is shown: its label, and its value in words; "" for a name that is none."""
    if name not in set(Fact):
        return "", ""
    named = Fact(name)
    if isinstance(value, list):
        return FACTS[named], ", ".join(_value(named, each) for each in value).rstrip(".")
    return FACTS[named], _value(named, value)


def verdict(code: str) -> str:
    """A verdict in a word or two; "" for none."""
    return VERDICTS[Verdict(code)].short if code in set(Verdict) else ""


def function(code: Function) -> str:
    """What a function is called."""
    return refusals.FUNCTION_NAMES[code]


def line(code: str) -> str:
    """What a line of business is called; the code itself for one the plan no longer has."""
    return catalogue.line_names().get(code, code)


def region(code: str) -> str:
    """What a region is called; the code itself for one the plan no longer has."""
    return next((each.name for each in catalogue.choices().regions if each.code == code), code)


def _value(name: Fact, value: str) -> str:
    if name is Fact.TAX_ID:
        return identifiers.format_tax_id(value)
    if name is Fact.LINE:
        return line(value)
    if name is Fact.REGION:
        return region(value)
    if name is Fact.ENTRANCE:
        found = entrances.of(value)
        return found.name if found else value
    return _CODES.get(name, {}).get(value, value)
