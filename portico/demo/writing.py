"""What the plan's editors are at: words that mean the same, a draft, one given back, one to be looked at.

Imported once Django is set up; the library is loaded.
"""

from datetime import date
from typing import Final

from portico.demo import days
from portico.demo.library import documents
from portico.demo.library.shapes import Document
from portico.demo.scene import Scene
from portico.domains.library import editing, publishing
from portico.domains.library.search import synonyms
from portico.domains.library.wording import About, Wording
from portico.domains.plan import days as plan_days

EDITOR, OTHER = "communications_staff", "plan_staff"
WAITS, GIVEN_BACK, DRAFT, ARCHIVED = (
    "employer-hmo-telehealth",
    "update-saturdays",
    "update-shingles-billing",
    "directory-form",
)
_AHEAD: Final = 21
_ADDED: Final = """

## By message

From {day} an answer to a patient's message that takes you more than five minutes in seven days is paid, once
in seven days, where the patient began it and agreed. It is no part of a visit then.
"""
_SATURDAYS: Final = """Provider Services answers the telephone on Saturdays, from 9:00 to 1:00.

| question | on Saturdays |
| --- | --- |
| eligibility and benefits | yes |
| status of a claim | yes |
| disputes | Monday |
"""
_SHINGLES: Final = """For members of Medicare plans a pharmacy bills the vaccine against shingles.

Offices that have it in stock …
"""
_ANSWER: Final = (
    "Say whether urgent authorizations are answered on Saturdays too; that is what offices will ask."
)


def everything(scene: Scene) -> None:
    """Keep the usual synonyms, take a form out of use, and leave three texts on the editors' desk."""
    editor = scene.act(EDITOR, scene.now)
    synonyms.add_usual(actor=editor)
    publishing.archive(actor=editor, key=ARCHIVED)
    _ask_to_look_at(scene)
    _have_one_given_back(scene)
    _begin(scene, DRAFT, "Shingles vaccine: who bills it", _SHINGLES, "vaccinations")


def _ask_to_look_at(scene: Scene) -> None:
    """A new version of a part of a manual, which somebody else has to look at."""
    editor, begins = scene.act(EDITOR, scene.now), _begins(scene)
    document = next(each for each in documents.everything(plan_days.of(scene.now)) if each.key == WAITS)
    latest = document.versions[-1]
    saved = editing.anew(actor=editor, key=WAITS, first_on=begins)
    said = Wording(
        title=latest.title,
        summary=latest.summary,
        body=latest.body + _ADDED.format(day=f"{begins:%B} {begins.day}").rstrip(),
        lines=frozenset(latest.lines),
        first_on=begins,
    )
    editing.save(actor=editor, key=WAITS, about=_about(document), said=said, was=saved.changed_at)
    editing.send(actor=editor, key=WAITS)


def _have_one_given_back(scene: Scene) -> None:
    _begin(scene, GIVEN_BACK, "Provider Services on Saturdays", _SATURDAYS, "contacts")
    editing.send(actor=scene.act(EDITOR, scene.now), key=GIVEN_BACK)
    publishing.refuse(actor=scene.act(OTHER, scene.now), key=GIVEN_BACK, number=1, answer=_ANSWER)


def _begin(scene: Scene, key: str, title: str, body: str, topic: str) -> None:
    said = Wording(title=title, body=body, first_on=_begins(scene), lines=frozenset())
    about = About(kind="update", topics=(topic,))
    editing.begin(actor=scene.act(EDITOR, scene.now), key=key, about=about, said=said)


def _begins(scene: Scene) -> date:
    return days.days_after(plan_days.of(scene.now), _AHEAD)


def _about(document: Document) -> About:
    return About(
        kind=document.kind,
        material_number=document.material_number,
        part_of=document.part_of,
        position=document.position,
        topics=tuple(sorted(document.topics)),
    )
