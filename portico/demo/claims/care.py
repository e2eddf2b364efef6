"""What members of the demo go to offices for: kinds of visits with codes, diagnoses and the plan's prices.

Codes of services are of HCPCS level II, which is free to use; their names are our own words. Prices are what
the plan's contracts allow this year, in cents.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from portico.demo.services import BY_CODE as SERVICES
from portico.demo.services import Service
from portico.domains.claims.facts.submitted import Form


class Where(StrEnum):
    """Who gives the care."""

    PCP = "pcp"
    CHILDREN = "children"
    HEART = "heart"
    BONES = "bones"
    IMAGING = "imaging"
    HOSPITAL = "hospital"


class Item(NamedTuple):
    """One thing done: its code, the X12 service type whose benefits pay for it, and the price of one unit.

    Each copay of a kind of care is taken once a visit. `revenue_code` is for hospitals; where it stands
    alone, the code is empty.
    """

    name: str
    code: str
    service_type: str
    allowed: int
    units: int = 1
    revenue_code: str = ""

    @property
    def service(self) -> Service:
        """How the plan's benefits speak of it."""
        return SERVICES[self.service_type]


@dataclass(frozen=True, slots=True)
class Care:
    """A visit or a stay: what is done, for what, where; `nights` of a stay.

    `facility` is the place of service, or the first two digits of the type of bill.
    """

    name: str
    where: Where
    facility: str
    diagnoses: tuple[str, ...]
    items: tuple[Item, ...]
    nights: int = 0
    drg: str = ""

    @property
    def form(self) -> Form:
        """Hospitals bill on the institutional form."""
        return Form.INSTITUTIONAL if self.where is Where.HOSPITAL else Form.PROFESSIONAL


VISIT: Final = Item("Clinic visit", "T1015", "98", 142_00)
CHILD_VISIT: Final = Item("Child's clinic visit", "T1015", "BH", 128_00)
WELLNESS: Final = Item("Yearly wellness visit", "G0439", "81", 168_00)
WELL_CHILD: Final = Item("Check-up of a child", "S0302", "68", 134_00)
FLU_SHOT: Final = Item("Giving a flu vaccine", "G0008", "80", 32_00)
BLOOD_COUNT: Final = Item("Blood count", "G0306", "5", 48_00)
STOOL_TEST: Final = Item("Test for hidden blood", "G0328", "5", 22_00)
PSA: Final = Item("Prostate test", "G0103", "5", 26_00)
B12: Final = Item("Vitamin B12, injected", "J3420", "98", 8_00, 2)
MOOD: Final = Item("Depression questionnaire", "G0444", "81", 24_00)
SPECIALIST: Final = Item("Specialist's clinic visit", "T1015", "3", 236_00)
TRACING: Final = Item("Heart tracing", "G0403", "73", 34_00)
THERAPY: Final = Item("Physical therapy session", "S8990", "AE", 96_00)
CRUTCHES: Final = Item("Crutches", "E0114", "12", 58_00)
BRACE: Final = Item("Knee brace", "L1830", "12", 118_00)
MAMMOGRAM: Final = Item("Breast picture in three dimensions", "G0279", "4", 96_00)
MRI: Final = Item("MRI in a low field", "S8042", "62", 640_00)
BREAST_MRI: Final = Item("Breast MRI", "C8903", "62", 880_00)
NURSING: Final = Item("Nursing at home, by the quarter of an hour", "G0299", "42", 24_00, 4)
WHEELCHAIR: Final = Item("Wheelchair", "K0001", "12", 540_00)
EMERGENCY: Final = Item("Emergency visit", "G0383", "86", 742_00, revenue_code="0450")
OBSERVATION: Final = Item("Observation, by the hour", "G0378", "86", 38_00, 12, "0762")
CLINIC: Final = Item("Hospital clinic visit", "G0463", "50", 186_00, revenue_code="0510")
COLONOSCOPY: Final = Item("Look into the bowel", "G0121", "53", 1_380_00, revenue_code="0750")
KNEE: Final = Item("Keyhole surgery of the knee", "G0289", "53", 2_450_00, revenue_code="0360")
DAY_DRUGS: Final = Item("Drugs of the day", "", "53", 210_00, revenue_code="0250")
BED: Final = Item("Bed and board", "", "48", 2_150_00, 3, "0120")
THEATRE: Final = Item("Operating room", "", "48", 6_400_00, revenue_code="0360")
IMPLANT: Final = Item("Implant", "", "48", 4_900_00, revenue_code="0278")
STAY_DRUGS: Final = Item("Drugs of the stay", "", "48", 980_00, revenue_code="0250")
STAY_TESTS: Final = Item("Laboratory of the stay", "", "48", 640_00, revenue_code="0300")

