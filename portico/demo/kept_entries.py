"""The directory entries of an office as it keeps them: one change waits, one was refused, one is
published, and all of it is to be confirmed within a week.

Imported once Django is set up.
"""

from typing import Any, Final

from portico.demo import acting, delegates, papers
from portico.demo.offices import LAKESIDE
from portico.demo.scene import Scene
from portico.domains.directory import attesting, attesting_clock, change_files, changes, listings, reviewing
from portico.domains.directory.change_files import Looked
from portico.domains.directory.changes import Wish
from portico.domains.directory.entries import Entry
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit

KEEPER: Final = delegates.KEEPER
DESK: Final = "plan_staff"
CONFIRMED_DAYS_AGO: Final = 84
_WHY: Final = "This number is the fax of the front desk. Send the number that patients call."


def everything(scene: Scene) -> None:
    """Confirm the entries when they were last confirmed, change some, and remind as the clock does."""
    _make(scene)
    found = _confirm(scene)
    _published(scene, found[0])
    _refused(scene, found[0])
    _waiting(scene, found[-1])
    attesting_clock.keep(actor=acting.system(scene.now))


def _make(scene: Scene) -> None:
    """The office's part of the directory, whether or not the rest of it is there yet."""
    with permit(acting.system(scene.now), Function.LOADING) as given:
        listings.renew(given, tax_ids=LAKESIDE.tax_ids)
        given.conclude("refreshed")


def _confirm(scene: Scene) -> list[Entry]:
    """Confirm them all as they were then; answers of those that stay, which can be changed today."""
    actor = scene.act(KEEPER, scene.ago(CONFIRMED_DAYS_AGO))
    sheet = attesting.sheet(actor=actor)
    attesting.confirm(actor=actor, shown={one.entry.number: one.digest for one in sheet.page.rows})
    today = attesting.sheet(actor=scene.act(KEEPER, scene.now)).page.rows
    return [one.entry for one in today if one.entry.last_on is None]


def _published(scene: Scene, entry: Entry) -> None:
    wanted = not entry.says["telehealth"]
    reference = _send(scene.act(KEEPER, scene.business("6.3")), entry, "telehealth", wanted)
    _must(reviewing.accept(actor=scene.act(DESK, scene.business("5.1")), reference=reference))


def _refused(scene: Scene, entry: Entry) -> None:
    number = _another(str(entry.says["telephone"]))
    reference = _send(scene.act(KEEPER, scene.business("3.4")), entry, "telephone", number)
    _must(reviewing.refuse(actor=scene.act(DESK, scene.business("2.2")), reference=reference, why=_WHY))


def _waiting(scene: Scene, entry: Entry) -> None:
    letter = papers.page(LAKESIDE.name, "Panel notice", "Signed by the office manager")
    looked = change_files.look("panel-notice.pdf", letter)
    if not isinstance(looked, Looked):
        raise acting.CannotFurnish(f"the demo's own document was refused: {looked}")
    wanted = not entry.says["accepts_new_patients"]
    _send(scene.act(KEEPER, scene.business("0.7")), entry, "accepts_new_patients", wanted, looked)


def _send(actor: Actor, entry: Entry, field: str, after: Any, file: Looked | None = None) -> str:
    wish = Wish(entry.number, field, after, actor.today)
    return changes.send(actor=actor, wish=wish, file=file)


def _another(telephone: str) -> str:
    """A number kept for fiction that is not this one."""
    return f"{telephone[:6]}{'0187' if telephone.endswith('0186') else '0186'}"


def _must(done: bool, /) -> None:
    if not done:
        raise acting.CannotFurnish("the plan could not decide on a change of the demo")
