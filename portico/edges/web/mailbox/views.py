"""The demo's mailbox and its list of sign-ins; settings.DEMO alone puts them on the map."""

import json
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portico.domains.accounts.second_factors import factors
from portico.edges.web import asking

MOST = 50
_BETWEEN = b"-" * 79


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail as it left."""

    to: str
    subject: str
    sent_at: datetime | None
    text: str


@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """The mails sent, newest first."""
    return render(request, "mailbox/mailbox.html", {"mails": _mails(settings.MAILBOX_DIR)})


@require_safe
def sign_ins(request: HttpRequest) -> HttpResponse:
    """Who can sign in to the demo, the code each authenticator shows now, the systems connected to it, and
    whose numbers a registration can be tried with.
    """
    file = settings.VAR_DIR / "demo.json"
    told = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    at = asking.now()
    context = {
        "people": [_person(each, at) for each in told.get("sign_ins", ())],
        "systems": _systems(told),
        "doors": told.get("endpoints"),
        "registrations": [_registration(each) for each in told.get("registrations", ())],
        "applications": told.get("applications", ()),
        "network_requests": told.get("network_requests", ()),
    }
    return render(request, "mailbox/sign_ins.html", context)


def _systems(told: dict[str, Any]) -> list[dict[str, Any]]:
    """The systems that are connected, those that work first."""
    working = [told[key] for key in ("trading_partner", "fhir_client") if key in told]
    listed = [*working, *told.get("refused_partners", {}).values()]
    return [{**each, "name": each.get("username") or each["client_id"]} for each in listed]


def _registration(entry: dict[str, Any]) -> dict[str, Any]:
    """What to type, the codes of the types in words."""
    kinds = (entry["account_type"], entry["user_type"])
    return {**entry, "kind": ", ".join(each.replace("_", " ") for each in kinds).capitalize()}


def _person(entry: dict[str, Any], at: datetime) -> dict[str, Any]:
    secret = entry["totp_secret"]
    return {**entry, "code": factors.code_at(secret, at) if secret else ""}


def _mails(folder: Path) -> list[Mail]:
    files = sorted(folder.glob("*.log"), reverse=True)[:MOST] if folder.exists() else []
    found = [mail for file in files for mail in _read(file)]
    return sorted(found, key=lambda mail: mail.sent_at.timestamp() if mail.sent_at else 0, reverse=True)


def _read(file: Path) -> list[Mail]:
    parts = file.read_bytes().split(_BETWEEN)
    return [_mail(message_from_bytes(part.strip(), policy=policy.default)) for part in parts if part.strip()]


def _mail(message: EmailMessage) -> Mail:
    body = message.get_body(("plain",))
    sent = message["Date"]
    return Mail(
        str(message["To"]),
        str(message["Subject"]),
        parsedate_to_datetime(str(sent)) if sent else None,
        body.get_content() if body else "",
    )
