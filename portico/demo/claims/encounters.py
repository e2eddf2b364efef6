"""Files of encounters that a medical group can send: one that is right, one with mistakes, and worse.

Nobody loads them with the rest.

encounters/earlier-65.x12 …  what the group sent so many days ago; the demo sends it while it is built
encounters/clean.x12         every record can be taken
encounters/errors.x12        nine of fifteen records have one mistake each, as `MISTAKES` says
encounters/same_number.x12   the control number of the clean one, and other bytes
encounters/truncated.x12     ends in the middle
encounters/hostile.x12       values that want to be run, calculated or laid out
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from portico.demo import identifiers, practices
from portico.demo.claims import care, deciding, told, treating, visits
from portico.demo.claims.care import Care
from portico.demo.claims.visits import Visit
from portico.demo.households import Household, Person
from portico.domains.claims.facts.submitted import Diagnosis, DiagnosisKind, Form, SentClaim
from portico.transactions.claims import writer
from portico.transactions.claims.ends import Ends

FOLDER: Final = "encounters"
TAX_ID: Final = practices.CEDAR_RIDGE.tax_id
EARLIER = "earlier"
CLEAN, WITH_ERRORS, SAME_NUMBER, TRUNCATED, HOSTILE = "clean", "errors", "same_number", "truncated", "hostile"
_SAYS: Final = {
    EARLIER: "Already sent: its reports are there; the same bytes get the same answers again",
    CLEAN: "Every record can be taken",
    WITH_ERRORS: "Nine of fifteen records have a mistake; each can be repaired on screen",
    SAME_NUMBER: "Send it after the clean one: the control number is known, with other bytes",
    TRUNCATED: "Ends in the middle: refused as a whole",
    HOSTILE: "Values that want to be run, calculated or laid out",
}
_PEOPLE, _CLEAN, _MIXED, _DAYS_BETWEEN = 60, 12, 15, 3
_EARLIER, _A_DAY, _ONE_WRONG_IN = 60, 2, 12
SENT_AGO, _COVERED_FOR = (65, 35, 5), 130
_CARE: Final = (care.COLD, care.DIABETES, care.FLU, care.ANEMIA)
_EARLIER_CARE: Final = (care.YEARLY, care.BACK)
_ENDS: Final = Ends(
    sender="CEDARRIDGEMG",
    receiver=told.PAYER_ID,
    sender_name=practices.CEDAR_RIDGE.name,
    receiver_name=told.PAYER.name,
    contact="Encounter desk",
    telephone=practices.telephone(practices.CEDAR_RIDGE),
)


class Waiting:
    """Members of the group's doctors, as they go by: as many as the files need."""

    def __init__(self, today: date) -> None:
        self._today, self._found = today, list[tuple[Household, Person]]()

    def look(self, household: Household) -> None:
        """Keep those who have been covered here for long enough."""
        for person in household.people:
            if len(self._found) < _PEOPLE and self._is_ours(person):
                self._found.append((household, person))

    def _is_ours(self, person: Person) -> bool:
        now = visits.coverage_on(person, self._today)
        since = self._today - timedelta(days=_COVERED_FOR)
        pcp = now.pcp if now else None
        return bool(now and pcp and pcp.tax_id == TAX_ID and now.begins_on <= since) and not person.others

    def earlier(self, sent_on: date) -> Iterator[SentClaim]:
        """What was sent that day: two visits of each of the days before it."""
        for place in range(_EARLIER):
            household, person = self._found[place % len(self._found)]
            on = sent_on - timedelta(days=2 + place // _A_DAY)
            yield self._encounter(household, person, on, place, _EARLIER_CARE, sent_on)

    def encounters(self, count: int, *, first: int) -> Iterator[SentClaim]:
        """So many encounters, each some days before the one before it."""
        for place in range(first, first + count):
            household, person = self._found[place % len(self._found)]
            on = self._today - timedelta(days=_DAYS_BETWEEN * (place + 1))
            yield self._encounter(household, person, on, place, _CARE, self._today)

    def _encounter(
        self,
        household: Household,
        person: Person,
        on: date,
        place: int,
        what: tuple[Care, ...],
        written_on: date,
    ) -> SentClaim:
        covered = visits.coverage_on(person, on)
        if covered is None:
            raise LookupError(f"nobody covers {household.subscriber_id} on {on}")
        who = (treating.HELEN, treating.LUIS)[place % 2]
        visit = Visit(household, person, covered, what[place % len(what)], who, on)
        lines = deciding.billed(visit, self._today)
        control = f"CRE-{written_on:%y%j}{place:04d}"
        sent = told.sent(visit, lines, control=control, written_on=written_on, number="")
        return replace(sent, is_encounter=True)


def _with_service(claim: SentClaim, **changes: Any) -> SentClaim:
    first, *others = claim.services
    return replace(claim, services=(replace(first, **changes), *others))


def _with_subscriber(claim: SentClaim, **changes: Any) -> SentClaim:
    return replace(claim, subscriber=replace(claim.subscriber, **changes))


def _with_rendering(claim: SentClaim, npi: str) -> SentClaim:
    return replace(claim, rendering=replace(claim.rendering, npi=npi) if claim.rendering else None)


def _of_next_month(claim: SentClaim) -> SentClaim:
    day = (claim.written_on or date.max) + timedelta(days=30)
    return replace(claim, services=tuple(replace(each, first_on=day, last_on=day) for each in claim.services))


MISTAKES: Final[Mapping[str, Callable[[SentClaim], SentClaim]]] = {
    "npi_form": lambda claim: _with_rendering(claim, "2990000068"),
    "provider_not_affiliated": lambda claim: _with_rendering(claim, practices.GRACE_LIN.npi),
    "member_unknown": lambda claim: _with_subscriber(
        claim, member_id=identifiers.subscriber_id(0)[:-1] + "X"
    ),
    "member_birth_date_differs": lambda claim: _with_subscriber(claim, birth_date=date(1931, 2, 28)),
    "member_name_differs": lambda claim: _with_subscriber(claim, last_name="Quillfeather"),
    "charges_do_not_add_up": lambda claim: replace(claim, billed=claim.billed + Decimal("10.00")),
    "date_in_future": _of_next_month,
    "diagnosis_form": lambda claim: replace(claim, diagnoses=(Diagnosis("9A", DiagnosisKind.PRINCIPAL),)),
    "procedure_form": lambda claim: _with_service(claim, code="T1O15"),
}
_HOSTILE: Final = (
    "<script>alert(1)</script>",
    "=HYPERLINK(http //example.org)",
    "'; DROP TABLE claims_claim; --",
    "{{ 7 }}{% debug %}",
    "../../etc/passwd",
    "W" * 60,
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A file of encounters: which, where, and what becomes of it."""

    key: str
    path: Path
    records: int
    says: str

    def record(self, feeds: Path) -> dict[str, Any]:
        """The file as `var/demo.json` shows it; `feeds` lies in the data folder."""
        path = f"{feeds.parent.name}/{self.path.relative_to(feeds.parent).as_posix()}"
        return {"key": self.key, "path": path, "tax_id": TAX_ID, "records": self.records, "says": self.says}


def write(folder: Path, waiting: Waiting, *, today: date) -> tuple[Sample, ...]:
    """Write the files into a folder of their own below `folder`."""
    (folder / FOLDER).mkdir(exist_ok=True)
    clean = list(waiting.encounters(_CLEAN, first=0))
    mixed = list(waiting.encounters(_MIXED, first=_CLEAN))
    changed = [replace(clean[0], note="Sent once more"), *clean[1:]]
    whole = _file(clean, today, 1)
    contents = {
        CLEAN: (whole, len(clean)),
        WITH_ERRORS: (_file(list(_mistaken(mixed)), today, 2), len(mixed)),
        SAME_NUMBER: (_file(changed, today, 1), len(changed)),
        TRUNCATED: (_file(clean, today, 3)[: len(whole) * 2 // 3], len(clean)),
        HOSTILE: (_file([_hostile(one, at) for at, one in enumerate(mixed)], today, 4), len(mixed)),
    }
    samples = [_kept(folder / FOLDER, key, *content) for key, content in contents.items()]
    return (*samples, *(_earlier(folder / FOLDER, waiting, today, ago) for ago in SENT_AGO))


def _earlier(folder: Path, waiting: Waiting, today: date, ago: int) -> Sample:
    """What was sent so many days ago, now and then with a mistake."""
    sent_on, mistakes = today - timedelta(days=ago), list(MISTAKES.values())
    claims = [
        claim if place % _ONE_WRONG_IN else mistakes[place // _ONE_WRONG_IN % len(mistakes)](claim)
        for place, claim in enumerate(waiting.earlier(sent_on))
    ]
    return _kept(folder, f"{EARLIER}-{ago}", _file(claims, sent_on, 1), len(claims))


def _mistaken(claims: list[SentClaim]) -> Iterator[SentClaim]:
    """One mistake in each of the first; the others are right."""
    mistakes = list(MISTAKES.values())
    for place, claim in enumerate(claims):
        yield mistakes[place](claim) if place < len(mistakes) else claim


def _hostile(claim: SentClaim, place: int) -> SentClaim:
    value = _HOSTILE[place % len(_HOSTILE)]
    named = _with_subscriber(claim, last_name=value[:60], first_name=value[:35])
    return replace(named, patient_control_number=f"{value[:16]}{place}", note=value)


def _file(claims: list[SentClaim], today: date, number: int) -> bytes:
    """One interchange; the same day and number make the same."""
    at = datetime.combine(today, time(9))
    control = today.toordinal() % 100_000 * 1000 + number
    file = BytesIO()
    writer.write(
        file, claims, form=Form.PROFESSIONAL, ends=_ENDS, at=at, control_number=control, line_end="\n"
    )
    return file.getvalue()


def _kept(folder: Path, key: str, content: bytes, records: int) -> Sample:
    path = folder / f"{key}.x12"
    path.write_bytes(content)
    return Sample(key, path, records, _SAYS[key.partition("-")[0]])
