"""What is no exchange at all: no envelope can answer it, so HTTP does, in plain words or by a SOAP fault."""

from enum import StrEnum


class Refused(Exception):
    """The request cannot be read as an exchange; `status` is HTTP's, `words` say what to send instead."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.words = words


class FaultCode(StrEnum):
    """Whose fault it is, as SOAP 1.2 says it."""

    SENDER = "Sender"
    VERSION_MISMATCH = "VersionMismatch"
    MUST_UNDERSTAND = "MustUnderstand"


class Fault(Refused):
    """It came as SOAP and is no envelope of the rule; the SOAP HTTP binding says which status a code has."""

    def __init__(self, words: str, code: FaultCode = FaultCode.SENDER) -> None:
        super().__init__(400 if code is FaultCode.SENDER else 500, words)
        self.code = code
