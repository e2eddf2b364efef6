"""Tables of claims, in four files; nothing outside this domain imports them."""

from portico.domains.claims.models.claims import Claim, ClaimEvent, ClaimLine
from portico.domains.claims.models.finding import Export, Inquiry, SavedFilter
from portico.domains.claims.models.payments import (
    ClaimPayment,
    Deposit,
    Payment,
    PaymentAdjustment,
    PaymentDelivery,
)
from portico.domains.claims.models.rules import CodePolicy, DeadlineRule

__all__ = [
    "Claim",
    "ClaimEvent",
    "ClaimLine",
    "ClaimPayment",
    "CodePolicy",
    "DeadlineRule",
    "Deposit",
    "Export",
    "Inquiry",
    "Payment",
    "PaymentAdjustment",
    "PaymentDelivery",
    "SavedFilter",
]
