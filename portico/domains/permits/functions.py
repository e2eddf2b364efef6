"""The functions of the portal: one thing an actor may do, and how it comes to be held.

The first group is what an administrator hands out by grants (DESIGN.md, section 1); the others come
with signing in, with a plan desk, or belong to the system itself (section 3).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Function(StrEnum):
    """One thing an actor may do; the value is stable and is what grants and audit rows hold."""

    # Decisions look functions up many times a request; hashed as text that costs a fifth of Enum's own way.
    __hash__ = str.__hash__

    ELIGIBILITY = "eligibility"
    BENEFITS = "benefits"
    CLAIMS_INQUIRY = "claims_inquiry"
    CLAIM_SUBMISSION = "claim_submission"
    REMITTANCE = "remittance"
    AUTHORIZATION_INQUIRY = "authorization_inquiry"
    AUTHORIZATION_SUBMISSION = "authorization_submission"
    REFERRALS = "referrals"
    ENCOUNTERS = "encounters"
    DIRECTORY_MAINTENANCE = "directory_maintenance"
    REPORTS = "reports"
    PAYMENT_ENROLMENT = "payment_enrolment"
    MANAGE_USERS = "manage_users"

    PUBLIC_PAGES = "public_pages"
    SIGN_IN = "sign_in"
    REGISTRATION = "registration"
    ACTIVATION = "activation"
    OWN_ACCOUNT = "own_account"
    OWN_CREDENTIALS = "own_credentials"
    OWN_NOTICES = "own_notices"
    BENEFIT_DOCUMENTS = "benefit_documents"
    LIBRARY = "library"
    PROVIDER_SEARCH = "provider_search"
    ACCESS_REQUEST = "access_request"
    SUPPORT_CASE = "support_case"
    DIAGNOSIS = "diagnosis"
    OFFICE_RECOVERY = "office_recovery"

    RECEIPT_VERIFICATION = "receipt_verification"
    WORK_QUEUE = "work_queue"
    FEED_REVIEW = "feed_review"
    AUDIT_READING = "audit_reading"
    PROVISIONING = "provisioning"
    IDENTITY_REVIEW = "identity_review"
    SIGN_IN_RULES = "sign_in_rules"
    REGISTRATION_REVIEW = "registration_review"
    REGISTRATION_RULES = "registration_rules"
    NETWORK_REVIEW = "network_review"
    ENQUIRY_REVIEW = "enquiry_review"
    LIBRARY_EDITING = "library_editing"
    LIBRARY_PUBLISHING = "library_publishing"
    DIRECTORY_REVIEW = "directory_review"
    RECOVERY_REVIEW = "recovery_review"
    CASE_REVIEW = "case_review"
    ACCESS_REPORT = "access_report"
    ACCESS_RULES = "access_rules"
    CONNECTING = "connecting"
    EXCHANGE_REVIEW = "exchange_review"
    CLAIM_RULES = "claim_rules"
    AUTHORIZATION_REVIEW = "authorization_review"
    ADVERSE_DETERMINATION = "adverse_determination"
    AUTHORIZATION_RULES = "authorization_rules"

    LOADING = "loading"
    SENDING = "sending"
    SEALING = "sealing"
    HOUSEKEEPING = "housekeeping"
    CONFIGURATION = "configuration"


class Holding(StrEnum):
    """How a function comes to be held."""

    GRANT = "grant"
    DESK = "desk"
    SIGNED_IN = "signed_in"
    OPEN = "open"
    SYSTEM = "system"


class Desk(StrEnum):
    """The desks of the plan's own staff."""

    OPERATIONS = "operations"
    MEMBER_SERVICES = "member_services"
    SUPPORT = "support"
    COMMUNICATIONS = "communications"
    CLINICAL_REVIEW = "clinical_review"
    MEDICAL_DIRECTION = "medical_direction"


@dataclass(frozen=True, slots=True)
class Traits:
    """How a function is held, and whether it opens protected health information.

    `hands_out`: it shows none, and makes what opens it, such as a partner's secret. `lately`: whoever asks
    has shown not long ago that it is they.
    """

    holding: Holding
    phi: bool = False
    hands_out: bool = False
    lately: bool = False

    @property
    def second_factor(self) -> bool:
        """Does it need one? A session that could make itself a key to patients reaches them."""
        return self.phi or self.hands_out


_PHI_BY_GRANT = Traits(Holding.GRANT, phi=True)
_BY_GRANT = Traits(Holding.GRANT)
_BY_DESK = Traits(Holding.DESK)
_BY_SYSTEM = Traits(Holding.SYSTEM)

