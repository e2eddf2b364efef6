"""A provider as the roster lists it, for whoever has to be found there. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Listed:
    """A provider, and how it stands on a day under the tax IDs that were asked for.

    An organisation's name is its `last_name`. `billed`: tax IDs it bills, billed or will bill under; of those
    `in_force` today, and `participating`: it takes part in some line under them today. `contacts`: how the
    roster reaches it under those in force, (kind, value), kinds email, telephone, fax.
    """

    npi: str
    is_organization: bool
    last_name: str
    first_name: str
    middle_name: str
    licence_number: str
    licence_state: str
    billed: frozenset[str] = frozenset()
    in_force: frozenset[str] = frozenset()
    participating: frozenset[str] = frozenset()
    contacts: tuple[tuple[str, str], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Roster:
    """What the roster holds of an NPI, a licence and some tax IDs.

    `tax_ids`: the names of those it knows, by number; `offices`: the offices with an account that bill under
    them, by number; `shared`: those under which more than one bills that day, person or organisation.
    """

    providers: tuple[Listed, ...] = ()
    tax_ids: Mapping[str, str] = field(default_factory=dict)
    offices: Mapping[str, int] = field(default_factory=dict)
    shared: frozenset[str] = frozenset()
