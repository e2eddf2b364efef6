"""The cells of what an office does with a request it sent, here one that waits for its answer."""

from collections.abc import Mapping

from tests.matrix import places
from tests.matrix.authorization_cells import of_one, request_of
from tests.matrix.outcomes import INVALID, PAGE, goes
from tests.matrix.places import Arguments, Call
from tests.support import cast
from tests.support.world import World

_NOT_NOW = goes("authorization")


def _again(tax_id: str) -> Arguments:
    def arguments(world: World, actor: str) -> tuple[object, str]:
        del actor
        return request_of(world, tax_id).public_id, "appeal"

    return arguments


_AGAIN = {tax_id: _again(tax_id) for tax_id in (cast.OWN, cast.SECOND, cast.FOREIGN)}
_NOBODYS = places.fixed(places.NOBODYS, "appeal")

CELLS: Mapping[str, tuple[Call, ...]] = {
    **{
        route: (*of_one(PAGE), *of_one(INVALID, "POST"))
        for route in ("authorization_add_document", "authorization_cancel", "authorization_change")
    },
    "authorization_answer": (*of_one(PAGE), *of_one(_NOT_NOW, "POST", places.sends(version="0"))),
    **{
        route: (*of_one(_NOT_NOW), *of_one(_NOT_NOW, "POST"))
        for route in ("authorization_discharge", "authorization_more")
    },
    "authorization_again": (
        *of_one(_NOT_NOW, by=_AGAIN, nobodys=_NOBODYS),
        *of_one(_NOT_NOW, "POST", by=_AGAIN, nobodys=_NOBODYS),
    ),
}
