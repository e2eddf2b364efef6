"""What people of the demo write about requests: why it is urgent, what is asked, answered, and decided."""

from collections.abc import Mapping
from typing import Final

from portico.demo import authorizers

CONTACTS: Final[Mapping[str, str]] = {
    authorizers.COORDINATOR: "Petra Solano",
    "other_office": "Owen Castellano",
    "hospital_user": "Hugo Lindgren",
}
URGENCY: Final = "The knee locks when walking, and the patient lives alone up two flights of stairs."
QUESTION: Final = "Please send the notes of the last two visits, with what was tried before and how it went."
ANSWER: Final = "Two visits last month: rest and tablets for six weeks brought no relief. The notes say more."
APPEAL: Final = "The letter overlooks the fall in spring: since then the patient cannot cross a room alone."
IN_PART: Final = (
    "more_than_criteria_support",
    "Eight visits show whether exercises at home can go on from there; the notes say that six helped before.",
    "Northlake therapy policy 12.3",
)
NOT_AT_ALL: Final = (
    "other_treatment_first",
    "The notes name no trial of the simpler device or medicine, which usually comes before this one.",
    "Northlake policy on stepwise care 4.1",
)
