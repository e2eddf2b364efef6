"""Why something is not open: stable reason codes, who can change it, and how (DESIGN.md, section 3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """A reason a question was refused; the value is stable, its words live in the edges."""

    NOT_SIGNED_IN = "not_signed_in"
    WRONG_AUDIENCE = "wrong_audience"
    ACCOUNT_NOT_ACTIVATED = "account_not_activated"
    ACCOUNT_PENDING = "account_pending"
    ACCOUNT_LOCKED = "account_locked"
    ACCOUNT_SUSPENDED = "account_suspended"
    ACCOUNT_DISABLED = "account_disabled"
    TERMS_NOT_ACCEPTED = "terms_not_accepted"
    VERIFICATION_REQUIRED = "verification_required"
    ADMINISTRATOR_HAS_NO_PHI = "administrator_has_no_phi"
    FUNCTION_NOT_GRANTED = "function_not_granted"
    GRANT_PROPOSED = "grant_proposed"
    GRANT_NOT_YET_ACTIVE = "grant_not_yet_active"
    GRANT_EXPIRED = "grant_expired"
    TAX_ID_NOT_GRANTED = "tax_id_not_granted"
    CLIENT_ACCESS_ENDED = "client_access_ended"
    CLIENT_DID_NOT_GIVE = "client_did_not_give"
    OTHER_SIDE = "other_side"
    PROVIDER_NOT_GRANTED = "provider_not_granted"
    LINE_NOT_GRANTED = "line_not_granted"
    REGION_NOT_GRANTED = "region_not_granted"
    REGION_NOT_SERVED = "region_not_served"
    AFFILIATION_ENDED = "affiliation_ended"
    NOT_PARTICIPATING = "not_participating"
    ACCESS_REVIEW_OVERDUE = "access_review_overdue"
    CLIENT_REVIEW_OVERDUE = "client_review_overdue"
    STEP_UP_REQUIRED = "step_up_required"
    CONFIRMATION_REQUIRED = "confirmation_required"
    SCOPE_NOT_GRANTED = "scope_not_granted"


class FixedBy(StrEnum):
    """Who can change it; `client`: an administrator of the office that a billing company works for."""

    YOURSELF = "yourself"
    ADMINISTRATOR = "administrator"
    CLIENT = "client"
    PLAN = "plan"


class Remedy(StrEnum):
    """What is to be done, one step each."""

    SIGN_IN = "sign_in"
    USE_YOUR_OWN_SITE = "use_your_own_site"
    ACTIVATE = "activate"
    WAIT_FOR_APPROVAL = "wait_for_approval"
    UNLOCK = "unlock"
    REACTIVATE = "reactivate"
    ACCEPT_TERMS = "accept_terms"
    VERIFY_IDENTITY = "verify_identity"
    USE_END_USER_PERSONA = "use_end_user_persona"
    GRANT_FUNCTION = "grant_function"
    CONFIRM_GRANT = "confirm_grant"
    START_GRANT = "start_grant"
    RENEW_GRANT = "renew_grant"
    ADD_TAX_ID = "add_tax_id"
    RENEW_CLIENT_ACCESS = "renew_client_access"
    WIDEN_CLIENT_ACCESS = "widen_client_access"
    SWITCH_SIDE = "switch_side"
    ADD_PROVIDER = "add_provider"
    ADD_LINE = "add_line"
    ADD_REGION = "add_region"
    REPORT_AFFILIATION = "report_affiliation"
    FINISH_ACCESS_REVIEW = "finish_access_review"
    PASS_SECOND_FACTOR = "pass_second_factor"  # noqa: S105 - a remedy's name, no secret
    CONFIRM_IT_IS_YOU = "confirm_it_is_you"
    ASK_FOR_SCOPE = "ask_for_scope"


@dataclass(frozen=True, slots=True)
class Fixer:
    """Who can change one reason, and by doing what."""

    reason: Reason
    by: FixedBy
    remedy: Remedy


@dataclass(frozen=True, slots=True)
class Road:
    """Where a final reason leads instead: nothing a person does in the portal changes it today."""

    reason: Reason
    code: str


FIXERS: Mapping[Reason, Fixer] = {
    reason: Fixer(reason, by, remedy)
    for reason, by, remedy in (
        (Reason.NOT_SIGNED_IN, FixedBy.YOURSELF, Remedy.SIGN_IN),
        (Reason.WRONG_AUDIENCE, FixedBy.YOURSELF, Remedy.USE_YOUR_OWN_SITE),
        (Reason.ACCOUNT_NOT_ACTIVATED, FixedBy.YOURSELF, Remedy.ACTIVATE),
        (Reason.ACCOUNT_PENDING, FixedBy.PLAN, Remedy.WAIT_FOR_APPROVAL),
        (Reason.ACCOUNT_LOCKED, FixedBy.ADMINISTRATOR, Remedy.UNLOCK),
        (Reason.ACCOUNT_SUSPENDED, FixedBy.ADMINISTRATOR, Remedy.REACTIVATE),
        (Reason.ACCOUNT_DISABLED, FixedBy.PLAN, Remedy.REACTIVATE),
        (Reason.TERMS_NOT_ACCEPTED, FixedBy.YOURSELF, Remedy.ACCEPT_TERMS),
        (Reason.VERIFICATION_REQUIRED, FixedBy.YOURSELF, Remedy.VERIFY_IDENTITY),
        (Reason.ADMINISTRATOR_HAS_NO_PHI, FixedBy.YOURSELF, Remedy.USE_END_USER_PERSONA),
        (Reason.FUNCTION_NOT_GRANTED, FixedBy.ADMINISTRATOR, Remedy.GRANT_FUNCTION),
        (Reason.GRANT_PROPOSED, FixedBy.ADMINISTRATOR, Remedy.CONFIRM_GRANT),
        (Reason.GRANT_NOT_YET_ACTIVE, FixedBy.ADMINISTRATOR, Remedy.START_GRANT),
        (Reason.GRANT_EXPIRED, FixedBy.ADMINISTRATOR, Remedy.RENEW_GRANT),
        (Reason.TAX_ID_NOT_GRANTED, FixedBy.ADMINISTRATOR, Remedy.ADD_TAX_ID),
        (Reason.CLIENT_ACCESS_ENDED, FixedBy.CLIENT, Remedy.RENEW_CLIENT_ACCESS),
        (Reason.CLIENT_DID_NOT_GIVE, FixedBy.CLIENT, Remedy.WIDEN_CLIENT_ACCESS),
        (Reason.OTHER_SIDE, FixedBy.YOURSELF, Remedy.SWITCH_SIDE),
        (Reason.PROVIDER_NOT_GRANTED, FixedBy.ADMINISTRATOR, Remedy.ADD_PROVIDER),
        (Reason.LINE_NOT_GRANTED, FixedBy.ADMINISTRATOR, Remedy.ADD_LINE),
        (Reason.REGION_NOT_GRANTED, FixedBy.ADMINISTRATOR, Remedy.ADD_REGION),
        (Reason.AFFILIATION_ENDED, FixedBy.PLAN, Remedy.REPORT_AFFILIATION),
        (Reason.ACCESS_REVIEW_OVERDUE, FixedBy.ADMINISTRATOR, Remedy.FINISH_ACCESS_REVIEW),
        (Reason.CLIENT_REVIEW_OVERDUE, FixedBy.CLIENT, Remedy.FINISH_ACCESS_REVIEW),
        (Reason.STEP_UP_REQUIRED, FixedBy.YOURSELF, Remedy.PASS_SECOND_FACTOR),
        (Reason.CONFIRMATION_REQUIRED, FixedBy.YOURSELF, Remedy.CONFIRM_IT_IS_YOU),
        (Reason.SCOPE_NOT_GRANTED, FixedBy.YOURSELF, Remedy.ASK_FOR_SCOPE),
    )
}

ROADS: Mapping[Reason, Road] = {
    Reason.REGION_NOT_SERVED: Road(Reason.REGION_NOT_SERVED, "plan_service_area"),
    Reason.NOT_PARTICIPATING: Road(Reason.NOT_PARTICIPATING, "join_the_network"),
}

FINAL: frozenset[Reason] = frozenset(ROADS)
