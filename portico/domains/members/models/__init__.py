"""Tables of members, in four files; nothing outside this domain imports them."""

from portico.domains.members.models.asking import Lookup, Miss, Receipt
from portico.domains.members.models.batches import Batch, BatchRow
from portico.domains.members.models.benefits import (
    Accumulator,
    Benefit,
    BenefitPlan,
    PlanAmounts,
    PlanVersion,
)
from portico.domains.members.models.enrolment import Coverage, Member, OtherCoverage, PcpAssignment

__all__ = [
    "Accumulator",
    "Batch",
    "BatchRow",
    "Benefit",
    "BenefitPlan",
    "Coverage",
    "Lookup",
    "Member",
    "Miss",
    "OtherCoverage",
    "PcpAssignment",
    "PlanAmounts",
    "PlanVersion",
    "Receipt",
]
