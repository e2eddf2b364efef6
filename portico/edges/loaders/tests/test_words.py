"""Every reason a claim may be held back or flagged for has its sentence."""

from portico.domains.claims.loading_reasons import ClaimReason
from portico.domains.members.claimants import NoClaimant
from portico.edges.loaders import words


def test_every_reason_of_claims_has_its_sentence() -> None:
    reasons = {*map(str, ClaimReason), *map(str, NoClaimant)}
    assert reasons <= words.known()
    assert {str(reason) for reason in NoClaimant} <= {str(reason) for reason in ClaimReason}
