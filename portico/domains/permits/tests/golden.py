"""The golden table: who asks for what, and the verdict with each reason and who can change it.

A refusal reads `reason: who remedy`; a final one `reason: road where`. None at all: it is open.
"""

from typing import NamedTuple

from portico.domains.permits.decisions import Decision
from portico.domains.permits.functions import Function as F
from portico.domains.permits.questions import Question
from portico.domains.permits.tests.golden_people import CLIENT_TAX_ID, FORMER_TAX_ID, NPI, OTHER_NPI
from tests.support.actors import FOREIGN_TAX_ID, LINE, OTHER_LINE, OWN_TAX_ID, SECOND_TAX_ID


class Case(NamedTuple):
    """One line of the table; `person` and `item` are names of PEOPLE and ITEMS."""

    person: str
    item: str
    refusals: tuple[str, ...] = ()


def told(decision: Decision) -> tuple[str, ...]:
    """The refusals of a decision as the table writes them, in the order of its reasons."""
    said = {road.reason: f"road {road.code}" for road in decision.roads}
    said |= {fixer.reason: f"{fixer.by} {fixer.remedy}" for fixer in decision.fixers}
    return tuple(f"{reason}: {said[reason]}" for reason in decision.reasons)


ITEMS: dict[str, Question] = {
    "eligibility": Question(F.ELIGIBILITY, OWN_TAX_ID, LINE),
    "eligibility anywhere": Question(F.ELIGIBILITY),
    "eligibility, the second tax ID": Question(F.ELIGIBILITY, SECOND_TAX_ID, LINE),
    "eligibility, another office's tax ID": Question(F.ELIGIBILITY, FOREIGN_TAX_ID, LINE),
    "eligibility, another line": Question(F.ELIGIBILITY, OWN_TAX_ID, OTHER_LINE),
    "eligibility, the second tax ID, another line": Question(F.ELIGIBILITY, SECOND_TAX_ID, OTHER_LINE),
    "eligibility, a provider": Question(F.ELIGIBILITY, OWN_TAX_ID, LINE, NPI),
    "eligibility, another provider": Question(F.ELIGIBILITY, OWN_TAX_ID, LINE, OTHER_NPI),
    "eligibility in a region": Question(F.ELIGIBILITY, OWN_TAX_ID, LINE, region="north-lakes"),
    "eligibility in another region": Question(F.ELIGIBILITY, OWN_TAX_ID, LINE, region="harbor-coast"),
    "eligibility, a sensitive act": Question(F.ELIGIBILITY, OWN_TAX_ID, LINE, lately=True),
    "benefits": Question(F.BENEFITS, OWN_TAX_ID),
    "claims": Question(F.CLAIMS_INQUIRY, OWN_TAX_ID, LINE),
    "claims anywhere": Question(F.CLAIMS_INQUIRY),
    "remittance anywhere": Question(F.REMITTANCE),
    "the directory of a client": Question(F.DIRECTORY_MAINTENANCE, CLIENT_TAX_ID),
    "claims of a client": Question(F.CLAIMS_INQUIRY, CLIENT_TAX_ID, LINE),
    "claims of a former client": Question(F.CLAIMS_INQUIRY, FORMER_TAX_ID, LINE),
    "claims of a stranger": Question(F.CLAIMS_INQUIRY, FOREIGN_TAX_ID, LINE),
    "remittance": Question(F.REMITTANCE, OWN_TAX_ID, LINE),
    "remittance of a client": Question(F.REMITTANCE, CLIENT_TAX_ID, LINE),
    "eligibility of a client": Question(F.ELIGIBILITY, CLIENT_TAX_ID, LINE),
    "managing users": Question(F.MANAGE_USERS, OWN_TAX_ID),
    "payment enrolment": Question(F.PAYMENT_ENROLMENT, OWN_TAX_ID),
    "the directory": Question(F.DIRECTORY_MAINTENANCE, OWN_TAX_ID, LINE),
    "a public page": Question(F.PUBLIC_PAGES),
    "signing in": Question(F.SIGN_IN),
    "the diagnosis": Question(F.DIAGNOSIS),
    "recovering an office": Question(F.OFFICE_RECOVERY),
    "the first sign-in": Question(F.ACTIVATION),
    "the own account": Question(F.OWN_ACCOUNT),
    "the own password": Question(F.OWN_CREDENTIALS),
    "the own notices": Question(F.OWN_NOTICES),
    "benefit documents": Question(F.BENEFIT_DOCUMENTS),
    "asking for access": Question(F.ACCESS_REQUEST),
    "a support case": Question(F.SUPPORT_CASE),
    "a receipt to verify": Question(F.RECEIPT_VERIFICATION),
    "the work queue": Question(F.WORK_QUEUE),
    "the audit": Question(F.AUDIT_READING),
    "the access rules": Question(F.ACCESS_RULES),
    "a recovery to decide": Question(F.RECOVERY_REVIEW),
    "what partners sent": Question(F.EXCHANGE_REVIEW),
    "a load": Question(F.LOADING),
}

