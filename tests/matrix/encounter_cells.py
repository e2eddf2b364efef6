"""The cells of encounters: files sent, what came of them, and records mended."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from portico.domains.permits.reasons import Reason
from tests.matrix import places
from tests.matrix.outcomes import (
    INVALID,
    NOT_FOUND,
    PAGE,
    Outcome,
    by_grant,
    goes,
    refused,
    signed_in,
)
from tests.matrix.places import Arguments, Call
from tests.support import cast, encounters
from tests.support.world import World

NOTHING_NEW = Outcome(204)
_LACKING = {"eligibility_only": refused(Reason.FUNCTION_NOT_GRANTED)}
_NOBODYS = dict.fromkeys(("outsider", "colleague", "out_of_network"), NOT_FOUND)
_LIMITED = {"medi_cal_only": NOT_FOUND}


def open_to(outcome: Outcome) -> dict[str, Outcome]:
    """The outcome for those who hold Encounters."""
    return by_grant(outcome) | _LACKING


def file(tax_id: str, *more: Any) -> Arguments:
    """The file of a tax ID."""
    return lambda world, actor: (encounters.of_world(world, tax_id).submission, *more)


def record(tax_id: str, *, rejected: bool = True) -> Arguments:
    """A record of the file of a tax ID."""

    def arguments(world: World, actor: str) -> tuple[Any, ...]:
        del actor
        kept = encounters.of_world(world, tax_id)
        return (kept.rejected if rejected else kept.accepted,)

    return arguments


def of_file(outcome: Outcome, *more: Any) -> tuple[Call, ...]:
    """A file of the own tax ID, of others, and one that is none."""
    theirs = open_to(NOT_FOUND)
    return (
        Call("own", open_to(outcome) | _NOBODYS, arguments=file(cast.OWN, *more)),
        Call("a colleague's", theirs | {"colleague": outcome}, arguments=file(cast.SECOND, *more)),
        Call("another office's", theirs | {"outsider": outcome}, arguments=file(cast.FOREIGN, *more)),
        Call("nobody's", theirs, arguments=places.fixed(places.NOBODYS, *more)),
    )


def of_record(outcome: Outcome, method: str = "GET", *, rejected: bool = True) -> tuple[Call, ...]:
    """A record of the own tax ID, of others, and one that is none; one line alone does not reach them."""
    theirs = open_to(NOT_FOUND)
    own, second, foreign = (
        record(tax_id, rejected=rejected) for tax_id in (cast.OWN, cast.SECOND, cast.FOREIGN)
    )
    return (
        Call("own", open_to(outcome) | _NOBODYS | _LIMITED, method, own),
        Call("a colleague's", theirs | {"colleague": outcome}, method, second),
        Call("another office's", theirs | {"outsider": outcome}, method, foreign),
        Call("nobody's", theirs, method, places.fixed(places.NOBODYS)),
    )


def of_progress() -> tuple[Call, ...]:
    """How far a file is: told without an audit row, so to everybody else it is as unknown as none."""
    theirs = signed_in(NOT_FOUND)
    mine = dict.fromkeys(("front_desk", "medi_cal_only"), NOTHING_NEW)
    return (
        Call("own", theirs | mine, arguments=file(cast.OWN)),
        Call("a colleague's", theirs | {"colleague": NOTHING_NEW}, arguments=file(cast.SECOND)),
        Call("another office's", theirs | {"outsider": NOTHING_NEW}, arguments=file(cast.FOREIGN)),
        Call("nobody's", theirs, arguments=places.fixed(places.NOBODYS)),
    )


def _upload(tax_id: str) -> places.Form:
    content = encounters.a_file([encounters.a_claim(3)], number=911)
    return lambda world, actor: {"file": SimpleUploadedFile("a.837", content), "tax_id": tax_id}


_ELSEWHERE = open_to(refused(Reason.TAX_ID_NOT_GRANTED))
_NOT_MINE = dict.fromkeys(("colleague", "outsider", "out_of_network"), refused(Reason.TAX_ID_NOT_GRANTED))
_SENT = goes("encounter_file")

CELLS: Mapping[str, tuple[Call, ...]] = {
    "encounters": (Call("anywhere", open_to(PAGE)),),
    "encounter_send": (
        Call("the form", open_to(PAGE)),
        Call("own", open_to(_SENT) | _NOT_MINE, "POST", form=_upload(cast.OWN)),
        Call("a colleague's", _ELSEWHERE | {"colleague": _SENT}, "POST", form=_upload(cast.SECOND)),
        Call("another office's", _ELSEWHERE | {"outsider": _SENT}, "POST", form=_upload(cast.FOREIGN)),
        Call("nothing", open_to(INVALID), "POST"),
    ),
    "encounter_completeness": (Call("anywhere", open_to(PAGE)),),
    "encounter_completeness_csv": (Call("anywhere", open_to(PAGE)),),
    "encounter_file": of_file(PAGE),
    "encounter_progress": of_progress(),
    "encounter_answer": of_file(PAGE, "999"),
    "encounter_summary_pdf": of_file(PAGE),
    "encounter_summary_csv": of_file(PAGE),
    "encounter_rejections_pdf": of_file(PAGE),
    "encounter_rejections_csv": of_file(PAGE),
    "encounter": (*of_record(PAGE), *of_record(INVALID, "POST")),
    "encounter_void": of_record(goes("encounter"), "POST", rejected=False),
}
