"""Who mends what, and what is in the way: said of oneself, and to the plan's desk of somebody else."""

from collections.abc import Mapping
from typing import Final

from portico.domains.permits.decisions import Test
from portico.domains.permits.reasons import FixedBy, Reason, Remedy

WHO: Final[Mapping[FixedBy, str]] = {
    FixedBy.YOURSELF: "You yourself",
    FixedBy.ADMINISTRATOR: "An administrator of your office",
    FixedBy.CLIENT: "An administrator of the office you bill for",
    FixedBy.PLAN: "The plan's Provider Services",
}
OF_OTHERS: Final[Mapping[FixedBy, str]] = {
    **WHO,
    FixedBy.YOURSELF: "The person",
    FixedBy.ADMINISTRATOR: "An administrator of the office, or the plan",
    FixedBy.CLIENT: "An administrator of the office they bill for",
    FixedBy.PLAN: "The plan",
}
# The same reasons the person reads (refusals.WHY), said to the plan's desk of somebody else.
WHY: Final[Mapping[Reason, str]] = {
    Reason.NOT_SIGNED_IN: "Nobody is signed in.",
    Reason.WRONG_AUDIENCE: "The account belongs to another site of the plan.",
    Reason.ACCOUNT_NOT_ACTIVATED: "The first sign-in is not finished.",
    Reason.ACCOUNT_PENDING: "The account waits for the plan's approval.",
    Reason.ACCOUNT_LOCKED: "The account is locked after failed sign-ins.",
    Reason.ACCOUNT_SUSPENDED: "The account was suspended: it was not used for long.",
    Reason.ACCOUNT_DISABLED: "The account is disabled.",
    Reason.TERMS_NOT_ACCEPTED: "The terms of use in force are not accepted.",
    Reason.VERIFICATION_REQUIRED: "The identity is not verified.",
    Reason.ADMINISTRATOR_HAS_NO_PHI: "An administrator persona sees no patient data.",
    Reason.FUNCTION_NOT_GRANTED: "The function was never given.",
    Reason.GRANT_PROPOSED: "The function was proposed and is not confirmed.",
    Reason.GRANT_NOT_YET_ACTIVE: "The function was given from a later day on.",
    Reason.GRANT_EXPIRED: "The function was given, and has ended.",
    Reason.TAX_ID_NOT_GRANTED: "The function was given without this tax ID.",
    Reason.CLIENT_ACCESS_ENDED: "The office that bills under this tax ID has ended the access.",
    Reason.CLIENT_DID_NOT_GIVE: "The office that bills under this tax ID has not given the function there.",
    Reason.OTHER_SIDE: "They work for another office than the one that bills under this tax ID.",
    Reason.PROVIDER_NOT_GRANTED: "The function was given without this provider.",
    Reason.LINE_NOT_GRANTED: "The function was given without this line of business.",
    Reason.REGION_NOT_GRANTED: "The function was given without this region.",
    Reason.REGION_NOT_SERVED: "The plan does not serve this region.",
    Reason.AFFILIATION_ENDED: "The provider no longer bills under this tax ID.",
    Reason.NOT_PARTICIPATING: "The tax ID does not take part in the network.",
    Reason.ACCESS_REVIEW_OVERDUE: "The office's access review is overdue.",
    Reason.CLIENT_REVIEW_OVERDUE: "The access review of the office they bill for is overdue.",
    Reason.STEP_UP_REQUIRED: "No second factor is set up.",
    Reason.CONFIRMATION_REQUIRED: "It is a while since they showed who they are.",
    Reason.SCOPE_NOT_GRANTED: "The token does not hold the scope.",
}
HOW: Final[Mapping[Remedy, str]] = {
    Remedy.SIGN_IN: "Signs in.",
    Remedy.USE_YOUR_OWN_SITE: "Uses the site of the plan that the account belongs to.",
    Remedy.ACTIVATE: "Finishes the steps of the first sign-in.",
    Remedy.WAIT_FOR_APPROVAL: "Approves the account.",
    Remedy.UNLOCK: "Unlocks the account; it also opens by itself.",
    Remedy.REACTIVATE: "Opens the account again.",
    Remedy.ACCEPT_TERMS: "Accepts the terms at the next sign-in.",
    Remedy.VERIFY_IDENTITY: "Verifies who they are, under Identity in their account.",
    Remedy.USE_END_USER_PERSONA: "Switches to an end-user persona, or has one made.",
    Remedy.GRANT_FUNCTION: "Gives them {function}.",
    Remedy.CONFIRM_GRANT: "Confirms the access that was proposed.",
    Remedy.START_GRANT: "Lets the access begin today.",
    Remedy.RENEW_GRANT: "Renews their access to {function}.",
    Remedy.ADD_TAX_ID: "Adds this tax ID to their access.",
    Remedy.RENEW_CLIENT_ACCESS: "Lets their office work under this tax ID again.",
    Remedy.WIDEN_CLIENT_ACCESS: "Gives their office {function} there too.",
    Remedy.SWITCH_SIDE: "Switches to the office that bills under this tax ID, at the top of the page.",
    Remedy.ADD_PROVIDER: "Adds this provider to their access.",
    Remedy.ADD_LINE: "Adds this line of business to their access.",
    Remedy.ADD_REGION: "Adds this region to their access.",
    Remedy.REPORT_AFFILIATION: "Corrects the provider file, where the provider does bill under this tax ID.",
    Remedy.FINISH_ACCESS_REVIEW: "Finishes the office's access review.",
    Remedy.PASS_SECOND_FACTOR: "Sets up a second step under Second steps in their account.",
    Remedy.CONFIRM_IT_IS_YOU: "Confirms once more who they are.",
    Remedy.ASK_FOR_SCOPE: "Asks for a token with the scope.",
}
ROADS: Final[Mapping[str, str]] = {
    "plan_service_area": "Nobody changes it in the portal: the plan does not serve that region.",
    "join_the_network": "Nobody changes it in the portal: the tax ID asks to join the network.",
}
TESTS: Final[Mapping[Test, str]] = {
    Test.SIGNED_IN: "Signed in",
    Test.AUDIENCE: "The account is a provider's",
    Test.ACCOUNT: "The account is open",
    Test.TERMS: "The terms in force are accepted",
    Test.VERIFICATION: "The identity is verified",
    Test.PERSONA: "Acts as somebody who may see patient data",
    Test.FUNCTION: "The function was given",
    Test.GRANT: "The access is confirmed and runs today",
    Test.TAX_ID: "It covers the tax ID",
    Test.PROVIDER: "It covers the provider",
    Test.LINE: "It covers the line of business",
    Test.REGION: "It covers the region",
    Test.PROVIDER_FILE: "The plan's provider file agrees",
    Test.ACCESS_REVIEW: "The office finished its access review in time",
    Test.SECOND_FACTOR: "A second step is set up",
    Test.CONFIRMATION: "It was shown not long ago who they are",
    Test.SCOPE: "The token holds a scope for it",
}
