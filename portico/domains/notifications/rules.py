"""Which mails there are and what each may say, and when sending is tried again. Pure.

A mail travels in the open, so its context is a closed list of harmless facts per template: counts, days,
references. Names of people, members, offices and providers, and identifiers, do not occur. A secret does only
where the mail is what brings it, and is sealed while it waits.
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

MOST_ATTEMPTS = 12
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)

TEMPLATES: Mapping[str, frozenset[str]] = {
    "new_notices": frozenset({"count"}),
    "machine_changed": frozenset({"kind", "reference"}),
    "temporary_password": frozenset({"secret"}),
    "activation_link": frozenset({"link"}),
    "password_reset": frozenset({"link", "reference"}),
    "password_changed": frozenset({"reference"}),
    "usernames": frozenset({"usernames", "reference"}),
    "address_confirm": frozenset({"link", "expires_at"}),
    "address_first": frozenset({"link", "expires_at"}),
    "address_change_asked": frozenset({"link"}),
    "address_changed": frozenset({"link", "expires_at"}),
    "address_restored": frozenset(),
    "sign_in_linked": frozenset({"kind", "reference"}),
    "account_unused": frozenset({"count"}),
    "factors_reset": frozenset({"kind", "reference"}),
    "people_changed": frozenset({"kind", "reference"}),
    "access_request": frozenset({"kind", "reference"}),
    "factors_changed": frozenset({"kind", "reference"}),
    "recovery_code_used": frozenset({"count", "reference"}),
    "new_device": frozenset({"at", "browser", "reference"}),
    "identity_code": frozenset({"secret"}),
    "identity_decided": frozenset({"kind", "reference"}),
    "registration_received": frozenset({"reference"}),
    "registration_link": frozenset({"link"}),
    "registration_returned": frozenset({"reference"}),
    "registration_denied": frozenset({"kind"}),
    "registration_news": frozenset({"kind", "reference"}),
    "registration_used": frozenset({"reference"}),
    "join_code": frozenset({"secret"}),
    "network_received": frozenset({"deadline_on"}),
    "network_answered": frozenset({"kind"}),
    "case_news": frozenset({"kind", "reference"}),
    "enquiry_received": frozenset({"kind", "deadline_on"}),
    "upload_infected": frozenset({"reference"}),
    "officers_changed": frozenset({"kind", "reference"}),
    "recovery_asked": frozenset({"link", "deadline_on", "reference"}),
    "access_review": frozenset({"kind", "deadline_on"}),
    "library_news": frozenset({"count", "kind"}),
    "directory_news": frozenset({"kind", "reference"}),
    "directory_attestation": frozenset({"kind", "deadline_on", "reference"}),
}
"""Each mail by the name of its template, with exactly the facts it is given."""

OPTIONAL = frozenset({"new_notices"})
"""Mails a person may switch off. Every other brings something asked for, or tells what somebody else may have
done to the account: those always come.
"""

SEALED = frozenset({"link", "secret", "usernames"})
"""Facts that open something: sealed from the moment a mail is written, gone once it was sent or given up."""

SAID_IN_THE_OPEN = frozenset(
    {"link", "secret", "count", "reference", "deadline_on", "expires_at", "kind", "at", "browser"}
)
"""Every fact that any mail may be given."""

SAID_ONLY_THERE: Mapping[str, frozenset[str]] = {"usernames": frozenset({"usernames"})}
"""What one mail may say besides, and no other: username and temporary password never meet in a mailbox."""

Fact = str | int
Context = Mapping[str, Fact]


class MessageState(StrEnum):
    """Where a mail stands."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


def wrong_context(template: str, context: Context) -> str | None:
    """What is wrong with a mail as it was asked for: a code, or None where nothing is."""
    expected = TEMPLATES.get(template)
    if expected is None:
        return "unknown_template"
    if context.keys() - expected:
        return "fact_not_allowed"
    return "fact_missing" if expected - context.keys() else None


def without_secrets(context: Context) -> Context:
    """The context of a mail that needs its sealed facts no more: they are blank."""
    return {fact: "" if fact in SEALED else value for fact, value in context.items()}


def may_try_again(attempts: int) -> bool:
    """May a mail be tried once more after `attempts` tries?"""
    return attempts < MOST_ATTEMPTS


def wait_after(attempts: int) -> timedelta:
    """How long to wait after the given number of tries: 30 s, doubled each time, at most an hour."""
    return min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(max(attempts - 1, 0), 20))