_SIGN_IN = "not_signed_in: yourself sign_in"
_ACTIVATE = "account_not_activated: yourself activate"
_REACTIVATE = "account_disabled: plan reactivate"
_TERMS = "terms_not_accepted: yourself accept_terms"
_VERIFY = "verification_required: yourself verify_identity"
_SWITCH = "administrator_has_no_phi: yourself use_end_user_persona"
_ASK_OFFICE = "function_not_granted: administrator grant_function"
_ASK_PLAN = "function_not_granted: plan grant_function"
_TAX_ID = "tax_id_not_granted: administrator add_tax_id"
_OTHER_LINE = "line_not_granted: administrator add_line"
_CLIENT = "client_access_ended: client renew_client_access"
_GIVES = "client_did_not_give: client widen_client_access"
_SIDE = "other_side: yourself switch_side"
_CLIENTS_REVIEW = "client_review_overdue: client finish_access_review"
_EXPIRED = "grant_expired: administrator renew_grant"
_PROPOSED = "grant_proposed: administrator confirm_grant"
_LATER = "grant_not_yet_active: administrator start_grant"
_LEFT = "affiliation_ended: plan report_affiliation"
_OUTSIDE = "not_participating: road join_the_network"
_REVIEW = "access_review_overdue: administrator finish_access_review"
_FACTOR = "step_up_required: yourself pass_second_factor"
_CONFIRM = "confirmation_required: yourself confirm_it_is_you"

