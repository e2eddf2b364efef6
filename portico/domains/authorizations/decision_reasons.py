"""The reasons of a denial, also in part: our own stable codes, in words a patient understands. Pure.

A code never stands alone: whoever denies also writes what is so about this request (`deciding_rules`). The
words are those of the page, the letter and the 278, so that all doors say the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason: its code, what it means in plain words, and what the office can do about it.

    `is_clinical`: it judges the treatment, so a talk between peers may change it. `partly`: it can be why
    only a part of what was asked is approved.
    """

    code: str
    means: str
    advice: str
    is_clinical: bool = True
    partly: bool = True


_ALL: Final = (
    Reason(
        "criteria_not_met",
        "What was sent does not show that the patient meets the criteria for this care.",
        "Send what shows that each point of the criteria is met.",
    ),
    Reason(
        "not_medically_necessary",
        "What was sent does not show that the patient needs this care for their condition now.",
        "Send notes, results or reports that show why this care is needed now.",
    ),
    Reason(
        "lower_level_of_care",
        "The same care can be given safely in a less intensive setting.",
        "Say why the less intensive setting is not safe for this patient, or ask for care there.",
    ),
    Reason(
        "other_treatment_first",
        "Another treatment is usually tried first, and what was sent does not show that it was.",
        "Send what was tried, when, and how it ended, or why it cannot be tried.",
    ),
    Reason(
        "more_than_criteria_support",
        "The criteria support fewer units, fewer visits or a shorter time than was asked for.",
        "Ask again before what is approved is used up, and send how the patient is doing.",
    ),
    Reason(
        "evidence_insufficient",
        "There is not enough evidence yet that this care works for the patient's condition.",
        "Send published evidence for this condition, or ask about a clinical trial.",
        partly=False,
    ),
    Reason(
        "information_missing",
        "What the plan asked for did not come in time, so the request could not be judged by it.",
        "Send what was asked for and ask for a reconsideration.",
        is_clinical=False,
    ),
    Reason(
        "benefit_excluded",
        "The patient's benefit plan does not cover this care.",
        "Look at the patient's benefits, and tell the patient before any care is given.",
        is_clinical=False,
        partly=False,
    ),
    Reason(
        "benefit_limit_reached",
        "The patient's benefit plan covers so much of this care in a year, and no more of it is left.",
        "Look at what is left of the benefit, and ask for the days of the next year apart.",
        is_clinical=False,
    ),
    Reason(
        "not_covered_then",
        "The patient is not covered by the plan on these days.",
        "Check the patient's coverage on the days of service.",
        is_clinical=False,
    ),
    Reason(
        "network_provider_available",
        "A provider of the plan's network can give this care in time.",
        "Find a provider in the network, or say why none of them can treat this patient.",
        is_clinical=False,
    ),
    Reason(
        "authorized_already",
        "Another authorization covers this care on the same days.",
        "Use the other authorization, or have it extended.",
        is_clinical=False,
    ),
)

BY_CODE: Final[Mapping[str, Reason]] = MappingProxyType({reason.code: reason for reason in _ALL})
"""Every reason by its code, in the order they are offered."""


def of(code: str) -> Reason:
    """The reason of that code. Raises KeyError."""
    return BY_CODE[code]
