"""Lets people of offices in as their administrators do, and changes what they may do since.

Imported once Django is set up.
"""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from portico.demo import billing, first_steps, group
from portico.demo.group import Came, Hand
from portico.demo.lines import CODES
from portico.demo.scene import Scene
from portico.domains.access import looking_after
from portico.domains.access.delegating import changing, creating, sets, suspending, templates
from portico.domains.access.delegating.creating import Created, NewPerson
from portico.domains.access.delegating.sets import Access, AccessSet, AdministratorSet, Where
from portico.domains.plan import access_rules, days

SUPPORT, OPERATIONS = "support_staff", "plan_staff"
_CHANGES = (40, 31, 22, 20)


def let_in(scene: Scene, hands: Iterable[Hand]) -> None:
    """Make them one after the other; those who came may act from then on."""
    for hand in hands:
        _let_in(scene, hand, at=scene.clock(hand.days_ago, 9, 20))


def let_in_now(scene: Scene, hand: Hand, *, at: datetime) -> None:
    """Make this one at that instant."""
    _let_in(scene, hand, at=at)


def propose(scene: Scene, hand: Hand) -> None:
    """For two days the plan wants a second administrator to confirm; meanwhile somebody is let in."""
    rules = access_rules.read()
    begins, ends = scene.clock(hand.days_ago + 1, 11), scene.clock(hand.days_ago - 1, 16)
    access_rules.replace(
        actor=scene.act(OPERATIONS, begins), rules=replace(rules, confirmed_by="administrator")
    )
    let_in(scene, [hand])
    access_rules.replace(actor=scene.act(OPERATIONS, ends), rules=rules)


def change_often(scene: Scene, persona_id: int) -> None:
    """A history: claims for one tax ID, then in employer lines alone; suspended over a leave, and back."""
    wider, narrower, away, back = (scene.clock(each, 14, 40) for each in _CHANGES)
    billing = dict.fromkeys(templates.of("biller").functions)
    main = Where(frozenset((group.MAIN,)))
    changing.change(
        actor=scene.act(group.WHOLE, wider), persona_id=persona_id, access=AccessSet(main, billing)
    )
    lines = dict.fromkeys(billing, group.EMPLOYER)
    changing.change(
        actor=scene.act(group.WHOLE, narrower), persona_id=persona_id, access=AccessSet(main, lines)
    )
    suspending.suspend(actor=scene.act(group.WHOLE, away), persona_id=persona_id)
    suspending.restore(actor=scene.act(group.WHOLE, back), persona_id=persona_id)


def records(scene: Scene) -> list[dict[str, Any]]:
    """The entries of `var/demo.json` of those one can sign in as."""
    of_group = (group.NARROWER, *group.EARLY, *group.LATER, group.NEW_BILLER)
    every = (*of_group, billing.BILLER, billing.LEFT_BEHIND)
    return [_record(scene, hand) for hand in every if hand.says]


def _let_in(scene: Scene, hand: Hand, *, at: datetime) -> None:
    created = _made(scene, hand, at)
    if hand.came is Came.NOT:
        return
    first_at, password = at + timedelta(hours=2), hand.password or secrets.token_urlsafe()
    scene.who[hand.key] = first_steps.take(created.user_id, hand.username, hand.email, password, at=first_at)
    if hand.came is Came.VERIFIED:
        support = scene.act(SUPPORT, first_at + timedelta(hours=1))
        looking_after.vouch(
            actor=support, user_id=created.user_id, why="Seen at the office, with a passport."
        )
    if hand.key == "changed_often":
        change_often(scene, created.persona_id)


def _made(scene: Scene, hand: Hand, at: datetime) -> Created:
    first_name, _, last_name = hand.name.partition(" ")
    person = NewPerson(first_name, last_name, hand.email, username=hand.username)
    return creating.create(actor=scene.act(hand.by, at), person=person, access=_access(hand, at))


def _access(hand: Hand, at: datetime) -> Access:
    last_on = None if hand.days_left is None else days.of(at + timedelta(days=hand.days_left))
    where = Where(hand.tax_ids, providers=hand.providers, last_on=last_on)
    if hand is group.NARROWER:
        return AdministratorSet(where, hands_out=frozenset(templates.of("front_desk").functions))
    return AccessSet(where, dict.fromkeys(templates.of(hand.role).functions, hand.lines))


def _record(scene: Scene, hand: Hand) -> dict[str, Any]:
    who, access = scene.who[hand.key], _access(hand, scene.ago(hand.days_ago))
    functions = [item.function for item in sets.items(sets.whole(access))]
    return {
        "key": hand.key,
        "username": hand.username,
        "password": hand.password,
        "totp_secret": who.totp_secret,
        "persona": str(access.kind),
        "office": hand.office,
        "tax_ids": sorted(hand.tax_ids),
        "lines": [code for code in CODES if hand.lines is None or code in hand.lines],
        "functions": [str(function) for function in functions],
        "says": hand.says,
    }
