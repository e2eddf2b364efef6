"""A submitted claim as text and back, for who keeps it sealed."""

import json

from portico.domains.claims.facts.submitted import SentClaim
from portico.shared.plain_values import codec_of


def text_of(claim: SentClaim) -> str:
    """The claim, whole, as JSON."""
    return json.dumps(codec_of(SentClaim).to_json(claim), separators=(",", ":"))


def claim_of(text: str) -> SentClaim:
    """The claim a text was made of."""
    claim: SentClaim = codec_of(SentClaim).of_json(json.loads(text))
    return claim
