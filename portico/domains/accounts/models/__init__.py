"""The tables of accounts: people, factors, signing in, proofs of identity, sign-in elsewhere."""

from portico.domains.accounts.models.elsewhere import IdentityProvider, OutsideIdentity, SpentToken
from portico.domains.accounts.models.factors import Factor, FactorReset, KnownDevice, Passkey, RecoveryCode
from portico.domains.accounts.models.people import AddressChange, Draft, TermsAcceptance, User
from portico.domains.accounts.models.proofs import Proof, ProofDocument
from portico.domains.accounts.models.sign_in import (
    Invitation,
    Misses,
    RecoveryQuestion,
    ResetLink,
    Session,
)

__all__ = [
    "AddressChange",
    "Draft",
    "Factor",
    "FactorReset",
    "IdentityProvider",
    "Invitation",
    "KnownDevice",
    "Misses",
    "OutsideIdentity",
    "Passkey",
    "Proof",
    "ProofDocument",
    "RecoveryCode",
    "RecoveryQuestion",
    "ResetLink",
    "Session",
    "SpentToken",
    "TermsAcceptance",
    "User",
]
