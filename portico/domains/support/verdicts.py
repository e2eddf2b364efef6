"""Which it is: the verdicts of a diagnosis, one for every reason decide() gives. Pure.

Nothing is decided here. A verdict names the reason to mend first in the words people use when they call: the
wrong page, the wrong line, a missing role, a locked account, and so on.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from portico.domains.permits.decisions import Decision
from portico.domains.permits.reasons import Reason


class Verdict(StrEnum):
    """Which it is; the value is stable, and stands in cases and in the report."""

    OPEN = "open"
    SIGN_IN_FIRST = "sign_in_first"
    WRONG_PAGE = "wrong_page"
    FIRST_STEPS = "first_steps"
    APPROVAL_PENDING = "approval_pending"
    LOCKED = "locked"
    ACCOUNT_CLOSED = "account_closed"
    TERMS_OPEN = "terms_open"
    VERIFICATION_PENDING = "verification_pending"
    WRONG_PERSONA = "wrong_persona"
    MISSING_ROLE = "missing_role"
    ACCESS_NOT_BEGUN = "access_not_begun"
    WRONG_LINE = "wrong_line"
    NOT_PARTICIPATING = "not_participating"
    REVIEW_OVERDUE = "review_overdue"
    SECOND_STEP = "second_step"
    SOFTWARE = "software"
    SYSTEM_TROUBLE = "system_trouble"


OF: Final[Mapping[Reason, Verdict]] = {
    Reason.NOT_SIGNED_IN: Verdict.SIGN_IN_FIRST,
    Reason.WRONG_AUDIENCE: Verdict.WRONG_PAGE,
    Reason.ACCOUNT_NOT_ACTIVATED: Verdict.FIRST_STEPS,
    Reason.ACCOUNT_PENDING: Verdict.APPROVAL_PENDING,
    Reason.ACCOUNT_LOCKED: Verdict.LOCKED,
    Reason.ACCOUNT_SUSPENDED: Verdict.ACCOUNT_CLOSED,
    Reason.ACCOUNT_DISABLED: Verdict.ACCOUNT_CLOSED,
    Reason.TERMS_NOT_ACCEPTED: Verdict.TERMS_OPEN,
    Reason.VERIFICATION_REQUIRED: Verdict.VERIFICATION_PENDING,
    Reason.ADMINISTRATOR_HAS_NO_PHI: Verdict.WRONG_PERSONA,
    Reason.FUNCTION_NOT_GRANTED: Verdict.MISSING_ROLE,
    Reason.GRANT_PROPOSED: Verdict.ACCESS_NOT_BEGUN,
    Reason.GRANT_NOT_YET_ACTIVE: Verdict.ACCESS_NOT_BEGUN,
    Reason.GRANT_EXPIRED: Verdict.MISSING_ROLE,
    Reason.TAX_ID_NOT_GRANTED: Verdict.MISSING_ROLE,
    Reason.CLIENT_ACCESS_ENDED: Verdict.MISSING_ROLE,
    Reason.CLIENT_DID_NOT_GIVE: Verdict.MISSING_ROLE,
    Reason.OTHER_SIDE: Verdict.WRONG_PERSONA,
    Reason.PROVIDER_NOT_GRANTED: Verdict.MISSING_ROLE,
    Reason.LINE_NOT_GRANTED: Verdict.WRONG_LINE,
    Reason.REGION_NOT_GRANTED: Verdict.WRONG_LINE,
    Reason.REGION_NOT_SERVED: Verdict.WRONG_LINE,
    Reason.AFFILIATION_ENDED: Verdict.NOT_PARTICIPATING,
    Reason.NOT_PARTICIPATING: Verdict.NOT_PARTICIPATING,
    Reason.ACCESS_REVIEW_OVERDUE: Verdict.REVIEW_OVERDUE,
    Reason.CLIENT_REVIEW_OVERDUE: Verdict.REVIEW_OVERDUE,
    Reason.STEP_UP_REQUIRED: Verdict.SECOND_STEP,
    Reason.CONFIRMATION_REQUIRED: Verdict.SECOND_STEP,
    Reason.SCOPE_NOT_GRANTED: Verdict.SOFTWARE,
}


def of(decision: Decision) -> Verdict:
    """The verdict on what was decided: that of the reason to mend first; OPEN where nothing is in the way."""
    return OF[decision.reasons[0]] if decision.reasons else Verdict.OPEN
