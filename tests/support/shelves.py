"""Documents of the library in the small world, written by its communications desk."""

from datetime import date, timedelta
from typing import Any

from django.apps import apps

from portico.domains.library import editing, publishing
from portico.domains.library.wording import About, Wording
from tests.support import cast
from tests.support import world as worlds
from tests.support.pdfs import pdf
from tests.support.world import World

KEY = "prior-authorization"
BODY = (
    "## When to ask\n\nBefore the visit.\n\n| Service | Days |\n| --- | ---: |\n| MRI | 3 |\n\n"
    "[The form](attachment:form.pdf)"
)


def said(**changes: Any) -> Wording:
    """What a version says."""
    base: dict[str, Any] = {
        "title": "Prior authorization",
        "first_on": date(2026, 3, 1),
        "summary": "When to ask, and how.",
        "body": BODY,
        "lines": frozenset({cast.HMO}),
    }
    return Wording(**{**base, **changes})


def draft(world: World, key: str = KEY, number: str = "", **changes: Any) -> str:
    """A document with a draft and a file; its key."""
    actor = worlds.actor(world["communications"])
    apps.get_model("library", "Topic").objects.get_or_create(code="claims", defaults={"name": "Claims"})
    about = About(kind="manual", material_number=number)
    editing.begin(actor=actor, key=key, about=about, said=said(**changes))
    editing.attach(actor=actor, key=key, name="form.pdf", content=pdf("Form"), says="The form")
    return key


def waiting(world: World, key: str = KEY, **changes: Any) -> str:
    """One that waits to be looked at."""
    draft(world, key, **changes)
    editing.send(actor=worlds.actor(world["communications"]), key=key)
    return key


def published(world: World, key: str = KEY, **changes: Any) -> str:
    """One that is published."""
    waiting(world, key, **changes)
    publishing.approve(actor=worlds.actor(world["operations"]), key=key, number=1)
    return key


def scheduled(world: World, key: str = KEY, **changes: Any) -> str:
    """One that appears tomorrow."""
    waiting(world, key, **changes)
    actor = worlds.actor(world["operations"])
    publishing.approve(actor=actor, key=key, number=1, at=actor.asked_at + timedelta(days=1))
    return key


def version(key: str = KEY, number: int = 1) -> Any:
    """A version's row."""
    return apps.get_model("library", "Version").objects.get(document__key=key, number=number)
