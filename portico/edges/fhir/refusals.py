"""What a refusal becomes here: one table from each reason to a status, HL7's issue type, and plain words.

The reason's own code stands in `details.coding`; this is the FHIR column of the published reasons.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from portico.domains.permits.decisions import Decision
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.reasons import FINAL, FIXERS, FixedBy, Reason
from portico.domains.plan import catalogue
from portico.edges.fhir.outcomes import Issue, Problem

REALM: Final = 'Bearer realm="fhir"'


@dataclass(frozen=True, slots=True)
class Refusal:
    """How one reason is told: the HTTP status, the issue type, why, and what changes it."""

    status: int
    code: str
    why: str
    how: str


REFUSALS: Mapping[Reason, Refusal] = {
    Reason.NOT_SIGNED_IN: Refusal(
        401,
        "login",
        "The request carries no access token that holds.",
        "Ask the token endpoint for one, and send it as a bearer token.",
    ),
    Reason.WRONG_AUDIENCE: Refusal(
        403, "forbidden", "The account belongs to another site of the plan.", "Use that site."
    ),
    Reason.ACCOUNT_NOT_ACTIVATED: Refusal(
        403, "forbidden", "The account is not activated yet.", "Finish the steps of the first sign-in."
    ),
    Reason.ACCOUNT_PENDING: Refusal(
        403, "forbidden", "The plan has not approved the application yet.", "Approves the application."
    ),
    Reason.ACCOUNT_LOCKED: Refusal(
        403, "forbidden", "The account is locked after too many failed sign-ins.", "Unlocks the account."
    ),
    Reason.ACCOUNT_SUSPENDED: Refusal(
        403, "forbidden", "The account is suspended: it was not used for long.", "Reactivates the account."
    ),
    Reason.ACCOUNT_DISABLED: Refusal(
        403, "forbidden", "The application was revoked.", "Registers the application anew."
    ),
    Reason.TERMS_NOT_ACCEPTED: Refusal(
        403, "forbidden", "The current terms of use are not accepted.", "Accept the terms of use."
    ),
    Reason.VERIFICATION_REQUIRED: Refusal(
        403, "forbidden", "The identity behind the account is not verified.", "Verify it with the plan."
    ),
    Reason.ADMINISTRATOR_HAS_NO_PHI: Refusal(
        403, "forbidden", "Administrators see no patient data.", "Ask as an end user."
    ),
    Reason.FUNCTION_NOT_GRANTED: Refusal(
        403, "forbidden", "The application was not given this function.", "Gives the function."
    ),
    Reason.GRANT_PROPOSED: Refusal(
        403, "forbidden", "The access was proposed, and nobody has confirmed it.", "Confirms the access."
    ),
    Reason.GRANT_NOT_YET_ACTIVE: Refusal(
        403, "forbidden", "The access starts on a later day.", "Lets the access start today."
    ),
    Reason.GRANT_EXPIRED: Refusal(403, "forbidden", "The access has ended.", "Renews the access."),
    Reason.TAX_ID_NOT_GRANTED: Refusal(
        403, "forbidden", "The access does not cover the application's tax ID.", "Adds the tax ID."
    ),
    Reason.CLIENT_ACCESS_ENDED: Refusal(
        403,
        "forbidden",
        "The office that bills under the tax ID has ended the access.",
        "Gives the access again.",
    ),
    Reason.CLIENT_DID_NOT_GIVE: Refusal(
        403, "forbidden", "The office that bills under the tax ID has not given this.", "Gives this too."
    ),
    Reason.OTHER_SIDE: Refusal(
        403,
        "forbidden",
        "The tax ID is another office's than is worked for.",
        "Work for the office that bills under the tax ID.",
    ),
    Reason.PROVIDER_NOT_GRANTED: Refusal(
        403, "forbidden", "The access does not cover this provider.", "Adds the provider."
    ),
    Reason.LINE_NOT_GRANTED: Refusal(
        403, "forbidden", "The access does not cover this line of business.", "Adds the line."
    ),
    Reason.REGION_NOT_GRANTED: Refusal(
        403, "forbidden", "The access does not cover this region.", "Adds the region."
    ),
    Reason.REGION_NOT_SERVED: Refusal(
        403, "business-rule", "The plan does not serve this region.", "Says which regions it serves."
    ),
    Reason.AFFILIATION_ENDED: Refusal(
        403,
        "business-rule",
        "The provider no longer bills under this tax ID.",
        "Corrects the provider file where that is wrong.",
    ),
    Reason.NOT_PARTICIPATING: Refusal(
        403,
        "business-rule",
        "The application's tax ID does not take part in the plan's network.",
        "Says how the tax ID can join its network.",
    ),
    Reason.ACCESS_REVIEW_OVERDUE: Refusal(
        403, "forbidden", "The office has not finished its access review in time.", "Finishes the review."
    ),
    Reason.CLIENT_REVIEW_OVERDUE: Refusal(
        403,
        "forbidden",
        "The office that bills under the tax ID has not finished its access review in time.",
        "Finishes the review.",
    ),
    Reason.STEP_UP_REQUIRED: Refusal(
        403, "forbidden", "Patient data opens only after a second factor.", "Pass a second factor."
    ),
    Reason.CONFIRMATION_REQUIRED: Refusal(
        403, "forbidden", "This opens only soon after a proof of who asks.", "Confirm who you are."
    ),
    Reason.SCOPE_NOT_GRANTED: Refusal(
        403,
        "forbidden",
        "The access token does not hold a scope for this interaction.",
        "Ask for a token with the scope, among those registered for the application.",
    ),
}


def problem(refused: NotPermitted, *, sent_a_token: bool, scope: str) -> Problem:
    """The refusal as an outcome, an issue for each reason, with who can change it.

    `sent_a_token`: one was sent and does not hold; `scope` is the one that would do.
    """
    decision = refused.decision
    table = [REFUSALS[reason] for reason in decision.reasons]
    return Problem(
        table[0].status,
        *(_issue(reason, decision) for reason in decision.reasons),
        headers=_challenge(decision, sent_a_token, scope),
        reference=refused.reference,
    )


def _issue(reason: Reason, decision: Decision) -> Issue:
    told = REFUSALS[reason]
    return Issue(told.code, told.why, reason, f"{_who(reason, decision)}: {told.how}")


def _who(reason: Reason, decision: Decision) -> str:
    fixers = {fixer.reason: fixer.by for fixer in decision.fixers}
    by = FixedBy.PLAN if reason in FINAL else fixers.get(reason, FIXERS[reason].by)
    if by is FixedBy.YOURSELF:
        return "Whoever runs the application"
    if by is FixedBy.ADMINISTRATOR:
        return "The office's administrator"
    if by is FixedBy.CLIENT:
        return "An administrator of the office that bills under the tax ID"
    plan = catalogue.identity()
    return f"{plan.name}, Provider Services {plan.telephone}".strip()


def _challenge(decision: Decision, sent_a_token: bool, scope: str) -> dict[str, str]:
    if Reason.NOT_SIGNED_IN in decision.reasons:
        return {"WWW-Authenticate": REALM + (', error="invalid_token"' if sent_a_token else "")}
    if Reason.SCOPE_NOT_GRANTED in decision.reasons:
        return {"WWW-Authenticate": f'{REALM}, error="insufficient_scope", scope="{scope}"'}
    return {}
