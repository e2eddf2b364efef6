"""The prover "contact": a code sent to a contact the plan has on file, never to one the person typed.

By mail the code leaves at once. A telephone or fax is the plan's to use: the task waits at the plan's desk,
who calls the number on file and reads out a code made at that moment. Either way the code is kept as a keyed
hash for fifteen minutes, and typed by the person who is signed in.
"""

from django.conf import settings

from portico.domains.accounts import models
from portico.domains.accounts.proving import proof_rules as rules
from portico.domains.accounts.proving import provers
from portico.domains.accounts.proving.proof_rules import Way
from portico.domains.accounts.proving.provers import Choice, Contact, Hands, Verdict
from portico.domains.notifications import outbox
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import Permit
from portico.shared import identifiers


class ByContact:
    """Proves it by a code sent to a contact on file."""

    hands = Hands.CODE

    def choices(self, actor: Actor) -> tuple[Choice, ...] | None:
        """The contacts on file, masked; None where there is none."""
        on_file = provers.on_file(actor.user_id, actor.today)
        return tuple(_choice(each) for each in on_file) or None

    def begin(self, given: Permit, proof: models.Proof, choice: str) -> Verdict:
        """Send a code by mail, or ask the plan's desk to call; at most three times an hour."""
        contact = on_file(given.actor, given.actor.user_id, choice)
        if contact is None:
            return Verdict.NOT_OFFERED
        at, sent = given.actor.asked_at, rules.recent(proof.told.get("sent", ()), given.actor.asked_at)
        if rules.may_send_at(sent, at) is not None:
            return Verdict.TOO_MANY_SENT
        shown = rules.masked(contact.way, contact.value)
        proof.told |= {
            "sent": [*sent, at.isoformat()],
            "contact": choice,
            "way": contact.way,
            "shown": shown,
        }
        if contact.way != Way.MAIL:
            forget_code(proof)
            return Verdict.HANDED_IN
        outbox.enqueue(to=contact.value, template="identity_code", context={"secret": new_code(given, proof)})
        return Verdict.BEGUN

    def submit(self, given: Permit, proof: models.Proof, answer: str) -> Verdict:
        """Is it the code that was sent last, in time?"""
        if proof.code_index is None or proof.expires_at is None or given.actor.asked_at >= proof.expires_at:
            forget_code(proof)
            return Verdict.TOO_LATE
        if _index(proof, identifiers.parse_reference(answer)) != bytes(proof.code_index):
            return Verdict.MISSED
        forget_code(proof)
        return Verdict.PASSED


def new_code(given: Permit, proof: models.Proof) -> str:
    """A new code for this task, in two groups to be read aloud; any before it works no more."""
    code = identifiers.new_reference(rules.CODE_SIGNS)
    proof.code_index = _index(proof, code)
    proof.expires_at = given.actor.asked_at + rules.CODE_LIFE
    return identifiers.group_reference(code)


def forget_code(proof: models.Proof) -> None:
    """No code opens this task any more."""
    proof.code_index = proof.expires_at = None


def on_file(actor: Actor, user_id: int | None, key: str) -> Contact | None:
    """The contact of that key, while it stands on file for that user."""
    found = provers.on_file(user_id, actor.today)
    return next((each for each in found if key_of(each) == key), None)


def key_of(contact: Contact) -> str:
    """A key for the contact that tells nothing of it."""
    same = f"{contact.way}:{rules.same_contact(contact.way, contact.value)}"
    made: bytes = settings.PORTICO_VAULT.index(same, purpose="contact on file")
    return made.hex()


def _choice(contact: Contact) -> Choice:
    return Choice(key_of(contact), contact.way, rules.masked(contact.way, contact.value))


def _index(proof: models.Proof, code: str) -> bytes:
    made: bytes = settings.PORTICO_VAULT.index(code, purpose=f"code of proof {proof.pk}")
    return made
