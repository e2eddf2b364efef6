"""Fills the provider file: some 400 providers for 10,000 members, 6,000 at most."""

from collections.abc import Iterator
from datetime import date
from functools import cache

from portico.demo import days, identifiers, lines, names, practices, specialties, unregistered
from portico.demo.chance import Chance, Weighted
from portico.demo.regions import REGIONS, STREETS, Region
from portico.demo.roster import Affiliation, Group, Practice, Provider
from portico.demo.specialties import Specialty

_FEWEST, _MOST, _MEMBERS_EACH = 200, 6000, 50
_CROWD = 4  # providers to a practice, on average
_GROUPS_A_REGION = 2
_REGIONS = Weighted([(region, region.share) for region in REGIONS])
_KINDS = Weighted([("primary", 46), ("specialist", 40), ("facility", 10), ("hospital", 4)])
_WORDS = (
    "Sunrise Pacific Golden Hillside Heritage Bayview Unity Evergreen Mariposa Summit Harmony Beacon".split()
)
_LANGUAGES = Weighted(
    [("es", 40), ("zh", 12), ("vi", 10), ("tl", 9), ("ko", 5), ("hy", 4), ("fa", 4), ("ru", 4), ("hi", 4)]
)
_PRIMARY_CARE_SIGN = frozenset(specialties.PRIMARY_CARE) - {specialties.PEDIATRICS}


def how_many(members: int) -> int:
    """The number of providers a plan of so many members has."""
    return min(_MOST, _FEWEST + members // _MEMBERS_EACH)


def affiliations(*, members: int, seed: int, today: date) -> Iterator[Affiliation]:
    """Every affiliation of the provider file: the demo's own practices first, then the others."""
    yield from practices.affiliations(today)
    yield from unregistered.affiliations(today)
    providers = practice_number = 0
    neighbour = practices.HARBOR_POINT
    while providers < how_many(members):
        chance = Chance(seed, "practice", practice_number)
        staff = list(_practice(chance, practice_number, providers, today))
        yield from staff
        yield from _also_next_door(chance, staff, neighbour)
        neighbour = staff[0].practice
        providers += len(staff)
        practice_number += 1


def _also_next_door(chance: Chance, staff: list[Affiliation], neighbour: Practice) -> Iterator[Affiliation]:
    """Some people bill under a second tax ID."""
    for here in staff:
        if not here.provider.is_organization and here.last_on is None and chance.happens(0.07):
            yield _joined(here.provider, neighbour, here.first_on)


def _practice(chance: Chance, number: int, first_provider: int, today: date) -> Iterator[Affiliation]:
    kind = _KINDS.pick(chance) if number >= len(REGIONS) else "primary"
    region = _REGIONS.pick(chance) if number >= len(REGIONS) else REGIONS[number]
    lead = _lead_specialty(chance, kind)
    practice = _place(chance, number, region, lead)
    opened = days.month_start(today, -chance.between(14, 150))
    if kind in ("facility", "hospital"):
        place = Provider(_npi(first_provider), True, practice.name, lead, _licence(first_provider))
        yield _joined(place, practice, opened)
        return
    for seat in range(chance.between(1, _CROWD * 2 - 1)):
        yield from _staff(chance, practice, lead, first_provider + seat, opened, today)


def _lead_specialty(chance: Chance, kind: str) -> Specialty:
    if kind == "hospital":
        return specialties.HOSPITAL
    choices = {"primary": specialties.PRIMARY_CARE, "specialist": specialties.SPECIALISTS}
    return chance.pick(choices.get(kind, specialties.FACILITIES))


def _place(chance: Chance, number: int, region: Region, lead: Specialty) -> Practice:
    town, word = chance.pick(region.towns), chance.pick(_WORDS)
    name = f"{word} {_care(lead)} of {town.name}"
    group = chance.pick(groups(region)) if chance.happens(0.75) else None
    chosen = tuple(code for code in lines.CODES if number < len(REGIONS) or chance.happens(0.72))
    street = f"{chance.between(10, 4999)} {chance.pick(STREETS)}"
    mail = f"office{number}@{identifiers.MAIL_DOMAIN}"
    served = chosen or lines.CODES
    return Practice(_tax_id(number), name, town, region.code, street, served, group, number, mail)


def _care(lead: Specialty) -> str:
    """What the sign over the door says."""
    if lead in specialties.SPECIALISTS:
        return f"{lead.name.split(',')[0].capitalize()} Specialists"
    return "Primary Care" if lead in _PRIMARY_CARE_SIGN else lead.name.title()


@cache
def groups(region: Region) -> tuple[Group, ...]:
    """The medical groups of a region."""
    named = ("Physicians", "Community Care Group")[:_GROUPS_A_REGION]
    return tuple(
        Group(f"{region.code[:2].upper()}{i + 1:02d}", f"{region.name} {w}") for i, w in enumerate(named)
    )


def _staff(
    chance: Chance, practice: Practice, lead: Specialty, number: int, opened: date, today: date
) -> Iterator[Affiliation]:
    provider = _person(chance, number, lead)
    joined = max(opened, days.month_start(today, -chance.between(0, 90)))
    fate = chance.random()
    if fate < 0.06:
        yield _joined(provider, practice, opened, days.month_end(today, -chance.between(1, 13)))
    elif fate < 0.10:
        yield _joined(provider, practice, joined, takes_part=False)
    else:
        yield _joined(provider, practice, joined, accepts=fate < 0.85)


def _person(chance: Chance, number: int, lead: Specialty) -> Provider:
    name = names.person(chance, names.family(chance), names.WOMAN if chance.happens(0.55) else names.MAN)
    also = tuple(dict.fromkeys(_LANGUAGES.pick(chance) for _ in range(chance.below(3))))
    return Provider(
        _npi(number),
        False,
        name.last,
        lead,
        _licence(number),
        name.first,
        name.middle,
        name.suffix,
        languages=("en", *also),
    )


def _joined(
    who: Provider,
    where: Practice,
    first_on: date,
    last_on: date | None = None,
    *,
    accepts: bool = True,
    takes_part: bool = True,
) -> Affiliation:
    served, begins, ends = (where.lines, first_on, last_on) if takes_part else ((), None, None)
    return Affiliation(who, where, first_on, last_on, served, begins, ends, accepts)


def _npi(number: int) -> str:
    return identifiers.npi(10_000_000 + number * 37)


def _tax_id(number: int) -> str:
    return identifiers.tax_id(2_000_000 + number * 113)


def _licence(number: int) -> str:
    return f"ZZ{100_000 + number}"