GOLDEN: tuple[Case, ...] = (
    Case("visitor", "a public page"),
    Case("visitor", "signing in"),
    Case("visitor", "the diagnosis"),
    Case("visitor", "recovering an office"),
    Case("visitor", "eligibility", (_SIGN_IN,)),
    Case("visitor", "the own account", (_SIGN_IN,)),
    Case("visitor", "asking for access", (_SIGN_IN,)),
    Case("visitor", "the work queue", (_SIGN_IN,)),
    Case("with a member's account", "eligibility", ("wrong_audience: yourself use_your_own_site",)),
    Case("first sign-in not done", "the first sign-in"),
    Case("invited, terms accepted", "eligibility", (_ACTIVATE,)),
    Case("invited, terms accepted", "the own account", (_ACTIVATE,)),
    Case("first sign-in not done", "asking for access", (_ACTIVATE,)),
    Case("account suspended", "eligibility", ("account_suspended: administrator reactivate",)),
    Case("account pending", "eligibility", ("account_pending: plan wait_for_approval",)),
    Case("account locked", "eligibility", ("account_locked: administrator unlock",)),
    Case("account disabled", "eligibility", (_REACTIVATE,)),
    Case("account disabled", "the own account", (_REACTIVATE,)),
    Case("account disabled", "a support case", (_REACTIVATE,)),
    Case("terms not accepted", "eligibility", (_TERMS,)),
    Case("terms not accepted", "benefit documents", (_TERMS,)),
    Case("nothing proven yet", "the own account"),
    Case("nothing proven yet", "asking for access"),
    Case("nothing proven yet", "a support case"),
    Case("not verified", "eligibility", (_VERIFY,)),
    Case("not verified", "benefit documents"),
    Case("proven some time ago", "the own password", (_CONFIRM,)),
    Case("proven some time ago", "eligibility, a sensitive act", (_CONFIRM,)),
    Case("proven some time ago", "eligibility"),
    Case("front desk", "the own password"),
    Case("no second factor", "eligibility", (_FACTOR,)),
    Case("no second factor", "the own notices"),
    Case(
        "nearly everything missing",
        "eligibility",
        ("account_locked: administrator unlock", _TERMS, _VERIFY, _OTHER_LINE, _FACTOR),
    ),
    Case("front desk", "eligibility"),
    Case("front desk", "eligibility anywhere"),
    Case("front desk", "claims", (_ASK_OFFICE,)),
    Case("front desk", "managing users", (_ASK_OFFICE,)),
    Case("front desk", "eligibility, the second tax ID", (_TAX_ID,)),
    Case("front desk", "eligibility, another office's tax ID", (_TAX_ID,)),
    Case("front desk", "eligibility, another line", (_OTHER_LINE,)),
    Case("front desk", "eligibility, the second tax ID, another line", (_TAX_ID, _OTHER_LINE)),
    Case("front desk", "eligibility, another provider"),
    Case("front desk", "the work queue", (_ASK_PLAN,)),
    Case("front desk", "the access rules", (_ASK_PLAN,)),
    Case("nobody granted anything", "eligibility", (_ASK_OFFICE,)),
    Case("every line granted", "eligibility, another line"),
    Case("one provider granted", "eligibility, a provider"),
    Case(
        "one provider granted",
        "eligibility, another provider",
        ("provider_not_granted: administrator add_provider",),
    ),
    Case("one region granted", "eligibility in a region"),
    Case(
        "one region granted",
        "eligibility in another region",
        ("region_not_granted: administrator add_region",),
    ),
    Case(
        "plan of one region",
        "eligibility in another region",
        ("region_not_served: road plan_service_area",),
    ),
    Case("grant proposed", "eligibility", (_PROPOSED,)),
    Case("grant ended", "eligibility", (_EXPIRED,)),
    Case("grant begins today", "eligibility"),
    Case("grant begins tomorrow", "eligibility", (_LATER,)),
    Case("grant ends today", "eligibility"),
    Case("grant ended yesterday", "eligibility", (_EXPIRED,)),
    Case("proposed for tomorrow", "eligibility", (_PROPOSED, _LATER)),
    Case("an ended grant beside a running one", "eligibility"),
    Case("a far grant before a near one", "eligibility", (_LATER,)),
    Case("administrator", "managing users"),
    Case("administrator", "eligibility", (_SWITCH,)),
    Case("administrator", "benefits", (_SWITCH,)),
    Case("administrator", "payment enrolment", (_ASK_OFFICE,)),
    Case("administrator", "the work queue", (_ASK_PLAN,)),
    Case("administrator with a stray grant", "eligibility, a provider", (_SWITCH, _LEFT)),
    Case("a provider has left", "eligibility, a provider", (_LEFT,)),
    Case("a provider has left", "eligibility"),
    Case("outside the network", "eligibility", (_OUTSIDE,)),
    Case("outside the network", "claims", (_ASK_OFFICE, _OUTSIDE)),
    Case("outside, claims open", "remittance"),
    Case("outside, claims open", "eligibility", (_OUTSIDE,)),
    Case("outside, claims open, not granted", "remittance", (_ASK_OFFICE,)),
    Case("biller", "claims of a client"),
    Case("biller", "claims of a former client", (_CLIENT,)),
    Case("biller", "claims of a stranger", (_TAX_ID,)),
    Case("biller", "remittance of a client", (_GIVES,)),
    Case("biller", "eligibility of a client", (_ASK_OFFICE, _GIVES)),
    Case("biller", "claims", (_SIDE,)),
    Case("biller", "eligibility", (_ASK_OFFICE, _SIDE)),
    Case("biller, administrator", "managing users"),
    Case("biller, the client narrowed the lines", "claims of a client", (_GIVES,)),
    Case("biller, the client is late", "claims of a client", (_CLIENTS_REVIEW,)),
    Case("biller, the client is late", "claims anywhere", (_CLIENTS_REVIEW,)),
    Case("biller, the client is late", "the directory of a client"),
    Case("biller", "remittance anywhere", (_GIVES,)),
    Case("biller, at the own office", "claims anywhere", (_SIDE,)),
    Case("biller, every client left", "claims anywhere", (_CLIENT,)),
    Case("biller, every client left", "claims of a former client", (_CLIENT,)),
    Case("biller, the client narrowed the lines", "claims of a former client", (_CLIENT, _OTHER_LINE)),
    Case("review overdue", "eligibility", (_REVIEW,)),
    Case("review overdue", "claims", (_ASK_OFFICE, _REVIEW)),
    Case("review overdue", "the own account"),
    Case("review overdue", "asking for access"),
    Case("review overdue, no second factor", "eligibility", (_REVIEW, _FACTOR)),
    Case("review overdue, with the directory", "the directory"),
    Case("review overdue, administrator", "managing users"),
    Case("review overdue, administrator", "eligibility", (_SWITCH, _REVIEW)),
    Case("review overdue, software", "eligibility", (_REVIEW,)),
    Case("operations", "a receipt to verify"),
    Case("operations", "the access rules"),
    Case("operations", "the audit"),
    Case("operations", "eligibility", (_ASK_OFFICE,)),
    Case("operations", "a load", (_ASK_PLAN,)),
    Case("operations, no second factor", "a receipt to verify", (_FACTOR,)),
    Case("operations, no second factor", "the access rules", (_FACTOR,)),
    Case("support", "a recovery to decide"),
    Case("support", "a receipt to verify", (_ASK_PLAN,)),
    Case("support", "the audit", (_ASK_PLAN,)),
    Case("support", "the access rules", (_ASK_PLAN,)),
    Case("member services", "a recovery to decide", (_ASK_PLAN,)),
    Case("software", "eligibility"),
    Case("software", "eligibility, a sensitive act"),
    Case("software", "eligibility, another office's tax ID", ("tax_id_not_granted: plan add_tax_id",)),
    Case("software", "what partners sent", (_ASK_PLAN,)),
    Case("software, revoked", "eligibility", (_REACTIVATE,)),
    Case(
        "software, token without the scope",
        "eligibility",
        ("scope_not_granted: yourself ask_for_scope",),
    ),
    Case("system", "a load"),
    Case("system", "eligibility", (_ASK_OFFICE,)),
)
