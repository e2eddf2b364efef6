"""Builds the synthetic plan: feeds of Northlake Health Plan, the same bytes for the same size, seed and day.

    providers.csv        the provider file
    zip_codes.csv        where the ZIP codes lie
    licences.csv         the state's board
    exclusions.csv       who is excluded
    benefit_plans.csv    three years of every plan
    authorization_requirements-….csv   what needs an authorization: three lists, a file each
    834-full-001.x12 …   every member, as of this morning
    834-changes.x12      what happened since: a coverage ended in the past, a newborn
    accumulators.csv     what has been used so far
    library/             what offices read: manuals, updates, letters, forms, guidelines, help
    837p.x12, 837i.x12   two years of claims as offices submitted them
    claims.csv           what some of them waited for, and where those stand that are not decided
    835.x12              what was paid, Wednesday by Wednesday
    encounters/          files that a medical group sends: right, with mistakes, hostile; not to be loaded
    tomorrow/834-changes.x12   kept for a walk-through; not to be loaded with the rest

Load them in that order. People are drawn one household at a time, so memory does not grow with the plan.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from portico.demo import (
    benefit_feed,
    case_households,
    cases,
    enrolment,
    enrolment_feed,
    exclusion_feed,
    licence_feed,
    population,
    provider_feed,
    providers,
    requirement_feed,
    zip_feed,
)
from portico.demo.accumulator_feed import AccumulatorFile
from portico.demo.cases import Case
from portico.demo.claims.agreed import Agreed
from portico.demo.claims.encounters import Sample
from portico.demo.claims.ledger import Ledger
from portico.demo.claims.shelf import Shelf
from portico.demo.enrolment import Maintenance
from portico.demo.enrolment_feed import Loop
from portico.demo.households import Household
from portico.demo.library import folder as library_folder
from portico.demo.roster import Affiliation, PcpPool

Progress = Callable[[int, int], None]
_TOLD_EVERY = 1000
_CHANGES, _TOMORROW = 9001, 9002


@dataclass(frozen=True, slots=True)
class Built:
    """What was written: the files in the order to load them, how many rows, and the named cases.

    `enrolment` ends with the change file; `tomorrow` stays unloaded; `library` is a folder. `members` counts
    people once all are loaded. `agreed` waits for the numbers of requests.
    """

    folder: Path
    providers: Path
    zip_codes: Path
    licences: Path
    exclusions: Path
    benefit_plans: Path
    requirements: tuple[Path, ...]
    enrolment: tuple[Path, ...]
    accumulators: Path
    library: Path
    of_claims: tuple[tuple[str, tuple[Path, ...]], ...]
    encounters: tuple[Sample, ...]
    tomorrow: Path
    members: int
    households: int
    affiliations: int
    licensed: int
    excluded: int
    benefits: int
    used: int
    documents: int
    cases: tuple[Case, ...]
    claims: tuple[dict[str, Any], ...]
    agreed: tuple[Agreed, ...]
    payments: tuple[dict[str, Any], ...]

    @property
    def loads(self) -> tuple[tuple[str, tuple[Path, ...]], ...]:
        """What `portico load` is told, in this order: the kind of feed, and its files."""
        return (
            ("providers", (self.providers,)),
            ("zip-codes", (self.zip_codes,)),
            ("licences", (self.licences,)),
            ("exclusions", (self.exclusions,)),
            ("benefits", (self.benefit_plans,)),
            ("requirements", self.requirements),
            ("834", self.enrolment),
            ("accumulators", (self.accumulators,)),
            ("library", (self.library,)),
            *self.of_claims,
        )


class _Counted:
    """Passes households on, keeping their accumulators and the count on the way."""

    def __init__(self, used: AccumulatorFile, total: int, progress: Progress | None) -> None:
        self._used, self._total, self._progress = used, total, progress
        self.households = self.members = 0

    def each(self, households: Iterator[Household]) -> Iterator[Household]:
        told = 0
        for household in households:
            self._used.add(household)
            self.households += 1
            self.members += len(household.people)
            if self._progress and self.members - told >= _TOLD_EVERY:
                told = self.members
                self._progress(min(told, self._total), self._total)
            yield household


def build(members: int, seed: int, out: Path, today: date, progress: Progress | None = None) -> Built:
    """Write every feed into the folder `out`, made if need be; files there of the same names are replaced,
    and its folder `library` is made anew.

    `members` counts the named cases, which are always there: a smaller number gives just them. `progress` is
    told how many members are done, of how many.
    """
    (out / "tomorrow").mkdir(parents=True, exist_ok=True)
    total = max(members, cases.people(today))
    affiliations = list(providers.affiliations(members=total, seed=seed, today=today))
    rows = provider_feed.write(out / "providers.csv", affiliations)
    zip_feed.write(out / "zip_codes.csv")
    licensed = licence_feed.write(out / "licences.csv", affiliations, today=today)
    excluded = exclusion_feed.write(out / "exclusions.csv", today=today)
    benefits = benefit_feed.write(out / "benefit_plans.csv", today=today)
    requirements = requirement_feed.write(out, today=today)
    changes, tomorrow = _write_changes(out, today)
    shutil.rmtree(out / "library", ignore_errors=True)
    documents = library_folder.write(out / "library", today=today)
    with Shelf() as shelf, (out / "accumulators.csv").open("w", encoding="utf-8", newline="") as target:
        ledger = Ledger(shelf, members=total, seed=seed, today=today)
        used = AccumulatorFile(target, today)
        counted = _Counted(used, total, progress)
        everybody = counted.each(_everybody(total, seed, today, affiliations, ledger))
        full = enrolment_feed.write_full(out, everybody, today=today)
        of_claims = ledger.write(out)
        encounters = ledger.write_encounters(out)
    if progress:
        progress(total, total)
    return Built(
        folder=out,
        providers=out / "providers.csv",
        zip_codes=out / "zip_codes.csv",
        licences=out / "licences.csv",
        exclusions=out / "exclusions.csv",
        benefit_plans=out / "benefit_plans.csv",
        requirements=requirements,
        enrolment=(*full, changes),
        accumulators=out / "accumulators.csv",
        library=out / "library",
        of_claims=of_claims,
        encounters=encounters,
        tomorrow=tomorrow,
        members=total,
        households=counted.households,
        affiliations=rows,
        licensed=licensed,
        excluded=excluded,
        benefits=benefits,
        used=used.rows,
        documents=documents,
        cases=cases.cases(today),
        claims=ledger.claims,
        agreed=ledger.agreed,
        payments=ledger.payments,
    )


def _everybody(
    total: int, seed: int, today: date, affiliations: list[Affiliation], ledger: Ledger
) -> Iterator[Household]:
    yield from ledger.of_cases(iter(cases.households(today)))
    pcps = PcpPool(iter(affiliations), today)
    drawn = total - cases.people(today)
    drawing = population.Population(members=drawn, seed=seed, today=today, pcps=pcps)
    yield from ledger.of_others(drawing.households())


def _write_changes(out: Path, today: date) -> tuple[Path, Path]:
    """The change file that is part of the plan, and the one kept for tomorrow."""
    since: list[Loop] = []
    later: list[Loop] = []
    for story in case_households.stories(today):
        since += _changed(story.in_full_file or story.household, story.household)
        later += _changed(story.household, story.tomorrow or story.household)
    changes = enrolment_feed.write_changes(out / "834-changes.x12", since, number=_CHANGES, today=today)
    path = out / "tomorrow" / "834-changes.x12"
    return changes, enrolment_feed.write_changes(path, later, number=_TOMORROW, today=today)


def _changed(before: Household, after: Household) -> Iterator[Loop]:
    """The member loops that turn one household into the other."""
    known = {person.suffix: person for person in before.people}
    for person in after.people:
        if person.suffix not in known:
            yield enrolment.loop(after, person, Maintenance.ADD)
        elif person != known[person.suffix]:
            ended = person.coverages[-1].ends_on is not None
            yield enrolment.loop(after, person, Maintenance.END if ended else Maintenance.CHANGE)
