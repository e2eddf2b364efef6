"""The households behind the named cases, told as stories relative to the day the demo is built."""

from collections.abc import Iterator
from datetime import date

from portico.demo import days
from portico.demo.case_parts import (
    BIJAN,
    GRACE,
    HELEN,
    LUIS,
    PAUL,
    TEMPERANCE,
    Story,
    alone,
    house,
    span,
    spent,
    ssn,
    used,
    who,
)
from portico.demo.households import CHILD, SPOUSE, SUBSCRIBER, OtherCoverage, Person
from portico.demo.names import Name

_MINE = "PCP in your group"


def stories(today: date) -> Iterator[Story]:
    """Every story, in the order a guide tells them."""
    yield from _plain(today)
    yield from _ended(today)
    yield from _families(today)
    yield from _names(today)
    yield from _assignments(today)
    yield from _amounts(today)
    yield from _changing(today)


def _plain(today: date) -> Iterator[Story]:
    begun = days.month_start(today, -20)
    active = span("7QX", begun, GRACE)
    yield alone(
        "active", 193, who("Okafor", "Adaeze", "F", "1985-03-14", 193, active), f"Active; {_MINE}", 412
    )
    begins = days.month_start(today, 1)
    future = span("4HB", begins, GRACE)
    yield alone(
        "future",
        101,
        who("Brennan", "Tomas", "M", "1991-07-02", 101, future),
        f"Not covered today: coverage begins on {begins}",
    )


def _ended(today: date) -> Iterator[Story]:
    begun = days.month_start(today, -30)
    ended = days.month_end(today, -2)
    gone = span("4HC", begun, GRACE, ended)
    yield alone(
        "terminated",
        102,
        who("Vasquez", "Maria", "F", "1978-11-23", 102, gone),
        f"Not covered: ended on {ended}",
    )
    retro = days.month_end(today, -3)
    before = house(103, (who("Haddad", "Samir", "M", "1969-05-30", 103, span("7QS", begun, GRACE)),))
    after = house(103, (who("Haddad", "Samir", "M", "1969-05-30", 103, span("7QS", begun, GRACE, retro)),))
    yield Story(
        "retroactively_terminated",
        after,
        f"Not covered: ended on {retro}, as the plan learnt only in the latest change file",
        in_full_file=before,
    )
    resumed = days.month_start(today, -4)
    pause = days.month_end(today, -7)
    spans = (span("4HC", begun, BIJAN, pause), span("4HC", resumed, BIJAN))
    without = f"{days.days_after(pause, 1)} to {days.days_after(resumed, -1)}"
    yield alone(
        "gap",
        104,
        who("Lindqvist", "Petra", "F", "1988-01-19", 104, *spans),
        f"Active since {resumed}; not covered from {without}",
    )


def _families(today: date) -> Iterator[Story]:
    begun = days.month_start(today, -40)
    adults, young = span("4HA", begun, GRACE, level="FAM"), span("4HA", begun, TEMPERANCE, level="FAM")
    family = (
        who("Nguyen", "Linh", "F", "1983-09-08", 105, adults),
        who("Nguyen", "Quang", "M", "1981-02-27", 105, adults, relationship=SPOUSE, suffix=2),
        who("Nguyen", "Mai", "F", "2013-06-15", 105, young, relationship=CHILD, suffix=3),
        who("Nguyen", "Bao", "M", "2016-12-03", 105, young, relationship=CHILD, suffix=4),
    )
    yield Story("family", house(105, family), f"Active; four members on this policy; {_MINE}")
    both = span("4HB", begun, TEMPERANCE, level="ECH")
    twins = (
        who("Ibarra", "Rosa", "F", "1987-04-11", 106, span("4HB", begun, GRACE, level="ECH")),
        who("Ibarra", "Marisol", "F", "2017-08-21", 106, both, relationship=CHILD, suffix=2, twin=1),
        who("Ibarra", "Marisela", "F", "2017-08-21", 106, both, relationship=CHILD, suffix=3, twin=2),
    )
    says = "Active; her twin sister Marisela shares last name and birthday"
    yield Story("twins", house(106, twins), says, about=2)
    doubly = (span("7QP", begun, None), span("M1A", days.month_start(today, -8), GRACE, level="IND"))
    yield alone(
        "two_plans",
        107,
        who("Sandoval", "Ernesto", "M", "1957-10-05", 107, *doubly),
        "Active in two plans: PPO Platinum 250 and Group Senior HMO",
    )
    says = "Active; another member has this name and birthday: ask for the member ID"
    for key, number, months in (("namesake", 108, -15), ("other_namesake", 109, -27)):
        covered = span("4HB", days.month_start(today, months), GRACE)
        yield alone(key, number, who("Kim", "Daniel", "M", "1990-03-03", number, covered), says)


