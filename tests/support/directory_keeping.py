"""The small world's directory: the entries of its offices, a change of one, and whoever keeps them."""

import re
from typing import Any

from django.apps import apps

from portico.domains.directory import changes, models
from portico.domains.directory.change_files import Looked
from portico.domains.directory.changes import Wish
from portico.domains.directory.tests.keeping import document
from portico.domains.members.tests import factories
from tests.support import cast, directory
from tests.support import world as worlds
from tests.support.actors import TODAY
from tests.support.world import World

KEEPER = "without_function"
"""Who of the cast keeps the entries of the front desk's tax ID, and may do nothing else."""
OTHER_NUMBER = "5305550177"


def entry_of(world: World, tax_id: str = cast.OWN) -> models.Listing:
    """The entry of a tax ID; the directory is made when a test first needs it."""
    del world
    held = models.Listing.objects.filter(tax_id=tax_id).order_by("pk")
    if not held.exists():
        directory.refresh()
    return held[0]


def another_entry(world: World, number: int) -> None:
    """One more provider under the front desk's tax ID, with a change that waits."""
    factories.a_provider(f"19999900{number:02}", cast.OWN)
    directory.refresh()
    entry = models.Listing.objects.get(npi=f"19999900{number:02}")
    wish = Wish(entry.pk, "telehealth", True, TODAY)
    changes.send(actor=worlds.actor(world[KEEPER]), wish=wish)


def change_of(
    world: World, field: str = "telephone", after: Any = OTHER_NUMBER, *, file: Looked | None = None
) -> str:
    """A change the keeper sent, with a document unless another is given; its reference."""
    wish = Wish(entry_of(world).pk, field, after, TODAY)
    return changes.send(actor=worlds.actor(world[KEEPER]), wish=wish, file=file or document())


def waits_again(reference: str) -> None:
    """Nothing was decided of it."""
    models.Change.objects.filter(reference=reference).update(
        state="sent", why="", decided_at=None, decided_by=None, published_at=None, settled_at=None
    )


def due(**facts: Any) -> None:
    """Every entry is to be confirmed so."""
    models.Listing.objects.update(**facts)


def feed(**facts: Any) -> None:
    """The provider file says this now, of everybody in it."""
    apps.get_model("offices", "Affiliation").objects.update(**facts)
    directory.refresh()


def ticked(answer: Any) -> list[str]:
    """What the page of confirming would send as it is."""
    return re.findall(r'name="true"\s+value="([^"]+)"', answer.content.decode())
