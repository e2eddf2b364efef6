"""The cells of who looked up whom, and of the plan's rules of access."""

from collections.abc import Mapping

from portico.domains.permits.functions import Function
from tests.matrix import places
from tests.matrix.outcomes import INVALID, PAGE, Outcome, Outcomes, by_desk, goes
from tests.matrix.places import Call
from tests.support import cast

_DAYS = {"first": "03/12/2026", "last": "03/12/2026"}
_OWN, _NO_TAX_ID = {**_DAYS, "tax_id": cast.OWN}, {**_DAYS, "tax_id": "17"}
_RULES = {
    "confirmed_by": "plan",
    "personas": "linked",
    "review_months": "3",
    "review_days": "21",
    "request_hours": "8",
    "request_days": "30",
    "recovery_days": "7",
}


def _by_administrator(outcome: Outcome) -> Outcomes:
    """Whoever administers the office; no desk of the plan holds that function."""
    return by_desk(Function.MANAGE_USERS, outcome) | {"administrator": outcome}


def _by_plan(outcome: Outcome) -> Outcomes:
    return by_desk(Function.AUDIT_READING, outcome)


def _ruled(outcome: Outcome) -> Outcomes:
    return by_desk(Function.ACCESS_RULES, outcome)


CELLS: Mapping[str, tuple[Call, ...]] = {
    "office_lookups": (
        Call("the last days", _by_administrator(PAGE)),
        Call("a day", _by_administrator(PAGE), "POST", form=places.sends(**_DAYS)),
        Call("no day", _by_administrator(INVALID), "POST", form=places.sends(first="x")),
    ),
    "office_lookups_file": (
        Call("a day", _by_administrator(PAGE), "POST", form=places.sends(**_DAYS)),
        Call("no day", _by_administrator(INVALID), "POST", form=places.sends(first="x")),
    ),
    "staff_lookups": (
        Call("no tax ID yet", _by_plan(PAGE)),
        Call("a tax ID", _by_plan(PAGE), "POST", form=places.sends(**_OWN)),
        Call("no tax ID", _by_plan(INVALID), "POST", form=places.sends(**_NO_TAX_ID)),
    ),
    "staff_lookups_file": (
        Call("a tax ID", _by_plan(PAGE), "POST", form=places.sends(**_OWN)),
        Call("no tax ID", _by_plan(INVALID), "POST", form=places.sends(**_NO_TAX_ID)),
    ),
    "access_rules": (
        Call("as they are", _ruled(PAGE)),
        Call("changed", _ruled(goes("access_rules")), "POST", form=places.sends(**_RULES)),
        Call("that cannot be", _ruled(INVALID), "POST", form=places.sends(recovery_days="0")),
    ),
    "access_rules_history": (Call("anywhere", _by_plan(PAGE)),),
}
