"""A file that is refused as a whole, before anything of it is loaded."""

from enum import StrEnum


class RefusalCode(StrEnum):
    """Why a file was refused; stable codes, kept as the job's error."""

    TOO_LARGE = "feed_too_large"
    NOT_FOUND = "feed_not_found"
    EMPTY = "feed_empty"
    BROKEN_ENVELOPE = "broken_envelope"
    NOT_AN_834 = "not_an_834"
    NOT_AN_835 = "not_an_835"
    NO_PAYMENTS = "no_payments"
    NO_MEMBERS = "no_members"
    NOT_AN_837 = "not_an_837"
    NO_CLAIMS = "no_claims"
    FILE_DATE_WRONG = "file_date_wrong"
    WRONG_HEADER = "wrong_header"
    WRONG_ENCODING = "wrong_encoding"
    LINE_TOO_LONG = "line_too_long"
    UNKNOWN_LINE = "unknown_line"
    NOT_A_FOLDER = "not_a_folder"
    NO_DOCUMENTS = "no_documents"


class FeedRefused(Exception):
    """The file is refused.

    `words` say why and what to do, without anything about a person.
    """

    def __init__(self, code: RefusalCode, words: str) -> None:
        super().__init__(words)
        self.code = code
        self.words = words
