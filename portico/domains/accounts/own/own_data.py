"""Everything accounts keep about a person as a user, for that person to take home.

Kinds, names and instants; nothing that opens anything: no password, key, code, secret or index of one, and
neither the recovery question nor its answer. What drafts hold stays behind: patients may stand in them. So
do the words in which somebody else asked for a reset of the factors.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import F, Model, QuerySet

from portico.domains.accounts import models
from portico.domains.notifications import notices
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

Record = Mapping[str, Any]
Sections = Mapping[str, Record | Sequence[Record]]

_PROFILE = (
    *("username", "first_name", "last_name", "email", "telephone", "language", "time_zone", "mails_off"),
    *("state", "audience", "created_at", "activated_at", "last_login", "password_set_at"),
    *("suspended_at", "reactivated_at", "warned_at", "proofs"),
)
_PASSKEY = ("name", "transports", "is_backed_up", "created_at", "last_used_at")
_INVITATION = ("kind", "made_at", "expires_at", "taken_at", "ended_at", "ending")
_PROOF = (
    *("id", "prover", "state", "asked_for", "asked_at", "attempts", "blocked_until", "decided_at", "reason"),
)
_RESET = ("asked_at", "decided_at", "is_approved")
_DOCUMENT = ("proof_id", "kind", "name", "content_type", "size", "sent_at")


def kept(*, actor: Actor) -> Sections:
    """What is kept, by section: one record, or several, the oldest first. Raises NotPermitted, also where it
    is a while since they showed that it is they.
    """
    with permit(actor, Function.OWN_ACCOUNT, lately=True) as given:
        user = models.User.objects.filter(pk=actor.user_id or 0)
        given.note_subject("user", str(actor.user_id))
        given.conclude("own_data_given")
        return {
            "profile": user.values(*_PROFILE).get(),
            **_signing_in(actor.user_id or 0),
            **_where(actor.user_id or 0),
            **_history(actor.user_id or 0),
            "notices": _notices(given),
        }


def _signing_in(user_id: int) -> Sections:
    return {
        "authenticators": _rows(models.Factor, user_id, "kind", "created_at"),
        "passkeys": _rows(models.Passkey, user_id, *_PASSKEY),
        "recovery_codes": _rows(models.RecoveryCode, user_id, "made_at", "used_at"),
        "recovery_question": _rows(models.RecoveryQuestion, user_id, "set_at"),
        "signed_in_elsewhere": _values(
            models.OutsideIdentity.objects.filter(user_id=user_id),
            *("subject", "told", "first_at", "last_at", "mapped_at"),
            provider_name=F("provider__name"),
        ),
    }


def _where(user_id: int) -> Sections:
    devices = ("name", "first_at", "last_at", "trusted_until", "forgotten_at")
    sessions = models.Session.objects.filter(user_id=user_id).order_by("started_at")
    return {
        "sessions": tuple(sessions.values("started_at", "seen_at", "address", "browser")),
        "devices": _rows(models.KnownDevice, user_id, *devices),
    }


def _history(user_id: int) -> Sections:
    documents = models.ProofDocument.objects.filter(proof__user_id=user_id)
    return {
        "terms_agreed_to": _rows(models.TermsAcceptance, user_id, "version", "digest", "at", "address"),
        "mail_address_changes": _address_changes(user_id),
        "invitations": _rows(models.Invitation, user_id, *_INVITATION),
        "password_resets": _rows(models.ResetLink, user_id, "made_at", "expires_at", "used_at", "ended_at"),
        "factor_resets": _rows(models.FactorReset, user_id, *_RESET),
        "identity_proofs": _rows(models.Proof, user_id, *_PROOF),
        "identity_documents": _values(documents, *_DOCUMENT),
        "drafts": _rows(models.Draft, user_id, "form", "saved_at"),
    }


def _address_changes(user_id: int) -> tuple[Record, ...]:
    """A row holds the new address while it waits, and the one it replaced from its confirmation on."""
    return tuple(
        {
            "asked_for" if row.confirmed_at is None else "replaced": row.email,
            "asked_at": row.asked_at,
            "expires_at": row.expires_at,
            "confirmed_at": row.confirmed_at,
            "cancelled_at": row.cancelled_at,
        }
        for row in models.AddressChange.objects.filter(user_id=user_id).order_by("pk")
    )


def _notices(given: Permit) -> tuple[Record, ...]:
    return tuple(
        {"kind": each.kind, "context": each.context, "created_at": each.created_at, "read_at": each.read_at}
        for each in _every_notice(given)
    )


def _every_notice(given: Permit) -> Iterable[notices.NoticeView]:
    key: str | None = ""
    while key is not None:
        page = notices.for_user(given=given, key=key, size=500)
        yield from page.rows
        key = page.next_key


def _rows(table: type[Model], user_id: int, *names: str) -> tuple[Record, ...]:
    return _values(table._default_manager.filter(user_id=user_id), *names)


def _values(rows: "QuerySet[Any]", *names: str, **named: F) -> tuple[Record, ...]:
    return tuple(rows.order_by("pk").values(*names, **named))
