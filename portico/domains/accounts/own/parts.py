"""The part of the plan somebody worked in last, remembered for their next sign-in."""

from portico.domains.accounts import models
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.plan import catalogue


class UnknownPart(ValueError):
    """The plan has no such line, or no such region."""


def remember(*, actor: Actor, line: str = "", region: str = "") -> None:
    """Remember the line and the region by code, "" for all of them. Raises UnknownPart, NotPermitted."""
    with permit(actor, Function.OWN_ACCOUNT) as given:
        _check(line, region)
        models.User.objects.filter(pk=actor.user_id or 0).update(line=line, region=region)
        given.conclude("part_remembered")


def _check(line: str, region: str) -> None:
    choices = catalogue.choices()
    if line and line not in {each.code for each in choices.lines}:
        raise UnknownPart(f"the plan has no line {line}")
    if region and region not in {each.code for each in choices.regions}:
        raise UnknownPart(f"the plan has no region {region}")
