"""The questions, and the one answer each has at every door: what a newcomer reads first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from portico.domains.members.answers import Verdict
from portico.domains.members.asked import NoAnswer
from portico.domains.permits.reasons import Reason
from tests.agreement import people
from tests.agreement.heard import At, Covered, Expected, Question, Refused, Several, Span, Unanswered
from tests.support import cast, patients
from tests.support.doors.x12 import Sought

YEAR: Final = (date(2026, 1, 1), date(2026, 12, 31))
MEMBER_BORN: Final = date(1984, 5, 6)


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What a door says instead, or None where it cannot be asked there; and why that is right."""

    why: str
    expected: Expected | str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A question and its answer; `otherwise` are the doors where something else is right."""

    name: str
    question: Question
    expected: Expected
    otherwise: Mapping[At, Otherwise] = field(default_factory=dict)


def _quillfeather(
    member_id: str, first: str = "", born: date | None = MEMBER_BORN, last: str = "Quillfeather"
) -> Sought:
    return Sought(member_id, last, first, born)


ZEPHYRINE = _quillfeather(patients.ZEPHYRINE)
CLEMENTINA = Sought(patients.SUBSCRIBER, "Wintergreen", "Clementina", date(1951, 11, 23))
OTTOLINE = Sought("NLQX8844", "Wintergreen", "Ottoline", date(2014, 8, 9), subscriber=CLEMENTINA)
HOMONYMS = frozenset(
    {patients.ZEPHYRINE, patients.PERPETUA, patients.ENDED, patients.LATER, patients.UNSCHEDULED}
)

GOLD = Span(Verdict.ACTIVE, patients.HMO_CODE, "HMO Gold", cast.HMO, *YEAR)
SILVER = Span(Verdict.ACTIVE, patients.PPO_CODE, "PPO Silver", cast.PPO, *YEAR)
FOUND = Covered(patients.ZEPHYRINE, Verdict.ACTIVE, GOLD)
TODAY_ALONE = "this door answers as of today"
ID_ALONE = "a search by member ID asks for nothing else"
HANDED_IN = "nothing may be handed in without a grant that runs"
OWN_TAX_ID = "an application asks for the tax ID it was registered with"
CHOOSES = "several are shown to choose among"


def _span(verdict: Verdict, code: str, name: str, line: str, begins: date, ends: date | None) -> Span:
    return Span(verdict, code, name, line, begins, ends)


def _covered(member_id: str, span: Span, *others: Span) -> Covered:
    return Covered(member_id, span.verdict, span, frozenset(others))


_TODAY_ALONE: Final = {At.FHIR: Otherwise(TODAY_ALONE)}
_HANDED_IN: Final = {At.BATCH: Otherwise(HANDED_IN, "UnAuthorized")}

CASES: Final[tuple[Case, ...]] = (
    Case("found and active", Question("front_desk", ZEPHYRINE), FOUND),
    Case(
        "in the grace period",
        Question("front_desk", Sought(people.OVERDUE, "Overbeck", "Odile", date(1979, 7, 8))),
        _covered(
            people.OVERDUE,
            _span(Verdict.ACTIVE_IN_GRACE, "7QX", "HMO Gold", cast.HMO, date(2026, 1, 1), None),
        ),
    ),
    Case(
        "begins later",
        Question("front_desk", _quillfeather(patients.LATER)),
        _covered(
            patients.LATER,
            _span(Verdict.NOT_YET_ACTIVE, "7QX", "HMO Gold", cast.HMO, date(2026, 4, 1), None),
        ),
    ),
    Case(
        "ended",
        Question("front_desk", _quillfeather(patients.ENDED)),
        _covered(
            patients.ENDED,
            _span(Verdict.TERMINATED, "7QX", "HMO Gold", cast.HMO, date(2025, 1, 1), date(2026, 1, 31)),
        ),
    ),
    Case(
        "ended, asked about a day before",
        Question("front_desk", _quillfeather(patients.ENDED), as_of=date(2026, 1, 20)),
        _covered(
            patients.ENDED,
            _span(Verdict.ACTIVE, "7QX", "HMO Gold", cast.HMO, date(2025, 1, 1), date(2026, 1, 31)),
        ),
        _TODAY_ALONE,
    ),
    Case(
        "never covered",
        Question("front_desk", _quillfeather(patients.NEVER, born=None)),
        Covered(patients.NEVER, Verdict.NOT_COVERED),
    ),
    Case(
        "a dental coverage beside the medical one",
        Question("front_desk", Sought(people.TWO_COVERAGES, "Twombly")),
        _covered(
            people.TWO_COVERAGES,
            GOLD,
            Span(Verdict.ACTIVE, people.DENTAL_CODE, people.DENTAL, cast.PPO, date(2025, 6, 1), None),
        ),
    ),
    Case("a dependent", Question("front_desk", OTTOLINE), _covered("NLQX8844", SILVER)),
    Case(
        "by name and birth date",
        Question("front_desk", _quillfeather("", "Zephyrine")),
        FOUND,
    ),
    Case(
        "by SSN",
        Question("front_desk", Sought(ssn=patients.SSN, birth_date=MEMBER_BORN)),
        FOUND,
        {At.FHIR: Otherwise("this door knows no search by SSN")},
    ),
    Case(
        "several of one name",
        Question("front_desk", _quillfeather("")),
        Several(HOMONYMS),
    ),
    Case(
        "nobody has the ID",
        Question("front_desk", _quillfeather("NLZZ0000")),
        Unanswered(NoAnswer.MEMBER_ID_NOT_FOUND),
    ),
    Case(
        "nobody has the name",
        Question("front_desk", Sought(last_name="Quillfeatherstone", birth_date=MEMBER_BORN)),
        Unanswered(NoAnswer.NAME_NOT_FOUND),
    ),
    Case(
        "nobody has the SSN",
        Question("front_desk", Sought(ssn="900456780", birth_date=MEMBER_BORN)),
        Unanswered(NoAnswer.SSN_NOT_FOUND),
        {At.FHIR: Otherwise("this door knows no search by SSN")},
    ),
    Case(
        "another birth date with the ID",
        Question("front_desk", _quillfeather(patients.ZEPHYRINE, born=date(1984, 5, 7))),
        Unanswered(NoAnswer.BIRTH_DATE_DIFFERS),
        {At.WEB: Otherwise(ID_ALONE, FOUND)},
    ),
    Case(
        "another birth date with the name",
        Question("front_desk", Sought(last_name="Quillfeather", birth_date=date(1984, 5, 7))),
        Unanswered(NoAnswer.NAME_NOT_FOUND),
    ),
    Case(
        "another name with the ID",
        Question("front_desk", _quillfeather(patients.ZEPHYRINE, last="Wintergreen", born=None)),
        Unanswered(NoAnswer.NAME_DIFFERS),
        {At.WEB: Otherwise(ID_ALONE, FOUND)},
    ),
    Case(
        "covered in a line that is not granted",
        Question("medi_cal_only", ZEPHYRINE),
        Unanswered(NoAnswer.MEMBER_ID_NOT_FOUND),
    ),
    Case(
        "one granted line of several",
        Question("medi_cal_only", _quillfeather(patients.PERPETUA)),
        _covered(
            patients.PERPETUA,
            Span(Verdict.ACTIVE, patients.MEDI_CAL_CODE, "Medi-Cal Managed Care", cast.MEDI_CAL, *YEAR),
        ),
    ),
    Case(
        "a day too long ago",
        Question("front_desk", ZEPHYRINE, as_of=date(2025, 3, 11)),
        Unanswered(NoAnswer.TOO_EARLY),
        _TODAY_ALONE,
    ),
    Case(
        "a day too far ahead",
        Question("front_desk", ZEPHYRINE, as_of=date(2026, 4, 1)),
        Unanswered(NoAnswer.TOO_LATE),
        _TODAY_ALONE,
    ),
    Case(
        "the second of two tax IDs",
        Question("two_tax_ids", ZEPHYRINE, tax_id=cast.SECOND),
        FOUND,
    ),
    Case("asked by another office", Question("outsider", ZEPHYRINE), FOUND),
    Case(
        "without benefits",
        Question("eligibility_only", ZEPHYRINE),
        FOUND,
    ),
    Case(
        "a tax ID of the same office that is not granted",
        Question("front_desk", ZEPHYRINE, tax_id=cast.SECOND),
        Refused(Reason.TAX_ID_NOT_GRANTED),
    ),
    Case(
        "a tax ID of another office",
        Question("front_desk", ZEPHYRINE, tax_id=cast.FOREIGN),
        Refused(Reason.TAX_ID_NOT_GRANTED),
        {At.FHIR: Otherwise(OWN_TAX_ID)},
    ),
    Case(
        "outside the network",
        Question("out_of_network", ZEPHYRINE),
        Refused(Reason.NOT_PARTICIPATING),
    ),
    Case(
        "without the function",
        Question("without_function", ZEPHYRINE),
        Refused(Reason.FUNCTION_NOT_GRANTED),
        _HANDED_IN,
    ),
    Case("a grant that is over", Question("expired", ZEPHYRINE), Refused(Reason.GRANT_EXPIRED), _HANDED_IN),
    Case("a grant that was ended", Question("revoked", ZEPHYRINE), Refused(Reason.GRANT_EXPIRED), _HANDED_IN),
    Case(
        "a grant that begins later",
        Question("early", ZEPHYRINE),
        Refused(Reason.GRANT_NOT_YET_ACTIVE),
        _HANDED_IN,
    ),
    Case(
        "a grant nobody confirmed",
        Question("proposed", ZEPHYRINE),
        Refused(Reason.GRANT_PROPOSED),
        _HANDED_IN,
    ),
    Case(
        "an administrator",
        Question("administrator", ZEPHYRINE),
        Refused(Reason.ADMINISTRATOR_HAS_NO_PHI),
        dict.fromkeys((At.REAL_TIME, At.BATCH, At.FHIR), Otherwise("no machine is an administrator")),
    ),
)
