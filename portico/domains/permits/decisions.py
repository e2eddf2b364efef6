"""The verdict on a question: what was tested in order, the reasons, who can change each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from portico.domains.permits.functions import TRAITS, Holding
from portico.domains.permits.questions import NOWHERE, Question, Scope
from portico.domains.permits.reasons import FINAL, FIXERS, ROADS, FixedBy, Fixer, Reason, Road


class Test(StrEnum):
    """What is tested, in this order."""

    SIGNED_IN = "signed_in"
    AUDIENCE = "audience"
    ACCOUNT = "account"
    TERMS = "terms"
    VERIFICATION = "verification"
    PERSONA = "persona"
    FUNCTION = "function"
    GRANT = "grant"
    TAX_ID = "tax_id"
    PROVIDER = "provider"
    LINE = "line"
    REGION = "region"
    PROVIDER_FILE = "provider_file"
    ACCESS_REVIEW = "access_review"
    SECOND_FACTOR = "second_factor"
    CONFIRMATION = "confirmation"
    SCOPE = "scope"


TEST_OF = {
    Reason.NOT_SIGNED_IN: Test.SIGNED_IN,
    Reason.WRONG_AUDIENCE: Test.AUDIENCE,
    Reason.ACCOUNT_NOT_ACTIVATED: Test.ACCOUNT,
    Reason.ACCOUNT_PENDING: Test.ACCOUNT,
    Reason.ACCOUNT_LOCKED: Test.ACCOUNT,
    Reason.ACCOUNT_SUSPENDED: Test.ACCOUNT,
    Reason.ACCOUNT_DISABLED: Test.ACCOUNT,
    Reason.TERMS_NOT_ACCEPTED: Test.TERMS,
    Reason.VERIFICATION_REQUIRED: Test.VERIFICATION,
    Reason.ADMINISTRATOR_HAS_NO_PHI: Test.PERSONA,
    Reason.FUNCTION_NOT_GRANTED: Test.FUNCTION,
    Reason.GRANT_PROPOSED: Test.GRANT,
    Reason.GRANT_NOT_YET_ACTIVE: Test.GRANT,
    Reason.GRANT_EXPIRED: Test.GRANT,
    Reason.TAX_ID_NOT_GRANTED: Test.TAX_ID,
    Reason.CLIENT_ACCESS_ENDED: Test.TAX_ID,
    Reason.CLIENT_DID_NOT_GIVE: Test.TAX_ID,
    Reason.OTHER_SIDE: Test.TAX_ID,
    Reason.PROVIDER_NOT_GRANTED: Test.PROVIDER,
    Reason.LINE_NOT_GRANTED: Test.LINE,
    Reason.REGION_NOT_GRANTED: Test.REGION,
    Reason.REGION_NOT_SERVED: Test.REGION,
    Reason.AFFILIATION_ENDED: Test.PROVIDER_FILE,
    Reason.NOT_PARTICIPATING: Test.PROVIDER_FILE,
    Reason.ACCESS_REVIEW_OVERDUE: Test.ACCESS_REVIEW,
    Reason.CLIENT_REVIEW_OVERDUE: Test.ACCESS_REVIEW,
    Reason.STEP_UP_REQUIRED: Test.SECOND_FACTOR,
    Reason.CONFIRMATION_REQUIRED: Test.CONFIRMATION,
    Reason.SCOPE_NOT_GRANTED: Test.SCOPE,
}

_ABOUT_GRANTS = frozenset({Test.GRANT, Test.TAX_ID, Test.PROVIDER, Test.LINE, Test.REGION})
_HELD = _ABOUT_GRANTS | {Test.FUNCTION}
_ABOUT_PHI = frozenset({Test.VERIFICATION, Test.PERSONA, Test.ACCESS_REVIEW, Test.SECOND_FACTOR})
_ABOUT_PEOPLE = frozenset(
    {Test.TERMS, Test.VERIFICATION, Test.PERSONA, Test.SECOND_FACTOR, Test.CONFIRMATION}
)
_WITHOUT_OBJECT = {
    Reason.NOT_SIGNED_IN: frozenset(Test),
    Reason.ADMINISTRATOR_HAS_NO_PHI: _ABOUT_GRANTS | {Test.FUNCTION},
    Reason.FUNCTION_NOT_GRANTED: _ABOUT_GRANTS,
}


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict on one question: reasons and fixers are empty when it is allowed."""

    question: Question
    allowed: bool
    scope: Scope = NOWHERE
    reasons: tuple[Reason, ...] = ()
    by_machine: bool = False

    @property
    def fixers(self) -> tuple[Fixer, ...]:
        """Who can change each reason; final reasons have a road instead."""
        return tuple(self._fixer(reason) for reason in self.reasons if reason not in FINAL)

    @property
    def roads(self) -> tuple[Road, ...]:
        """Where the final reasons lead."""
        return tuple(ROADS[reason] for reason in self.reasons if reason in FINAL)

    @property
    def tested(self) -> tuple[tuple[Test, Reason | None], ...]:
        """What was tested, in order, each with the reason it failed for, or None.

        A test the question does not ask for, or that an earlier failure leaves without an object, is
        not told.
        """
        failed = {TEST_OF[reason]: reason for reason in reversed(self.reasons)}
        left_out = _left_out(self.question, self.reasons)
        left_out |= _ABOUT_PEOPLE if self.by_machine else {Test.SCOPE}
        return tuple((test, failed.get(test)) for test in Test if test in failed or test not in left_out)

    def _fixer(self, reason: Reason) -> Fixer:
        """What an office does not hand out is the plan's to give; so is all that a machine holds."""
        fixer = FIXERS[reason]
        handed_out = TRAITS[self.question.function].holding is Holding.GRANT
        by_plan = reason is Reason.FUNCTION_NOT_GRANTED and not handed_out
        held_by_machine = self.by_machine and TEST_OF[reason] in _HELD
        if by_plan or (held_by_machine and fixer.by is FixedBy.ADMINISTRATOR):
            return replace(fixer, by=FixedBy.PLAN)
        return fixer


def _left_out(question: Question, reasons: Sequence[Reason]) -> frozenset[Test]:
    traits = TRAITS[question.function]
    asked = {
        Test.TAX_ID: question.tax_id,
        Test.PROVIDER: question.provider,
        Test.LINE: question.line,
        Test.REGION: question.region,
        Test.PROVIDER_FILE: question.tax_id,
    }
    left_out = {test for test, value in asked.items() if value is None}
    left_out |= frozenset() if traits.phi else _ABOUT_PHI
    left_out -= {Test.SECOND_FACTOR} if traits.second_factor else set()
    left_out |= frozenset() if traits.lately or question.lately else {Test.CONFIRMATION}
    by_place = _ABOUT_GRANTS | {Test.PROVIDER_FILE, Test.ACCESS_REVIEW}
    left_out |= frozenset() if traits.holding is Holding.GRANT else by_place
    return frozenset(left_out.union(*(_WITHOUT_OBJECT.get(reason, ()) for reason in reasons)))
