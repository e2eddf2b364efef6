"""Support cases: one that waits, one that is late, one answered, one closed.

Imported once Django is set up.
"""

from datetime import datetime

from portico.demo import group, handing
from portico.demo.scene import Scene
from portico.domains.permits.functions import Function
from portico.domains.support import case_review, cases
from portico.domains.support.case_rules import CaseEnding, CaseTopic
from portico.domains.support.cases import New
from portico.domains.support.diagnosing import Asked
from portico.domains.support.facts import Fact

_EVERY_FACT = frozenset(map(str, Fact))


def everything(scene: Scene) -> None:
    """Open each, and do with it what the plan's desk does."""
    _closed(scene)
    _answered(scene)
    _late(scene)
    _open(
        scene,
        "not_verified",
        "I handed my papers to the office. Do you have them?",
        scene.business("0.4"),
        Asked(Function.CLAIMS_INQUIRY, group.MAIN, "employer-ppo"),
    )


def _open(
    scene: Scene, key: str, words: str, at: datetime, asked: Asked, topic: CaseTopic = CaseTopic.CLOSED
) -> str:
    new = New(topic, asked, words, _EVERY_FACT, entrance="providers", browser="Firefox on Windows")
    return cases.open_case(actor=scene.act(key, at), new=new)


def _late(scene: Scene) -> None:
    asked = Asked(Function.ELIGIBILITY)
    words = "Everything about patients is closed since last week. Nobody here knows why."
    case = _open(scene, "review_overdue", words, scene.business("1.7"), asked)
    desk = scene.act(handing.SUPPORT, scene.business("1.1"))
    case_review.take(actor=desk, reference=case)
    case_review.note(
        actor=desk, reference=case, words="Their access review lapsed. Called Mr. Mercer, no answer."
    )


def _answered(scene: Scene) -> None:
    asked = Asked(Function.ELIGIBILITY, group.MAIN, "medi-cal")
    words = "Medi-Cal is closed to me, my colleague has it."
    case = _open(scene, "ends_soon", words, scene.business("2.2"), asked)
    desk = scene.act(handing.SUPPORT, scene.business("1.6"))
    case_review.take(actor=desk, reference=case)
    case_review.answer(
        actor=desk,
        reference=case,
        words="You hold the employer lines. The closed page has a button that asks Rosalind Keane for more.",
    )


def _closed(scene: Scene) -> None:
    asked = Asked(Function.MANAGE_USERS)
    words = "Two of my people have left. Where do I take their access away?"
    case = _open(scene, group.WHOLE, words, scene.business("5"), asked, CaseTopic.PEOPLE)
    desk = scene.act(handing.SUPPORT, scene.business("4.6"))
    case_review.answer(actor=desk, reference=case, words="Under People, on each person's page: Suspend.")
    case_review.end(
        actor=scene.act(handing.SUPPORT, scene.business("4")), reference=case, ending=CaseEnding.EXPLAINED
    )
