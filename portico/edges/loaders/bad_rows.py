"""A row that cannot be read: which reason, and where. Never what stood there: it may be about a person."""

from enum import StrEnum


class ReadReason(StrEnum):
    """Why a row could not be read, or was read with something left out; stable codes."""

    SUBSCRIBER_NUMBER_MISSING = "subscriber_number_missing"
    MEMBER_ID_FORMAT = "member_id_format"
    NAME_MISSING = "name_missing"
    DATE_WRONG = "date_wrong"
    VALUE_TOO_LONG = "value_too_long"
    VALUE_MISSING = "value_missing"
    VALUE_NOT_KNOWN = "value_not_known"
    AMOUNT_WRONG = "amount_wrong"
    IDENTIFIER_WRONG = "identifier_wrong"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    SEGMENT_UNEXPECTED = "segment_unexpected"
    TOO_MANY_ELEMENTS = "too_many_elements"
    TOO_MANY_SEGMENTS = "too_many_segments"
    CELLS_WRONG = "cells_wrong"
    CONTROL_CHARACTER = "control_character"
    SSN_NOT_VALID = "ssn_not_valid"
    PCP_ID_NOT_VALID = "pcp_id_not_valid"
    RELATIONSHIP_CONTRADICTS = "relationship_contradicts"
    SERVICE_OUT_OF_BALANCE = "service_out_of_balance"
    CLAIM_OUT_OF_BALANCE = "claim_out_of_balance"
    PAYMENT_OUT_OF_BALANCE = "payment_out_of_balance"


class BadRow(Exception):
    """A row cannot be read.

    `place` is the number of the segment or line at fault; `about` names the element or column, never its
    value.
    """

    def __init__(self, reason: ReadReason, place: int, about: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place
        self.about = about
