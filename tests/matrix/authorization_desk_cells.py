"""The cells of the plan's desk for authorizations."""

from collections.abc import Mapping

from portico.domains.permits.functions import Function
from tests.matrix.outcomes import PAGE, by_desk
from tests.matrix.places import Call

ANYWHERE = "anywhere"
CELLS: Mapping[str, tuple[Call, ...]] = {
    "authorization_rules": (Call(ANYWHERE, by_desk(Function.AUTHORIZATION_RULES, PAGE)),),
}
