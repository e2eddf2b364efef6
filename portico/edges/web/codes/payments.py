"""What an 835 says of a claim (CLP02), and what it takes off or adds beside claims (PLB), in words."""

from collections.abc import Mapping
from typing import Final

DECISIONS: Final[Mapping[str, str]] = {
    "1": "Decided, this plan first",
    "2": "Decided, this plan second",
    "3": "Decided, this plan third",
    "4": "Denied",
    "19": "Decided, this plan first, and passed on to another payer",
    "20": "Decided, this plan second, and passed on to another payer",
    "21": "Decided, this plan third, and passed on to another payer",
    "22": "An earlier payment taken back",
    "23": "Not this plan's claim, and passed on to another payer",
    "25": "An estimate; nothing is paid",
}
ADJUSTMENTS: Final[Mapping[str, str]] = {
    "50": "Charge for lateness",
    "51": "Interest as a penalty",
    "72": "Money returned by agreement",
    "90": "Allowance for paying early",
    "AH": "Fee for setting up",
    "AM": "Applied to a loan or account",
    "AP": "Payment brought forward",
    "B2": "Rebate",
    "B3": "Allowance from a recovery",
    "BD": "Bad debt",
    "BN": "Bonus",
    "C5": "Allowance for the time being",
    "CR": "Interest on capitation",
    "CS": "Correction",
    "CT": "Capitation",
    "CV": "Capital costs",
    "CW": "Nurse anesthetists' costs",
    "DM": "Direct medical education",
    "E3": "Withheld",
    "FB": "Balance carried to or from another payment",
    "FC": "Share of a fund",
    "GO": "Graduate medical education",
    "HM": "Clotting factor for hemophilia",
    "IP": "Incentive",
    "IR": "Tax withheld for the tax office",
    "IS": "Settlement for the time being",
    "J1": "Not reimbursed",
    "L3": "Penalty",
    "L6": "Interest",
    "LE": "Levy",
    "LS": "Lump sum",
    "OA": "Organ acquisition",
    "OB": "Set off for an affiliated provider",
    "PI": "Regular payment ahead of claims",
    "PL": "Final payment",
    "RA": "Correction for an earlier time",
    "RE": "Return on equity",
    "SL": "Repayment of a student loan",
    "TL": "Somebody else is liable",
    "WO": "An earlier overpayment taken back",
    "WU": "Recovered, no reason given",
}
METHODS: Final[Mapping[str, str]] = {
    "ACH": "Electronic transfer",
    "BOP": "Transfer by the payee's choice of bank",
    "CHK": "Check",
    "FWT": "Wire transfer",
    "NON": "No money moved",
}


def decision(code: str) -> str:
    """How a payment decided a claim."""
    return DECISIONS.get(code) or f"Status {code}"


def adjustment(code: str) -> str:
    """Why a payment is more or less than its claims."""
    return ADJUSTMENTS.get(code) or f"Adjustment {code}"


def method(code: str) -> str:
    """How the money came."""
    return METHODS.get(code) or code
