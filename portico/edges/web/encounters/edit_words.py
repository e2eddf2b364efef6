"""The sentences of the edits: what is wrong with an encounter, and what to do about it."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from portico.domains.claims.edits.codes import Code


class Said(NamedTuple):
    """What is wrong, and what to do."""

    why: str
    todo: str


_REPLACES = "Send the number the plan gave the encounter that this one replaces or voids (REF with F8)."
_DATES = "Check the days of service, and send the encounter again."
_CODE = "Check the code against the record, and send it in the form shown."
WORDS: Final[Mapping[str, Said]] = {
    Code.UNREADABLE: Said(
        "The encounter does not follow the 837's guide, so it could not be read.",
        "Mend the segment that is shown in your system, and send the file again.",
    ),
    Code.NOT_AN_ENCOUNTER: Said(
        "The file says that it holds claims, not encounters.",
        "Encounters are sent with RP in the sixth element of BHT. Claims for payment go another way.",
    ),
    Code.OTHER_PAYER: Said(
        "The encounter names another payer.",
        "Send it to that payer; or, if it is meant for this plan, put this plan's payer ID there.",
    ),
    Code.CONTROL_NUMBER_MISSING: Said(
        "The encounter has no patient control number.",
        "Give it the number your system knows it by.",
    ),
    Code.SERVICES_MISSING: Said("The encounter has no service line.", "Add what was done, line by line."),
    Code.TOO_MANY_SERVICES: Said(
        "The encounter has more service lines than one may have.",
        "Split it: 50 lines at most on a professional one, 999 on an institutional one.",
    ),
    Code.FREQUENCY_UNKNOWN: Said(
        "The frequency is none that is taken here.",
        "Use 1 for a new encounter, 7 for a replacement, 8 to void one.",
    ),
    Code.ORIGINAL_MISSING: Said("It does not say which encounter it replaces or voids.", _REPLACES),
    Code.ORIGINAL_UNKNOWN: Said(
        "No encounter of this tax ID has the number that it replaces or voids.",
        "Check the number: it is on the Control Summary and in the 277CA of the first one.",
    ),
    Code.ORIGINAL_NOT_IN_FORCE: Said(
        "The encounter it replaces or voids was itself replaced or voided already.",
        "Name the one that is in force now.",
    ),
    Code.ORIGINAL_OF_ANOTHER: Said(
        "The encounter it replaces or voids is of another patient.",
        "Check both the number and the patient.",
    ),
    Code.DUPLICATE: Said(
        "The plan has this encounter already.",
        "Nothing to do if it was sent twice. To change it, send a replacement (frequency 7) with its number.",
    ),
    Code.DUPLICATE_IN_FILE: Said(
        "The same encounter stands in this file before.",
        "Nothing to do if it was written twice; the first one counts.",
    ),
    Code.CHARGES_DO_NOT_ADD_UP: Said(
        "The lines' charges do not add up to the encounter's charge.",
        "Correct the total, or the line that is wrong.",
    ),
    Code.CHARGE_NEGATIVE: Said("A charge lies below zero.", "Send the charge as it was billed."),
    Code.CHARGE_TOO_LARGE: Said("A charge is larger than may be.", "Check where its point stands."),
    Code.UNITS_NOT_POSITIVE: Said("A line is of no units.", "Say how many units were given."),
    Code.FACILITY_MISSING: Said(
        "It does not say where it was done.",
        "Give the place of service, or the type of bill on an institutional encounter.",
    ),
    Code.FACILITY_FORM: Said(
        "The place of service or type of bill has not the right form.",
        "A place of service has two digits; a type of bill begins with two digits.",
    ),
    Code.PLACE_OF_SERVICE_FORM: Said("The line's place of service is not two digits.", _CODE),
    Code.ADMISSION_DATE_MISSING: Said(
        "A stay in a hospital needs the day of admission.",
        "Give the day the patient was admitted.",
    ),
    Code.DISCHARGE_STATUS_MISSING: Said(
        "A stay in a hospital needs the patient's status at its end.",
        "Give the two digits of the patient status.",
    ),
    Code.PROCEDURE_MISSING: Said("A line does not say what was done.", "Give the procedure code."),
    Code.PROCEDURE_FORM: Said("A procedure code has not the form such codes have.", _CODE),
    Code.MODIFIER_FORM: Said("A modifier is not two letters or digits.", _CODE),
    Code.REVENUE_CODE_MISSING: Said("A line has no revenue code.", "Give its four digits."),
    Code.REVENUE_CODE_FORM: Said("A revenue code is not four digits.", "Give its four digits."),
    Code.DRUG_CODE_FORM: Said("A drug's code is not eleven digits.", "Give the NDC without hyphens."),
    Code.DIAGNOSIS_MISSING: Said("There is no principal diagnosis.", "Give the diagnosis it was for."),
    Code.DIAGNOSIS_FORM: Said(
        "A diagnosis has not the form of ICD-10-CM.",
        "A letter, a digit, and up to five more letters or digits, without the dot.",
    ),
    Code.DIAGNOSIS_REPEATED: Said("A diagnosis is said twice.", "Leave it out once."),
    Code.POINTER_MISSING: Said(
        "A line does not point to a diagnosis.",
        "Say which diagnosis it was for.",
    ),
    Code.POINTER_BEYOND: Said(
        "A line points to a diagnosis that is not there.",
        "Point to one of those that are given.",
    ),
    Code.SERVICE_DATE_MISSING: Said("There is no day of service.", "Give the day it was done."),
    Code.DATES_REVERSED: Said("The last day lies before the first.", _DATES),
    Code.DATE_IN_FUTURE: Said("The day of service lies after the day it was sent.", _DATES),
    Code.DATE_BEFORE_BIRTH: Said(
        "The day of service lies before the patient was born.",
        "Check both the birth date and the day of service.",
    ),
    Code.DATE_OUTSIDE_STATEMENT: Said("A line's day lies outside the days of the statement.", _DATES),
    Code.ADMITTED_AFTER_SERVICE: Said("The admission lies after the statement's last day.", _DATES),
    Code.NPI_MISSING: Said("The billing provider has no NPI.", "Give its NPI."),
    Code.NPI_FORM: Said(
        "An NPI is wrong: its digits do not check.",
        "Compare it with the provider's NPI digit by digit.",
    ),
    Code.ATTENDING_MISSING: Said(
        "An institutional encounter needs the attending provider.",
        "Give the attending provider's NPI.",
    ),
    Code.TAX_ID_MISSING: Said("The billing provider has no tax ID.", "Give the nine digits."),
    Code.TAX_ID_FORM: Said("The tax ID is not nine digits.", "Give its nine digits without a hyphen."),
    Code.TAX_ID_NOT_OPEN: Said(
        "Encounters of this tax ID are not yours to send.",
        "Check the tax ID. If it is one of your office's, ask your administrator for access to it.",
    ),
    Code.PROVIDER_UNKNOWN: Said(
        "The plan does not know this provider.",
        "Check the NPI. A provider new to your office has to be on the plan's provider file first.",
    ),
    Code.PROVIDER_NOT_AFFILIATED: Said(
        "The provider did not bill under this tax ID on the day of service.",
        "Check NPI, tax ID and day. If they are right, have the plan's provider file corrected.",
    ),
    Code.PROVIDER_NOT_OPEN: Said(
        "Encounters of this provider are not yours to send.",
        "Ask your administrator for access to this provider.",
    ),
    Code.MEMBER_ID_MISSING: Said("There is no member ID.", "Give the ID on the member's card."),
    Code.MEMBER_UNKNOWN: Said(
        "The plan knows nobody of this member ID.",
        "Look the patient up under Patient Info, and send the ID that is shown there.",
    ),
    Code.MEMBER_NAME_DIFFERS: Said(
        "The patient's name is not the one the plan has for this member ID.",
        "Compare it with the member's card.",
    ),
    Code.MEMBER_BIRTH_DATE_DIFFERS: Said(
        "The patient's birth date is not the one the plan has for this member ID.",
        "Compare both with the member's card.",
    ),
    Code.MEMBER_NOT_COVERED: Said(
        "The plan did not cover the patient on the day of service.",
        "Check the day. Patient Info says from when to when the patient was covered.",
    ),
}
_OTHER = Said("The plan could not take it.", "Compare the segment that is shown with your record.")


def of(code: str, about: str = "") -> Said:
    """The words of an edit; `about` is the amount or number that the edit names."""
    said = WORDS.get(code, _OTHER)
    if about and code == Code.CHARGES_DO_NOT_ADD_UP:
        return Said(f"{said.why} The lines come to ${about}.", said.todo)
    if about and code == Code.ORIGINAL_NOT_IN_FORCE:
        return Said(said.why, f"Name the one that is in force now: {about}.")
    return said
