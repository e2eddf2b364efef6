"""The rules of the demo's plan: what is approved without a person looking, and what a person always looks at.

Imported once Django is set up.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from portico.demo import acting
from portico.demo.scene import Scene
from portico.domains.authorizations import approval_desk
from portico.domains.authorizations.approval_desk import NewRule
from portico.domains.authorizations.approval_rules import YES, Condition
from portico.domains.plan import days

CHILDREN, NURSING, SUPPLIES = "children-to-a-nurse", "home-nursing-first-visits", "sleep-supplies"
_AGO: Final = 90
_IN_NETWORK: Final = Condition("requesting_in_network", "is", (YES,))


def everything(scene: Scene) -> None:
    """Publish them three months ago, to count from that day on."""
    at = scene.ago(_AGO)
    for rule in published(days.of(at)):
        approval_desk.publish(actor=acting.system(at), new=rule)


def published(first_on: date) -> Iterator[NewRule]:
    """The rules, in the order they are tried."""
    yield NewRule(
        key=CHILDREN,
        outcome="pend",
        conditions=(Condition("age", "at_most", ("17",)),),
        text="What is asked for a child is looked at by a nurse, whatever it is.",
        citation="Northlake policy on care of children 2.1",
        first_on=first_on,
        position=10,
    )
    yield NewRule(
        key=NURSING,
        outcome="approve",
        conditions=(Condition("codes", "all_in", ("G0299-G0300",)), _few("4"), _IN_NETWORK),
        text="The first four visits of a nurse at home are approved, so that care can begin.",
        citation="Northlake policy on care at home 6.2",
        first_on=first_on,
        position=40,
    )
    yield NewRule(
        key=SUPPLIES,
        outcome="approve",
        conditions=(
            Condition("codes", "all_in", ("A7027-A7046",)),
            Condition("diagnoses", "any_in", ("G473*",)),
            _few("2"),
            _IN_NETWORK,
        ),
        text="Masks and tubes of a device against sleep apnea are approved for a quarter at a time.",
        citation="Northlake policy on devices for sleep 3.4",
        first_on=first_on,
        position=50,
    )


def _few(most: str) -> Condition:
    return Condition("units", "at_most", (most,))