_PCP: Final = Where.PCP

COLD: Final = Care("A cold", _PCP, "11", ("J069",), (VISIT,))
DIABETES: Final = Care("Diabetes", _PCP, "11", ("E119", "I10"), (VISIT, BLOOD_COUNT))
ANEMIA: Final = Care("Anemia", _PCP, "11", ("D519",), (VISIT, BLOOD_COUNT, B12))
YEARLY: Final = Care("Yearly visit", _PCP, "11", ("Z0000",), (WELLNESS, MOOD, STOOL_TEST))
BACK: Final = Care("Back pain", _PCP, "11", ("M5450",), (VISIT, THERAPY))
FLU: Final = Care("Flu vaccine", _PCP, "11", ("Z23",), (FLU_SHOT,))
CHILD: Final = Care("A sick child", Where.CHILDREN, "11", ("J029",), (CHILD_VISIT,))
CHECK_UP: Final = Care("A child's check-up", Where.CHILDREN, "11", ("Z00129",), (WELL_CHILD, FLU_SHOT))
HEART: Final = Care("Heartbeat", Where.HEART, "11", ("I480",), (SPECIALIST, TRACING))
PRESSURE: Final = Care("Blood pressure", Where.HEART, "11", ("I10", "E785"), (SPECIALIST,))
JOINT: Final = Care("A sore knee", Where.BONES, "11", ("M1711",), (SPECIALIST, BRACE))
SPRAIN: Final = Care("A sprained ankle", Where.BONES, "11", ("S93401A",), (SPECIALIST, CRUTCHES))
EXERCISES: Final = Care("Physical therapy", Where.BONES, "11", ("M25561",), (THERAPY,))
NURSE: Final = Care("A nurse at home", _PCP, "12", ("I5022",), (NURSING,))
CHAIR: Final = Care("A wheelchair", _PCP, "12", ("G35",), (WHEELCHAIR,))
PRE_SURGERY: Final = Care("A knee that may need surgery", Where.BONES, "11", ("M1711",), (SPECIALIST,))
SCREENING: Final = Care("Breast picture", Where.IMAGING, "11", ("Z1231",), (MAMMOGRAM,))
SCAN: Final = Care("MRI", Where.IMAGING, "11", ("M25561",), (MRI,))
CHEST_PAIN: Final = Care("Chest pain", Where.HOSPITAL, "13", ("R079",), (EMERGENCY, OBSERVATION))
CUT: Final = Care("A cut", Where.HOSPITAL, "13", ("S61412A",), (EMERGENCY,))
BOWEL: Final = Care("Colonoscopy", Where.HOSPITAL, "13", ("Z1211",), (COLONOSCOPY, DAY_DRUGS))
KNEE_SURGERY: Final = Care("Knee surgery", Where.HOSPITAL, "13", ("M23203",), (KNEE, DAY_DRUGS))
HIP: Final = Care(
    "New hip",
    Where.HOSPITAL,
    "11",
    ("M1611", "I10"),
    (BED, THEATRE, IMPLANT, STAY_DRUGS, STAY_TESTS),
    nights=3,
    drg="470",
)
LUNGS: Final = Care(
    "Pneumonia", Where.HOSPITAL, "11", ("J189", "E119"), (BED, STAY_DRUGS, STAY_TESTS), nights=3, drg="194"
)
