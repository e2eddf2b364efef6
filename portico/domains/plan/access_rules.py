"""How offices hand out access here: the plan's rules, read by everybody, replaced as a whole by whoever may.

They count at the next request of every process, a second later at most (`policy`). A change keeps what it
changed, before and after, as subjects of its audit row: by them the audit tells every version there was.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import fields
from typing import Final

from django.db import transaction

from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import access_rule_bounds, models, policy
from portico.domains.plan.access_rule_bounds import CannotSet
from portico.domains.plan.policy import AccessRules

__all__ = ["CannotSet", "Changed", "read", "replace", "version"]

SUBJECT: Final = ("access_rules", "table")
"""What every change is about: by it the audit finds them."""
WAS: Final = "rule_was"
IS: Final = "rule_is"


class Changed(Exception):
    """Somebody else has changed the rules since they were read."""


def read() -> AccessRules:
    """The rules as they are now. No permit: what is asked of people is told to everybody."""
    return policy.access()


def version(rules: AccessRules) -> str:
    """A short digest of what they say, to tell whether somebody changed them meanwhile."""
    return hashlib.sha256(repr(rules).encode()).hexdigest()[:16]


def replace(*, actor: Actor, rules: AccessRules, was: str = "") -> bool:
    """Put these rules in place of those there are; answers whether anything changed by it.

    `was`: the version they were made from; "" overwrites whatever there is. Raises CannotSet, Changed,
    NotPermitted.
    """
    with permit(actor, Function.ACCESS_RULES, lately=True) as given:
        before = _locked()
        if was and was != version(before):
            raise Changed
        access_rule_bounds.check(rules)
        said = list(_changes(before, rules))
        if said:
            _write(given, rules, said)
        given.conclude("access_rules_replaced" if said else "access_rules_kept")
        return bool(said)


def _locked() -> AccessRules:
    """The rules before the change; two who change them at once take turns, by the plan's own row."""
    models.Profile.objects.select_for_update().order_by().values_list("pk").first()
    return read()


def _write(given: Permit, rules: AccessRules, said: list[tuple[str, str]]) -> None:
    values: dict[str, object] = {each.name: getattr(rules, each.name) for each in fields(rules)}
    values |= {"changed_at": given.actor.asked_at, "changed_by": given.actor.user_id}
    models.AccessPolicy.objects.update_or_create(pk=1, defaults=values)
    given.note_subject(*SUBJECT)
    for kind, text in said:
        given.note_subject(kind, text)
    policy.forget()
    transaction.on_commit(policy.forget)  # what was asked for in between is remembered as it was before


def _changes(before: AccessRules, after: AccessRules) -> Iterator[tuple[str, str]]:
    """Each rule that changed, before and after, as a short text; - is nothing."""
    for each in fields(AccessRules):
        old, new = getattr(before, each.name), getattr(after, each.name)
        if old != new:
            yield WAS, f"{each.name} {_said(old)}"
            yield IS, f"{each.name} {_said(new)}"


def _said(value: object) -> str:
    return "-" if value == "" else str(value)