def _names(today: date) -> Iterator[Story]:
    covered = span("4HB", days.month_start(today, -18), GRACE)
    named = (
        ("apostrophe", 110, Name("O'Driscoll", "Niamh", "", ""), "F", "1993-05-17", "without the apostrophe"),
        ("hyphen", 111, Name("Abara-Whitlock", "Renee", "K", ""), "F", "1975-12-09", "without the hyphen"),
        (
            "suffix",
            112,
            Name("Whitcomb", "Harold", "James", "JR"),
            "M",
            "1966-02-14",
            "with JR after the last name",
        ),
        ("accents", 113, Name("Muñoz Ibáñez", "José", "Ángel", ""), "M", "1982-08-29", "without the accents"),
    )
    for key, number, name, sex, born, way in named:
        person = Person(1, SUBSCRIBER, name, sex, date.fromisoformat(born), ssn(number, 1), (covered,))
        yield alone(f"name_{key}", number, person, f"Active; {_MINE}; found {way} too")


def _assignments(today: date) -> Iterator[Story]:
    begun = days.month_start(today, -22)
    medi_cal = who("Morales", "Itzel", "F", "1996-06-06", 114, span("C0A", begun, PAUL))
    yield alone("medi_cal", 114, medi_cal, f"Active in Medi-Cal, no copays; {_MINE}")
    elsewhere = who("Petrenko", "Oksana", "F", "1972-01-31", 115, span("4HB", begun, HELEN))
    moved = span("4HB", begun, BIJAN)._replace(pcp_since=days.days_after(today, 1))
    joined = who("Petrenko", "Oksana", "F", "1972-01-31", 115, moved)
    yield Story(
        "pcp_other_group",
        house(115, (elsewhere,)),
        "Active; PCP not in your group (Cedar Ridge Independent Doctors)",
        tomorrow=house(115, (joined,)),
    )
    dual = who("Yamamoto", "Haruka", "F", "1949-09-19", 116, span("D1A", begun, BIJAN))
    yield alone("dual", 116, dual, f"Active in Cal MediConnect, no copays; {_MINE}")
    elsewhere_line = who("Castellanos", "Ramiro", "M", "1951-04-24", 117, span("S2B", begun, LUIS))
    yield alone(
        "line_not_granted",
        117,
        elsewhere_line,
        "Active in Individual Medicare Advantage, a line the front desk has not been granted: not found",
    )
    other = OtherCoverage("P", "Great Basin Mutual", "X20418837", begun)
    insured = who("Boateng", "Kwame", "M", "1980-10-10", 118, span("7QX", begun, GRACE))
    yield alone(
        "other_coverage", 118, insured._replace(others=(other,)), "Active; Great Basin Mutual pays first"
    )


def _amounts(today: date) -> Iterator[Story]:
    begun = days.month_start(today, -16)
    partly = who("Okonkwo", "Chidinma", "F", "1989-11-02", 119, span("7QX", begun, GRACE))
    yield alone(
        "deductible_partly_met",
        119,
        partly._replace(used=spent("7QX", 250_00, 410_00)),
        f"Active; {_MINE}; $250 of $1,500 deductible met",
        412,
    )
    full = who("Delacroix", "Vivienne", "F", "1964-07-26", 120, span("7QS", begun, BIJAN))
    yield alone(
        "oop_max_reached",
        120,
        full._replace(used=spent("7QS", 2500_00, 8500_00)),
        f"Active; {_MINE}; out-of-pocket maximum of $8,500 reached: nothing more to pay in network this year",
    )
    therapy = who("Sorensen", "Bjorn", "M", "1977-03-22", 121, span("7QX", begun, GRACE))
    visits = used("7QX", "limit", 30, "AE"), *spent("7QX", 1500_00, 3000_00)
    yield alone(
        "limit_reached",
        121,
        therapy._replace(used=visits),
        "Active; all 30 physical therapy visits of this year are used",
    )
    paid_to = days.month_end(today, -1)
    late = span("9FG", begun, GRACE)._replace(premium_paid_to=paid_to)
    yield alone(
        "premium_grace",
        122,
        who("Haskell", "Juniper", "F", "1995-01-08", 122, late),
        f"Active in Individual & Family, premium in grace: paid to {paid_to}",
    )


def _changing(today: date) -> Iterator[Story]:
    begun, born = days.month_start(today, -26), days.days_after(today, -12)
    mother = who("Tesfaye", "Selam", "F", "1994-02-18", 123, span("4HA", begun, GRACE, level="ECH"))
    covered = span("4HA", born, TEMPERANCE, level="ECH")
    child = Person(2, CHILD, Name("Tesfaye", "Dawit", "", ""), "M", born, None, (covered,))
    yield Story(
        "newborn",
        house(123, (mother, child)),
        "Active since birth, added by the latest change file; no Social Security number yet",
        about=2,
        in_full_file=house(123, (mother,)),
    )
    leaving = days.month_end(today, -1)
    yield Story(
        "ends_tomorrow",
        house(124, (who("Kowalski", "Tomasz", "M", "1986-06-12", 124, span("7QX", begun, GRACE)),)),
        f"Active today; the change file kept for tomorrow ends the coverage on {leaving}",
        tomorrow=house(
            124, (who("Kowalski", "Tomasz", "M", "1986-06-12", 124, span("7QX", begun, GRACE, leaving)),)
        ),
    )
