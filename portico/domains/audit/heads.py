"""The signed end of the chain as text, to keep somewhere the database's owner cannot reach.

The text is one line of JSON: position, previous, hash, top_entry, sealed_at, key and signature.
"""

import json
from datetime import datetime

from portico.domains.audit import keys, rules
from portico.domains.audit.models import Head
from portico.domains.audit.rules import HeadFacts


class UnreadableHead(ValueError):
    """The text is not an exported head."""


def export() -> str | None:
    """The latest head as one line of text; None before the first sealing."""
    head = Head.objects.order_by("position").last()
    if head is None:
        return None
    said = {
        "position": head.position,
        "previous": head.previous,
        "hash": bytes(head.hash).hex(),
        "top_entry": head.top_entry,
        "sealed_at": rules.instant(head.sealed_at),
        "key": head.key_id,
        "signature": head.signature,
    }
    return json.dumps(said)


def read(text: str) -> tuple[HeadFacts, str, str]:
    """What an exported head says, with its key id and signature. Raises UnreadableHead."""
    try:
        said = json.loads(text)
        facts = HeadFacts(
            position=int(said["position"]),
            previous=int(said["previous"]),
            hash=bytes.fromhex(said["hash"]),
            top_entry=int(said["top_entry"]),
            sealed_at=datetime.fromisoformat(said["sealed_at"]),
        )
        return facts, str(said["key"]), str(said["signature"])
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableHead("this is not a head that `portico audit head` exported") from error


def is_signed(facts: HeadFacts, *, key_id: str, signature: str) -> bool:
    """Did a key we know sign exactly these facts?"""
    key = keys.known().get(key_id)
    return key is not None and rules.is_same(signature, rules.signature(key.secret, facts))
