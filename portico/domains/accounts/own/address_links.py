"""What the mails about another address hold: their links, as keyed hashes of secrets, and whom they go to."""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.db.models import QuerySet

from portico.domains.accounts import models
from portico.domains.accounts.own import profile_rules as rules
from portico.domains.notifications import outbox

CONFIRM_PATH: Final = "/account/mail-address/confirm/?t="


def of(user_id: int | None) -> "QuerySet[models.AddressChange]":
    """Every change the user asked for."""
    return models.AddressChange.objects.filter(user_id=user_id or 0)


def index(secret: str, what: str) -> bytes:
    """What a secret is kept as; `what` says which link it is of: confirm or cancel."""
    made: bytes = settings.PORTICO_VAULT.index(secret, purpose=f"accounts.address.{what}")
    return made


def cancel_secret(confirm_index: bytes) -> str:
    """The secret of the link that undoes.

    It is made with a key outside the database, so that both mails can hold it and no row does.
    """
    halves = (index(confirm_index.hex(), f"cancel_secret.{half}") for half in ("first", "second"))
    return b"".join(halves).hex()


def mail(to: str, template: str, **facts: str) -> None:
    """Write to that address; to nobody where an account had none, or one that takes no mail."""
    if rules.mail_address(to) is not None:
        outbox.enqueue(to=to, template=template, context=facts)


def end_reset_links(user_id: int, at: datetime) -> None:
    """A link on its way to a mailbox that is the account's no more sets no password."""
    open_ones = models.ResetLink.objects.filter(user_id=user_id, used_at=None, ended_at=None)
    open_ones.update(ended_at=at)
