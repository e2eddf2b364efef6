"""What the plan's desk and an office see of machines: finished values, no secret among them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, prefetch_related_objects

from portico.domains.access import models


@dataclass(frozen=True, slots=True)
class Row:
    """One machine in a list. `sign_in_name` is a partner's username or a client's ID."""

    public_id: UUID
    kind: str
    name: str
    office_key: str
    office_name: str
    tax_id: str
    sign_in_name: str
    sender_id: str
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Held:
    """A grant the machine holds or held; empty lines, regions or providers mean every one."""

    id: int
    function: str
    state: str
    first_on: date
    last_on: date | None
    tax_ids: tuple[str, ...]
    lines: tuple[str, ...]
    regions: tuple[str, ...]
    providers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Secret:
    """When a secret was made, and when it ends or ended; never the secret."""

    created_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class Machine:
    """One machine with all that is known of it; `key_ids` name the public keys that were handed in."""

    row: Row
    contact_email: str
    key_ids: tuple[str, ...]
    key_set_url: str
    scopes: tuple[str, ...]
    grants: tuple[Held, ...]
    secrets: tuple[Secret, ...]


def row(machine: models.Machine) -> Row:
    """The machine as a list shows it; its office must be at hand."""
    return Row(
        public_id=machine.public_id,
        kind=machine.kind,
        name=machine.name,
        office_key=machine.office.key,
        office_name=machine.office.name,
        tax_id=machine.tax_id,
        sign_in_name=machine.username or machine.client_id or "",
        sender_id=machine.sender_id or "",
        created_at=machine.created_at,
        last_used_at=machine.last_used_at,
        revoked_at=machine.revoked_at,
    )


def whole(machine: models.Machine) -> Machine:
    """The machine with its grants and its secrets' days, the newest first. Three queries."""
    return each_whole([machine])[0]


def each_whole(machines: Sequence[models.Machine]) -> tuple[Machine, ...]:
    """The same of several, in as many queries."""
    secrets = Prefetch("secrets", models.MachineSecret.objects.order_by("-pk"))
    grants = Prefetch("grants", models.Grant.objects.order_by("-pk").prefetch_related("limits"))
    prefetch_related_objects(machines, secrets, grants)
    return tuple(map(_whole, machines))


def _whole(machine: models.Machine) -> Machine:
    return Machine(
        row=row(machine),
        contact_email=machine.contact_email,
        key_ids=tuple(str(key["kid"]) for key in machine.key_set.get("keys", ())),
        key_set_url=machine.key_set_url,
        scopes=tuple(machine.scopes),
        grants=tuple(map(_held, machine.grants.all())),
        secrets=tuple(Secret(each.created_at, each.ends_at) for each in machine.secrets.all()),
    )


def _held(grant: models.Grant) -> Held:
    named: dict[str, list[str]] = defaultdict(list)
    for limit in grant.limits.all():
        named[limit.dimension].append(limit.value)
    values = {dimension: tuple(sorted(found)) for dimension, found in named.items()}
    of = models.GrantLimit.Dimension
    return Held(
        id=grant.pk,
        function=grant.function,
        state=grant.state,
        first_on=grant.first_on,
        last_on=grant.last_on,
        tax_ids=values.get(of.TAX_ID, ()),
        lines=values.get(of.LINE, ()),
        regions=values.get(of.REGION, ()),
        providers=values.get(of.PROVIDER, ()),
    )
