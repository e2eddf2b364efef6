"""The two columns in which providers are chosen: those found on the left, those chosen on the right.

Each button sends the whole form and shows the page again; where scripts run the two columns alone are
exchanged. What is looked for travels in the form, never in an address.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.http import QueryDict

from portico.domains.access.delegating import choices
from portico.domains.access.delegating.choices import ProviderChoice, Wanted
from portico.domains.permits.actors import Actor
from portico.edges.web.people.access.chosen import LONGEST, Chosen

MOST_SHOWN = 100
MOST_AT_ONCE = 500
LONGEST_PLACE = 240
AFTER = "after:"


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: part of a name or an NPI, a location, and where the list goes on."""

    text: str = ""
    place: str = ""
    after: str = ""
    is_asked: bool = False

    @property
    def wanted(self) -> Wanted:
        """The same as the domain asks it."""
        return Wanted(self.text, self.place)


@dataclass(frozen=True, slots=True)
class Picker:
    """Both columns: `found` to add, `chosen` to remove, those of them `elsewhere` under no chosen tax ID.

    `more` are chosen and not shown; `said` is what the last button did.
    """

    sought: Sought
    places: tuple[str, ...] = ()
    found: tuple[ProviderChoice, ...] = ()
    next_key: str = ""
    chosen: tuple[ProviderChoice, ...] = ()
    elsewhere: tuple[str, ...] = ()
    more: int = 0
    npis: tuple[str, ...] = ()
    said: str = ""
    has_tax_ids: bool = False

    @property
    def added(self) -> frozenset[str]:
        """Who is chosen already."""
        return frozenset(self.npis)

    @property
    def after(self) -> str:
        """What the button for the next ones sends."""
        return f"{AFTER}{self.next_key}"


@dataclass(slots=True)
class Asked:
    """Who asks, for which office, and what was said of it."""

    actor: Actor
    office: str
    chosen: Chosen
    sought: Sought = field(default_factory=Sought)
    said: str = ""

    def act(self, do: str, data: QueryDict) -> None:
        """What a button of the picker does to what is chosen."""
        codes, before = self.chosen.providers.codes, len(self.chosen.providers.codes)
        if do == "add":
            codes.update(data.getlist("take"))
        elif do == "add_all":
            codes.update(self._all_found())
        elif do == "drop":
            codes.difference_update(data.getlist("drop"))
        elif do == "drop_all":
            codes.clear()
        if do in ("add", "add_all", "drop", "drop_all"):
            self.chosen.providers.is_every = False
            self.said = _said(len(codes) - before, len(codes))

    def picker(self) -> Picker:
        """Both columns as they are now; asked for where some are named, or somebody looked."""
        named = not self.chosen.providers.is_every
        if not (named or self.sought.is_asked):
            return Picker(self.sought, has_tax_ids=bool(self.chosen.tax_ids))
        page = choices.providers(
            actor=self.actor,
            tax_ids=self.chosen.tax_ids,
            wanted=self.sought.wanted,
            office=self.office,
            key=self.sought.after,
        )
        npis = tuple(sorted(self.chosen.providers.codes))
        rows = self._rows(npis)
        return Picker(
            self.sought,
            choices.places(actor=self.actor, tax_ids=self.chosen.tax_ids, office=self.office),
            page.rows,
            page.next_key or "",
            rows,
            _elsewhere(npis, rows),
            max(0, len(npis) - MOST_SHOWN),
            npis,
            self.said,
            bool(self.chosen.tax_ids),
        )

    def _rows(self, npis: Collection[str]) -> tuple[ProviderChoice, ...]:
        if not npis:
            return ()
        wanted = Wanted(npis=npis)
        tax_ids = self.chosen.tax_ids
        return choices.providers(
            actor=self.actor, tax_ids=tax_ids, wanted=wanted, office=self.office, size=MOST_SHOWN
        ).rows

    def _all_found(self) -> set[str]:
        """Everybody the search finds who may be added, as many as are added at once."""
        page = choices.providers(
            actor=self.actor,
            tax_ids=self.chosen.tax_ids,
            wanted=self.sought.wanted,
            office=self.office,
            size=MOST_AT_ONCE,
        )
        return {each.npi for each in page.rows if not each.why}


def sought(data: QueryDict, do: str) -> Sought:
    """What was looked for."""
    after = do.removeprefix(AFTER) if do.startswith(AFTER) else ""
    text, place = data.get("find", "").strip(), data.get("place", "")
    return Sought(text[:LONGEST], place[:LONGEST_PLACE], after, is_asked=True)


def _elsewhere(npis: Collection[str], rows: Collection[ProviderChoice]) -> tuple[str, ...]:
    if len(npis) > MOST_SHOWN:
        return ()
    return tuple(sorted(set(npis).difference(each.npi for each in rows)))


def _said(change: int, count: int) -> str:
    chosen = f"{count} provider{'' if count == 1 else 's'} chosen."
    if change == 0:
        return f"Nothing changed. {chosen}"
    return f"{abs(change)} {'added' if change > 0 else 'removed'}. {chosen}"
