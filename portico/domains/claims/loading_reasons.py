"""Why a claim of a feed was quarantined or flagged; stable codes, which an edge turns into sentences."""

from enum import StrEnum


class ClaimReason(StrEnum):
    """Why a claim was kept out, or taken in with something to look at."""

    CLAIM_NUMBER_MISSING = "claim_number_missing"
    FIRST_DAY_MISSING = "first_day_missing"
    NO_SERVICES = "no_services"
    VALUE_TOO_LONG = "value_too_long"
    SERVICE_NUMBER_TWICE = "service_number_twice"
    CHARGES_DO_NOT_ADD_UP = "charges_do_not_add_up"
    UNKNOWN_MEMBER = "unknown_member"
    SEVERAL_MEMBERS_MATCH = "several_members_match"
    NEVER_COVERED = "never_covered"
    UNKNOWN_LINE = "unknown_line"
    UNKNOWN_TAX_ID = "unknown_tax_id"
    CLAIM_OF_ANOTHER = "claim_of_another"
    ORIGINAL_NUMBER_MISSING = "original_number_missing"
    ORIGINAL_UNKNOWN = "original_unknown"
    NOT_COVERED_ON_DAY = "not_covered_on_day"
    GUIDE_NOT_FOLLOWED = "guide_not_followed"
    PEND_REASON_MISSING = "pend_reason_missing"
    DAY_AHEAD = "day_ahead"
    STATUS_OLDER_THAN_HELD = "status_older_than_held"
    STATUS_DOES_NOT_FOLLOW = "status_does_not_follow"
