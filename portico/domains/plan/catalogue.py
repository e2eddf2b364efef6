"""The plan's catalogue: its lines of business, regions and who it is; the operator sets it, all read it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from django.core.cache import cache
from django.db import transaction

from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.plan import models, rules
from portico.shared import prepared

_IDENTITY = "plan.identity"
_CHOICES = "plan.choices"
REMEMBERED_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Named:
    """A line of business or a region: its stable code and its name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the plan is; `card_details` holds what stands on member ID cards (RxBIN and the like)."""

    name: str
    short_name: str
    telephone: str
    support_email: str
    payer_id: str = ""
    card_details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person may choose among: the plan's lines of business and its regions, in its order."""

    lines: tuple[Named, ...]
    regions: tuple[Named, ...]

    @property
    def line_names(self) -> dict[str, str]:
        """Line names by code."""
        return {line.code: line.name for line in self.lines}

    @property
    def region_names(self) -> dict[str, str]:
        """Region names by code."""
        return {region.code: region.name for region in self.regions}


_LINES = prepared.Query(
    lambda: models.LineOfBusiness.objects.values_list("code", "name"), may_be_remembered=True
)
NOBODY = Identity("Portico", "Portico", "", "")


def lines() -> tuple[Named, ...]:
    """Every line of business, in the plan's order."""
    return tuple(Named(code, name) for code, name in _LINES.rows())


def line_names() -> dict[str, str]:
    """Line names by code, in the plan's order."""
    return {line.code: line.name for line in lines()}


def regions() -> tuple[Named, ...]:
    """Every region the plan serves, in the plan's order."""
    rows = models.Region.objects.values_list("code", "name")
    return tuple(Named(code, name) for code, name in rows)


def choices() -> Choices:
    """The lines and the regions as every page offers them. A process remembers them for five seconds."""
    held: Choices | None = cache.get(_CHOICES)
    if held is None:
        held = Choices(lines(), regions())
        cache.set(_CHOICES, held, REMEMBERED_SECONDS)
    return held


def identity() -> Identity:
    """Who the plan is; `NOBODY` before it was set.

    Every page asks, and the answer changes once in years: a process remembers it for five seconds.
    """
    known: Identity | None = cache.get(_IDENTITY)
    if known is None:
        known = _identity()
        cache.set(_IDENTITY, known, REMEMBERED_SECONDS)
    return known


def configure(*, actor: Actor, identity: Identity, lines: Sequence[Named], regions: Sequence[Named]) -> None:
    """Set who the plan is, its lines and regions; codes already there are renamed, none is removed.

    Raises CannotConfigure, and NotPermitted unless the system asks.
    """
    with permit(actor, Function.CONFIGURATION) as given:
        _check(identity, lines, regions)
        models.Profile.objects.update_or_create(
            id=1, defaults=asdict(identity) | {"card_details": dict(identity.card_details)}
        )
        for position, line in enumerate(lines):
            models.LineOfBusiness.objects.update_or_create(
                code=line.code, defaults={"name": line.name, "position": position}
            )
        for position, region in enumerate(regions):
            models.Region.objects.update_or_create(
                code=region.code, defaults={"name": region.name, "position": position}
            )
        given.conclude("configured")
        _forget()
        transaction.on_commit(_forget)  # what was asked for in between is remembered as it was before


def _check(identity: Identity, lines: Sequence[Named], regions: Sequence[Named]) -> None:
    rules.check_identity({what: said for what, said in asdict(identity).items() if what != "card_details"})
    rules.check_named("line", [(line.code, line.name) for line in lines])
    rules.check_named("region", [(region.code, region.name) for region in regions])


def _identity() -> Identity:
    row = models.Profile.objects.first()
    if row is None:
        return NOBODY
    return Identity(
        row.name, row.short_name, row.telephone, row.support_email, row.payer_id, row.card_details
    )


def _forget() -> None:
    cache.delete_many((_IDENTITY, _CHOICES))