TRAITS: Mapping[Function, Traits] = {
    Function.ELIGIBILITY: _PHI_BY_GRANT,
    Function.BENEFITS: _PHI_BY_GRANT,
    Function.CLAIMS_INQUIRY: _PHI_BY_GRANT,
    Function.CLAIM_SUBMISSION: _PHI_BY_GRANT,
    Function.REMITTANCE: _PHI_BY_GRANT,
    Function.AUTHORIZATION_INQUIRY: _PHI_BY_GRANT,
    Function.AUTHORIZATION_SUBMISSION: _PHI_BY_GRANT,
    Function.REFERRALS: _PHI_BY_GRANT,
    Function.ENCOUNTERS: _PHI_BY_GRANT,
    Function.DIRECTORY_MAINTENANCE: _BY_GRANT,
    Function.REPORTS: _PHI_BY_GRANT,
    Function.PAYMENT_ENROLMENT: Traits(Holding.GRANT, hands_out=True, lately=True),
    Function.MANAGE_USERS: Traits(Holding.GRANT, hands_out=True),
    Function.PUBLIC_PAGES: Traits(Holding.OPEN),
    Function.SIGN_IN: Traits(Holding.OPEN),
    Function.REGISTRATION: Traits(Holding.OPEN),
    Function.ACTIVATION: Traits(Holding.SIGNED_IN),
    Function.OWN_ACCOUNT: Traits(Holding.SIGNED_IN),
    Function.OWN_CREDENTIALS: Traits(Holding.SIGNED_IN, lately=True),
    Function.OWN_NOTICES: Traits(Holding.SIGNED_IN),
    Function.BENEFIT_DOCUMENTS: Traits(Holding.SIGNED_IN),
    Function.LIBRARY: Traits(Holding.SIGNED_IN),
    Function.PROVIDER_SEARCH: Traits(Holding.SIGNED_IN),
    Function.ACCESS_REQUEST: Traits(Holding.SIGNED_IN),
    Function.SUPPORT_CASE: Traits(Holding.SIGNED_IN),
    Function.DIAGNOSIS: Traits(Holding.OPEN),
    Function.OFFICE_RECOVERY: Traits(Holding.OPEN),
    Function.RECEIPT_VERIFICATION: Traits(Holding.DESK, phi=True),
    Function.WORK_QUEUE: _BY_DESK,
    Function.FEED_REVIEW: _BY_DESK,
    Function.AUDIT_READING: Traits(Holding.DESK, phi=True),  # its subjects are member IDs
    Function.PROVISIONING: Traits(Holding.DESK, hands_out=True),
    Function.IDENTITY_REVIEW: Traits(Holding.DESK, hands_out=True),
    Function.SIGN_IN_RULES: Traits(Holding.DESK, hands_out=True),
    Function.REGISTRATION_REVIEW: Traits(Holding.DESK, hands_out=True),
    Function.REGISTRATION_RULES: Traits(Holding.DESK, hands_out=True),
    Function.NETWORK_REVIEW: _BY_DESK,
    Function.ENQUIRY_REVIEW: _BY_DESK,
    Function.LIBRARY_EDITING: _BY_DESK,
    Function.LIBRARY_PUBLISHING: _BY_DESK,
    Function.DIRECTORY_REVIEW: _BY_DESK,
    Function.RECOVERY_REVIEW: Traits(Holding.DESK, hands_out=True),
    Function.CASE_REVIEW: _BY_DESK,
    Function.ACCESS_REPORT: _BY_DESK,
    Function.ACCESS_RULES: Traits(Holding.DESK, hands_out=True),
    Function.CONNECTING: Traits(Holding.DESK, hands_out=True),
    Function.EXCHANGE_REVIEW: _BY_DESK,
    Function.CLAIM_RULES: _BY_DESK,
    Function.AUTHORIZATION_REVIEW: Traits(Holding.DESK, phi=True),
    Function.ADVERSE_DETERMINATION: Traits(Holding.DESK, phi=True),
    Function.AUTHORIZATION_RULES: _BY_DESK,
    Function.LOADING: _BY_SYSTEM,
    Function.SENDING: _BY_SYSTEM,
    Function.SEALING: _BY_SYSTEM,
    Function.HOUSEKEEPING: _BY_SYSTEM,
    Function.CONFIGURATION: _BY_SYSTEM,
}

DESK_FUNCTIONS: Mapping[Desk, frozenset[Function]] = {
    Desk.OPERATIONS: frozenset(
        {
            Function.RECEIPT_VERIFICATION,
            Function.WORK_QUEUE,
            Function.FEED_REVIEW,
            Function.AUDIT_READING,
            Function.PROVISIONING,
            Function.IDENTITY_REVIEW,
            Function.SIGN_IN_RULES,
            Function.REGISTRATION_REVIEW,
            Function.REGISTRATION_RULES,
            Function.NETWORK_REVIEW,
            Function.ENQUIRY_REVIEW,
            Function.RECOVERY_REVIEW,
            Function.CASE_REVIEW,
            Function.ACCESS_REPORT,
            Function.ACCESS_RULES,
            Function.CONNECTING,  # not for support, who reaches no patient: a system's key would
            Function.EXCHANGE_REVIEW,
            Function.CLAIM_RULES,
            Function.AUTHORIZATION_RULES,
            Function.LIBRARY_PUBLISHING,
            Function.DIRECTORY_REVIEW,
        }
    ),
    Desk.MEMBER_SERVICES: frozenset({Function.RECEIPT_VERIFICATION, Function.WORK_QUEUE}),
    Desk.SUPPORT: frozenset(
        {
            Function.WORK_QUEUE,
            Function.PROVISIONING,
            Function.IDENTITY_REVIEW,
            Function.REGISTRATION_REVIEW,
            Function.ENQUIRY_REVIEW,
            Function.RECOVERY_REVIEW,
            Function.CASE_REVIEW,
            Function.ACCESS_REPORT,
            Function.EXCHANGE_REVIEW,
        }
    ),
    Desk.COMMUNICATIONS: frozenset({Function.LIBRARY_EDITING, Function.LIBRARY_PUBLISHING}),
    Desk.CLINICAL_REVIEW: frozenset({Function.AUTHORIZATION_REVIEW}),
    Desk.MEDICAL_DIRECTION: frozenset({Function.AUTHORIZATION_REVIEW, Function.ADVERSE_DETERMINATION}),
}

CLAIMS = frozenset({Function.CLAIMS_INQUIRY, Function.CLAIM_SUBMISSION, Function.REMITTANCE})
"""What an office has to do with its own claims; a plan may open it to those outside its network."""

GRANTABLE: tuple[Function, ...] = tuple(f for f, t in TRAITS.items() if t.holding is Holding.GRANT)
