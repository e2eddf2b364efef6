"""Why a file, or a payment or claim of it, cannot be read. Never what stood there: it may be about a person.

Reasons are stable codes; the sentences they become belong to the edges.
"""

from enum import StrEnum


class MisreadReason(StrEnum):
    """Why something could not be read."""

    VALUE_MISSING = "value_missing"
    VALUE_TOO_LONG = "value_too_long"
    VALUE_NOT_KNOWN = "value_not_known"
    DATE_WRONG = "date_wrong"
    AMOUNT_WRONG = "amount_wrong"
    IDENTIFIER_WRONG = "identifier_wrong"
    SEGMENT_UNEXPECTED = "segment_unexpected"
    TOO_MANY_SEGMENTS = "too_many_segments"
    SERVICE_OUT_OF_BALANCE = "service_out_of_balance"
    CLAIM_OUT_OF_BALANCE = "claim_out_of_balance"
    PAYMENT_OUT_OF_BALANCE = "payment_out_of_balance"


class Misread(Exception):
    """Something cannot be read.

    `place` is the number of the segment in its interchange. `about` names the element, or the claim and the
    amount it is out by; it never repeats an element's value.
    """

    def __init__(self, reason: MisreadReason, place: int, about: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place
        self.about = about


class FileRefused(Exception):
    """The whole file is refused; `code` is stable, `words` say why and what to do, and name no person."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code
        self.words = words
