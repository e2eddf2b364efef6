"""How a sign-in elsewhere fails: a code for the audit and the log; the page says the same for all of them."""

from enum import StrEnum


class Code(StrEnum):
    """Why what came back was not believed; stable codes, in the audit as `elsewhere_…`."""

    NOT_BEGUN = "not_begun"
    TOO_LATE = "too_late"
    OTHER_PROVIDER = "other_provider"
    WRONG_STATE = "wrong_state"
    PROVIDER_REFUSED = "provider_refused"
    UNREACHABLE = "unreachable"
    BUSY = "busy"
    MALFORMED = "malformed"
    WRONG_ALGORITHM = "wrong_algorithm"
    UNKNOWN_KEY = "unknown_key"
    BAD_SIGNATURE = "bad_signature"
    WRONG_ISSUER = "wrong_issuer"
    WRONG_AUDIENCE = "wrong_audience"
    WRONG_TIME = "wrong_time"
    WRONG_NONCE = "wrong_nonce"
    WRONG_HASH = "wrong_hash"
    WRONG_SHAPE = "wrong_shape"
    WRONG_REQUEST = "wrong_request"
    WRONG_RECIPIENT = "wrong_recipient"
    NO_SUBJECT = "no_subject"


class Failed(Exception):
    """What came back from a provider proves nothing; the code says why, and names no token."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code = code
