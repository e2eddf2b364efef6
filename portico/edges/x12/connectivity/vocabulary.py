"""The words of the rule: operations, fields, payload types, error codes.

Names are the rule's own, some with its misspellings. `X12_270_Request_005010X279A1` is both the real-time
question and the batch of questions: the processing mode tells them apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from portico.domains.exchange.log import Operation

RULE_VERSION: Final = "2.2.0"
NAMESPACE: Final = "http://www.caqh.org/SOAP/WSDL/CORERule2.2.0.xsd"


class Field(StrEnum):
    """The fields of an envelope, in the order in which they are checked."""

    RULE_VERSION = "CORERuleVersion"
    PAYLOAD_TYPE = "PayloadType"
    PROCESSING_MODE = "ProcessingMode"
    PAYLOAD_ID = "PayloadID"
    PAYLOAD_LENGTH = "PayloadLength"
    TIME_STAMP = "TimeStamp"
    USER_NAME = "UserName"
    PASSWORD = "Password"  # noqa: S105 - a field's name
    SENDER_ID = "SenderID"
    RECEIVER_ID = "ReceiverID"
    CHECK_SUM = "CheckSum"
    PAYLOAD = "Payload"


class Mode(StrEnum):
    """Answered at once, or later."""

    REAL_TIME = "RealTime"
    BATCH = "Batch"


class PayloadType(StrEnum):
    """What travels in an envelope, as far as we speak of it."""

    REQUEST_270 = "X12_270_Request_005010X279A1"
    RESPONSE_271 = "X12_271_Response_005010X279A1"
    REQUEST_276 = "X12_276_Request_005010X212"
    RESPONSE_277 = "X12_277_Response_005010X212"
    REQUEST_278 = "X12_278_Request_005010X217E1_2"
    RESPONSE_278 = "X12_278_Response_005010X217E1_2"
    INQUIRY_278 = "X12_278_Request_005010X215"
    STANDING_278 = "X12_278_Response_005010X215"
    REQUEST_837P = "X12_837_Request_005010X222A1"
    REQUEST_837I = "X12_837_Request_005010X223A1_2"
    RESPONSE_277CA = "X12_277CA_Response_005010X214"
    RESPONSE_999 = "X12_999_Response_005010X231A1"
    RESPONSE_TA1 = "X12_TA1_Response_00501X231A1"
    RECEIPT = "X12_BatchReceiptConfirmation"
    FETCH_999 = "X12_999_RetrievalRequest_005010X231A1"
    FETCH_TA1 = "X12_TA1_RetrievalRequest_00501X231A1"
    FETCH_271 = "X12_005010_Request_Batch_Results_271"
    FETCH_277 = "X12_005010_Request_Batch_Results_277"
    FETCH_277CA = "X12_005010_Request_Batch_Results_277CA"
    FETCH_835 = "X12_835_Request_005010X221A1"
    RESPONSE_835 = "X12_835_Response_005010X221A1"
    NO_ACKNOWLEDGEMENT = "X12_005010_Response_NoBatchAckFile"
    NO_RESULTS = "X12_005010_Response_NoBatchResultsFile"
    SUBMIT_999 = "X12_999_SubmissionRequest_005010X231A1"
    SUBMIT_TA1 = "X12_TA1_SubmissionRequest_00501X231A1"
    ACKNOWLEDGED = "X12_Response_ConfirmReceiptReceived"
    ERROR = "CoreEnvelopeError"


# What the rule knows and this portal does not do: refused as such, not as unknown.
NOT_SUPPORTED: Final = frozenset(
    {
        "X12_834_Request_005010X220A1",
        "X12_820_Request_005010X218A1",
        "X12_837_Request_005010X224A1_2",
    }
)


class ErrorCode(StrEnum):
    """How an envelope was received; a field's own codes are made of its name (see `required`, `illegal`)."""

    SUCCESS = "Success"
    VERSION_MISMATCH = "VersionMismatch"
    UNAUTHORIZED = "UnAuthorized"
    NOT_SUPPORTED = "NotSupported"
    CHECKSUM_MISMATCHED = "ChecksumMismatched"


def required(field: Field) -> str:
    """The code of a field that is missing."""
    return f"{field}Required"


def illegal(field: Field) -> str:
    """The code of a field that does not say what it must."""
    return f"{field}Illegal"


@dataclass(frozen=True, slots=True)
class Traits:
    """How one operation is spoken: its mode, the payload types that ask for it, its SOAP elements.

    `brings`: it hands over a payload; `counted`: with the payload's length and checksum.
    """

    mode: Mode
    types: tuple[PayloadType, ...]
    action: str
    request: str
    response: str
    brings: bool = False
    counted: bool = False


OPERATIONS: Final[Mapping[Operation, Traits]] = {
    Operation.REAL_TIME: Traits(
        Mode.REAL_TIME,
        (
            PayloadType.REQUEST_270,
            PayloadType.REQUEST_276,
            PayloadType.REQUEST_278,
            PayloadType.INQUIRY_278,
        ),
        "RealTimeTransaction",
        "COREEnvelopeRealTimeRequest",
        "COREEnvelopeRealTimeResponse",
        brings=True,
    ),
    Operation.BATCH_SUBMIT: Traits(
        Mode.BATCH,
        (
            PayloadType.REQUEST_270,
            PayloadType.REQUEST_276,
            PayloadType.REQUEST_837P,
            PayloadType.REQUEST_837I,
        ),
        "BatchSubmitTransaction",
        "COREEnvelopeBatchSubmission",
        "COREEnvelopeBatchSubmissionResponse",
        brings=True,
        counted=True,
    ),
    Operation.ACKNOWLEDGEMENT_RETRIEVAL: Traits(
        Mode.BATCH,
        (PayloadType.FETCH_999, PayloadType.FETCH_TA1),
        "BatchSubmitAckRetrievalTransaction",
        "COREEnvelopeBatchSubmissionAckRetrievalRequest",
        "COREEnvelopeBatchSubmissionAckRetrievalResponse",
    ),
    Operation.RESULTS_RETRIEVAL: Traits(
        Mode.BATCH,
        (PayloadType.FETCH_271, PayloadType.FETCH_277, PayloadType.FETCH_277CA, PayloadType.FETCH_835),
        "BatchResultsRetrievalTransaction",
        "COREEnvelopeBatchResultsRetrievalRequest",
        "COREEnvelopeBatchResultsRetrievalResponse",
    ),
    Operation.RESULTS_ACKNOWLEDGEMENT: Traits(
        Mode.BATCH,
        (PayloadType.SUBMIT_999, PayloadType.SUBMIT_TA1),
        "BatchResultsAckSubmitTransaction",
        "COREEnvelopeBatchResultsAckSubmission",
        "COREEnvelopeBatchResultsAckSubmissionResponse",
        brings=True,
    ),
}
