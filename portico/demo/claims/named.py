"""Claims that guides and tests can name: what the named cases went to an office for, as of that day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from portico.demo import days
from portico.demo.claims import care, courses, treating, visits
from portico.demo.claims.care import Care, Item, Where
from portico.demo.claims.courses import Course, Fate
from portico.demo.claims.deciding import Refusal
from portico.demo.claims.treating import Treating
from portico.demo.claims.visits import Visit
from portico.demo.households import Household

_COMES_AFTER, _TAKES, _SESSIONS = 5, 12, 30


@dataclass(frozen=True, slots=True)
class Named:
    """A claim: who (household and suffix) was where for what, how many days ago, and how the claim goes.

    Those with a `key` are in `var/demo.json`; `says` is what the office learns. `this_year`: it counts toward
    this year's accumulators, so the visit moves into it and the claim is decided by today.
    """

    household: int
    what: Care
    who: Treating
    days_ago: int
    key: str = ""
    says: str = ""
    fate: Fate = Fate.PAID
    suffix: int = 1
    takes: int = _TAKES
    pend_reason: str = ""
    refusal: Refusal = courses.NO_AUTHORIZATION
    this_year: bool = False
    is_paid_next: bool = False

    @property
    def subscriber_id(self) -> str:
        """The number of the policy."""
        return f"NLH88420{self.household:03d}"

    def visit(self, household: Household, today: date) -> Visit:
        """The visit; it moves to the first day of a younger coverage. Raises LookupError outside any."""
        person = household.people[self.suffix - 1]
        earliest = days.year_start(today) if self.this_year else date.min
        on = max(days.days_after(today, -self.days_ago), person.coverages[0].begins_on, earliest)
        covered = visits.coverage_on(person, on)
        if covered is None or on > today:
            raise LookupError(f"nothing covers {self.subscriber_id} on {on}")
        return Visit(household, person, covered, self.what, self.who, on)

    def course(self, visit: Visit, today: date) -> Course:
        """How its claim goes."""
        came = min(visit.ends_on + timedelta(days=_COMES_AFTER), today)
        paid_on = courses.pay_day(came + timedelta(days=self.takes))
        if self.this_year:
            paid_on = min(paid_on, today)
        if self.is_paid_next:
            paid_on = courses.pay_day(today + timedelta(days=1))
        return Course(self.fate, came, self.takes, self.refusal, self.pend_reason, paid_on)


def everything() -> Iterator[Named]:
    """Every claim of a named case."""
    yield from _ONE_OF_EACH
    yield from _OTHERS
    yield from _ADDING_UP
    for session in range(_SESSIONS):
        yield Named(121, care.EXERCISES, treating.STEFAN, 300 - 7 * session, this_year=True)
    yield _ONE_TOO_MANY


_WITH_TEST: Final = Care("A test", Where.PCP, "11", ("R195",), (care.VISIT, care.STOOL_TEST))
_DEAR_BRACE: Final = Care(
    "A brace", Where.PCP, "11", ("M2351",), (Item("Knee brace", "L1830", "12", 250_00),)
)
_NEW_KNEE: Final = Care(
    "Knee surgery",
    Where.HOSPITAL,
    "13",
    ("M23203",),
    (Item("Keyhole surgery of the knee", "G0289", "53", 1_500_00, revenue_code="0360"),),
)
_NEW_HIP: Final = Care(
    "New hip, home the same day",
    Where.HOSPITAL,
    "13",
    ("M1611",),
    (
        Item("Operating room", "", "53", 9_800_00, revenue_code="0360"),
        Item("Implant", "", "53", 9_900_00, revenue_code="0278"),
        Item("Drugs of the day", "", "53", 1_200_00, revenue_code="0250"),
        Item("Laboratory of the day", "", "53", 1_600_00, revenue_code="0300"),
    ),
)
_ONE_OF_EACH: Final = (
    Named(193, care.DIABETES, treating.GRACE, 60, "paid", "Paid: two lines, a copay for each"),
    Named(
        193,
        care.ANEMIA,
        treating.GRACE,
        40,
        "denied",
        "Denied whole: CO 197, no authorization; its deadline to dispute runs",
        Fate.DENIED,
    ),
    Named(
        111,
        care.COLD,
        treating.GRACE,
        20,
        "pended",
        "Pended for medical records: the office's turn",
        Fate.PENDED,
        pend_reason="medical_records",
    ),
    Named(
        112,
        care.DIABETES,
        treating.GRACE,
        140,
        "adjusted",
        "Paid in part, taken back, and decided anew with both lines paid",
        Fate.ADJUSTED,
    ),
    Named(110, care.COLD, treating.GRACE, 150, "reversed", "Paid, and taken back since", Fate.REVERSED),
    Named(
        118, care.DIABETES, treating.GRACE, 90, "secondary", "Paid after Great Basin Mutual, which pays first"
    ),
    Named(
        113,
        care.ANEMIA,
        treating.GRACE,
        160,
        "replaced",
        "Paid in part, and taken back when a corrected claim replaced it",
        Fate.REPLACED,
    ),
    Named(115, care.COLD, treating.HELEN, 70, "out_of_scope", "Cedar Ridge's: to Lakeside it does not exist"),
    Named(
        117,
        care.PRESSURE,
        treating.NADIA,
        75,
        "other_line",
        "A line of individuals, at Cedar Ridge Specialists",
    ),
    Named(193, care.COLD, treating.GRACE, 6, "received", "Came yesterday: the plan decides", takes=30),
    Named(
        112,
        care.COLD,
        treating.GRACE,
        19,
        "approved",
        "Approved; paid with the payment of the coming Wednesday",
        takes=14,
        is_paid_next=True,
    ),
    Named(110, care.ANEMIA, treating.BIJAN, 125, "paid_late", "Paid late, with interest", takes=55),
    Named(105, care.HIP, treating.HARBOR_SURGERY, 210, "institutional", "A stay in hospital, paid", suffix=2),
    Named(105, care.CHILD, treating.TEMPERANCE, 50, "child", "A child's visit, paid", suffix=3),
    Named(
        105,
        care.CHECK_UP,
        treating.TEMPERANCE,
        30,
        "child_denied",
        "A child's check-up, denied: sent with a wrong identifier",
        Fate.DENIED,
        suffix=4,
        refusal=courses.MISSING,
    ),
)
_OTHERS: Final = (
    Named(106, care.CHECK_UP, treating.TEMPERANCE, 33, suffix=2),
    Named(106, care.CHECK_UP, treating.TEMPERANCE, 33, suffix=3),
    Named(114, care.COLD, treating.PAUL, 44),
    Named(116, care.DIABETES, treating.BIJAN, 52),
    Named(108, care.COLD, treating.GRACE, 95),
    Named(109, care.COLD, treating.GRACE, 65),
    Named(124, care.CUT, treating.HARBOR, 80),
)
_ADDING_UP: Final = (
    Named(119, _DEAR_BRACE, treating.GRACE, 210, this_year=True),
    Named(119, _WITH_TEST, treating.GRACE, 180, this_year=True),
    Named(119, _WITH_TEST, treating.GRACE, 120, this_year=True),
    Named(119, _WITH_TEST, treating.GRACE, 60, this_year=True),
    Named(
        119, care.COLD, treating.GRACE, 35, "deductible", "The last of the claims behind $410", this_year=True
    ),
    Named(120, _NEW_HIP, treating.HARBOR_SURGERY, 190, this_year=True),
    Named(
        120,
        care.COLD,
        treating.BIJAN,
        28,
        "maximum_reached",
        "Paid whole: the yearly maximum is reached",
        this_year=True,
    ),
    Named(121, _NEW_KNEE, treating.HARBOR_SURGERY, 310, this_year=True),
)
_ONE_TOO_MANY: Final = Named(
    121,
    care.EXERCISES,
    treating.STEFAN,
    26,
    "limit_reached",
    "Denied, the member's to pay: PR 119, all thirty sessions of the year are used",
    this_year=True,
)
