"""Words that mean the same: how a row of them is read, and what may not stand in one. Pure."""

from typing import Final

LEAST: Final = 2
MOST: Final = 20
LONGEST: Final = 500
MOST_WORDS: Final = 5


class BadSynonyms(ValueError):
    """A row cannot be so; `code` says why: too_few, too_many, too_long, long_phrase, said_twice, taken."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def phrases(typed: str) -> tuple[str, ...]:
    """The words and phrases of a row, between commas or lines, in small letters and with single spaces."""
    between = typed.replace("\n", ",").replace(";", ",").split(",")
    return tuple(filter(None, (" ".join(each.casefold().split()) for each in between)))


def checked(typed: str) -> tuple[str, ...]:
    """The phrases of a row that may be kept. Raises BadSynonyms."""
    said = phrases(typed)
    if len(said) < LEAST:
        raise BadSynonyms("too_few")
    if len(said) > MOST:
        raise BadSynonyms("too_many")
    if len(set(said)) < len(said):
        raise BadSynonyms("said_twice")
    if any(len(each.split()) > MOST_WORDS for each in said):
        raise BadSynonyms("long_phrase")
    if len(written(said)) > LONGEST:
        raise BadSynonyms("too_long")
    return said


def written(said: tuple[str, ...]) -> str:
    """The row as it is kept."""
    return ", ".join(said)


USUAL: Final = (
    "prior authorization, prior auth, authorization, preauthorization, precertification, precert",
    "claim, bill, invoice",
    "denial, denied, rejected, rejection",
    "appeal, grievance, reconsideration",
    "dispute, provider appeal",
    "remittance, remit, explanation of payment, era, eop",
    "electronic funds transfer, eft, direct deposit",
    "primary care provider, pcp, primary care physician, family doctor",
    "eligibility, active coverage",
    "coordination of benefits, cob, other insurance, other coverage, secondary insurance",
    "copay, copayment",
    "durable medical equipment, dme, medical equipment",
    "emergency, emergency room, er, emergency department",
    "behavioral health, mental health, psychiatry",
    "telehealth, telemedicine, video visit, virtual visit",
    "telephone, phone",
    "drug, medication, medicine, prescription",
    "formulary, drug list",
    "imaging, scan, mri, ct, radiology",
    "vaccine, vaccination, immunization, shot",
    "child, childhood, pediatric",
    "hypertension, high blood pressure",
    "mammogram, mammography, breast cancer screening",
    "timely filing, filing deadline, filing limit",
    "turnaround, how long, how fast",
    "password, passcode",
    "sign in, log in, login, log on, logon, sign on",
    "credentialing, recredentialing",
    "interpreter, translation, language assistance",
    "newborn, new baby, infant",
    "skilled nursing facility, snf, nursing home",
    "home health, home care",
    "overpayment, recoupment, refund, take back",
    "transportation, ride",
)
"""What most plans begin with; each may change or remove any of them."""
