"""The cells of the published figures on authorizations."""

from collections.abc import Mapping

from tests.matrix import places
from tests.matrix.outcomes import NOT_FOUND, PAGE, everybody, signed_in
from tests.matrix.places import Call
from tests.support.actors import TODAY

ANYWHERE, THIS_YEAR, BEFORE = "anywhere", places.fixed(TODAY.year), places.fixed(1999)


def _of_a_year() -> tuple[Call, ...]:
    return (
        Call("this year", everybody(PAGE), arguments=THIS_YEAR),
        Call("a year without any", signed_in(NOT_FOUND), arguments=BEFORE),
    )


CELLS: Mapping[str, tuple[Call, ...]] = {
    "authorization_metrics": (Call(ANYWHERE, everybody(PAGE)),),
    "authorization_metrics_of": _of_a_year(),
    "authorization_metrics_csv": _of_a_year(),
    "authorization_metrics_json": _of_a_year(),
}
