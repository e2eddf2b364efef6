"""Somebody who has nothing proven yet, contacts on file for them, and what audit and mails say of it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.apps import apps

from portico.domains.accounts import models
from portico.domains.accounts.proving import contact_proofs, proof_reviews, provers
from portico.domains.accounts.proving.deciders import LooksAfter
from portico.domains.accounts.proving.proof_reviews import Case
from portico.domains.accounts.proving.proof_rules import Refusal, Way
from portico.domains.accounts.proving.provers import Contact
from portico.domains.accounts.tests import people
from portico.domains.notifications import outbox
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Desk
from tests.support import actors

NOW = actors.NOW
MAIL = Contact(Way.MAIL, "office@lakeside.example")
TELEPHONE = Contact(Way.TELEPHONE, "(530) 555-0166")
FILE = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
SETTING = "portico.domains.accounts.tests.proving.on_file"


def on_file(*, user_id: int | None, today: date) -> tuple[Contact, ...]:
    """The contacts on file, the same for whoever was made here."""
    del today
    return (MAIL, TELEPHONE) if models.User.objects.filter(pk=user_id or 0).exists() else ()


def somebody(username: str = people.NAME) -> Actor:
    """A front desk with a mail address of its own, who has proven nothing."""
    user = people.make(username)
    models.User.objects.filter(pk=user.pk).update(proofs={}, email=f"{username}@home.example")
    return actors.front_desk(user_id=user.pk)


def was_invited(actor: Actor, *, by: Actor) -> None:
    """That user invited this one, some time ago."""
    models.Invitation.objects.create(
        user_id=actor.user_id or 0,
        kind=models.Invitation.Kind.LINK,
        secret_index=b"invitation",
        invited_by=by.user_id,
        made_at=NOW,
        expires_at=NOW,
        ended_at=NOW,
        ending=models.Invitation.Ending.FINISHED,
    )


def reviewer(desk: Desk = Desk.SUPPORT, *, user_id: int | None = 999_012, **changes: Any) -> Actor:
    """Somebody at the plan's desk."""
    return replace(actors.plan_staff(desk, persona_id=92, **changes), user_id=user_id)


def everybody(actor: Actor, user_id: int) -> bool:
    """Whoever asks looks after everybody."""
    del actor, user_id
    return True


def case(actor: Actor, number: int, looks_after: LooksAfter = everybody) -> Case | None:
    """A case as the plan's desk reads it."""
    return proof_reviews.case(actor=actor, number=number, looks_after=looks_after)


def accept(actor: Actor, number: int, looks_after: LooksAfter = everybody) -> bool:
    """The desk takes it."""
    return proof_reviews.accept(actor=actor, number=number, looks_after=looks_after)


def refuse(
    actor: Actor,
    number: int,
    reason: Refusal = Refusal.NOT_ENOUGH,
    looks_after: LooksAfter = everybody,
) -> bool:
    """The desk does not."""
    return proof_reviews.refuse(actor=actor, number=number, reason=reason, looks_after=looks_after)


def read_out(actor: Actor, number: int, looks_after: LooksAfter = everybody) -> str | None:
    """The desk calls."""
    return proof_reviews.read_out(actor=actor, number=number, looks_after=looks_after)


def later(actor: Actor, minutes: float) -> Actor:
    """The same, some minutes after."""
    return replace(actor, asked_at=NOW + timedelta(minutes=minutes))


def key(contact: Contact = MAIL) -> str:
    """What a page sends for this contact."""
    return contact_proofs.key_of(contact)


def proof(actor: Actor, prover: str = provers.CONTACT) -> models.Proof:
    """The latest task of that way."""
    found = models.Proof.objects.filter(user_id=actor.user_id or 0, prover=prover).order_by("pk").last()
    assert found is not None
    return found


def proven(actor: Actor) -> dict[str, str]:
    """What counts for the user."""
    found: dict[str, str] = models.User.objects.get(pk=actor.user_id or 0).proofs
    return found


def last_use() -> tuple[str, str, dict[str, str]]:
    """The outcome, the conclusion and the subjects of the latest audit row."""
    use = apps.get_model("audit", "Entry").objects.order_by("-pk")[0]
    return use.outcome, use.conclusion, {each.kind: each.identifier for each in use.subjects.order_by("pk")}


def mails(template: str) -> list[tuple[str, dict[str, Any]]]:
    """To whom, and with what facts, each mail of that template waits."""
    waiting = apps.get_model("notifications", "Message").objects.filter(template=template).order_by("pk")
    return [
        (each.to, dict(outbox.opened(outbox.Outgoing(each.message_id, each.to, template, each.context, 0))))
        for each in waiting
    ]


def code() -> str:
    """The code that was mailed last."""
    return str(mails("identity_code")[-1][1]["secret"])


def notices(actor: Actor) -> list[str]:
    """The kinds of notices the user was sent."""
    found = apps.get_model("notifications", "Notice").objects.filter(user_id=actor.user_id)
    return list(found.order_by("pk").values_list("kind", flat=True))
