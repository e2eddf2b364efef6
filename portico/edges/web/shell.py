"""What the frame around every page shows; `base.html` reads one `Shell` from the context as `shell`."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class NavigationItem:
    """One entry of the primary navigation; a locked one stays visible and leads to `why_url`.

    Neighbours of one `group` fold below its name; without one, an entry stands in the bar itself.
    """

    label: str
    url: str
    current: bool = False
    state: Literal["open", "locked"] = "open"
    why_url: str = ""
    group: str = ""

    @property
    def is_locked(self) -> bool:
        """Say whether this persona finds the door closed."""
        return self.state == "locked"


@dataclass(frozen=True, slots=True, kw_only=True)
class NavigationGroup:
    """Neighbouring entries of the navigation: below one name, or (no label) in the bar itself."""

    label: str
    items: tuple[NavigationItem, ...]

    @property
    def is_current(self) -> bool:
        """Say whether the page belongs to one of its entries."""
        return any(item.current for item in self.items)

    @property
    def is_locked(self) -> bool:
        """Say whether this persona finds every door in it closed."""
        return all(item.is_locked for item in self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Who is signed in, as the header says it; `masked_tax_id` arrives masked.

    `works_for`: the office that somebody of a billing company works for now; `side_url` where they choose;
    `side_is_another`: it is not the one they chose, which they work for no more.
    """

    person: str
    office: str = ""
    persona: str = ""
    masked_tax_id: str = ""
    account_url: str = ""
    sign_out_url: str = ""
    switch_url: str = ""
    works_for: str = ""
    side_url: str = ""
    side_is_another: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Idle:
    """When a page that nobody uses warns, and where it asks; seconds are whole."""

    seconds: int
    mark: str
    warned_before: int
    left_url: str
    keep_url: str
    sign_in_url: str
    sign_out_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A line or a region to choose."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOfPlan:
    """The part of the plan this page speaks of, in words, and the others to choose; `page` is its address."""

    said: str
    line: str
    region: str
    lines: tuple[Choice, ...]
    regions: tuple[Choice, ...]
    url: str
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A page that is open to everybody, in the footer."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """The plan's words, the person, the navigation and the footer; instants are aware.

    `time_zone` names the zone a person chose; empty where instants are in the plan's.
    """

    plan_name: str
    provider_services_phone: str
    product_name: str = "Provider Portal"
    home_url: str = "/"
    is_demo: bool = False
    signed_in: SignedIn | None = None
    idle: Idle | None = None
    part: PartOfPlan | None = None
    sign_in_url: str = ""
    navigation: tuple[NavigationItem, ...] = ()
    data_fresh_at: datetime | None = None
    help_url: str = ""
    support_url: str = ""
    links: tuple[Link, ...] = ()
    terms_url: str = ""
    time_zone: str = ""
    version: str = ""
    theme: Literal["", "light", "dark"] = ""
    appearance_url: str = ""
    plan_stylesheet: str = ""

    @property
    def menu(self) -> tuple[NavigationGroup, ...]:
        """The navigation, its neighbours of one group together."""
        grouped = groupby(self.navigation, key=lambda item: item.group)
        return tuple(NavigationGroup(label=label, items=tuple(items)) for label, items in grouped)
