"""The code systems and namespaces that what we send names: HL7's, and the plan's own below one address."""

from typing import Final

from django.conf import settings

MEMBER_ID: Final = "member-id"
SUBSCRIBER_NUMBER: Final = "subscriber-number"
PAYER_ID: Final = "payer-id"
LINE: Final = "line-of-business"
REASON: Final = "reason"

_HL7: Final = "http://terminology.hl7.org/CodeSystem"
IDENTIFIER_TYPE: Final = f"{_HL7}/v2-0203"
ACT_CODE: Final = f"{_HL7}/v3-ActCode"
COVERAGE_CLASS: Final = f"{_HL7}/coverage-class"
RELATIONSHIP: Final = f"{_HL7}/subscriber-relationship"
SECURITY_SERVICE: Final = f"{_HL7}/restful-security-service"
FM_STATUS: Final = "http://hl7.org/fhir/fm-status"


def own(name: str) -> str:
    """The address of a namespace or code system of the plan's own, such as `member-id`."""
    return f"{settings.FHIR_SYSTEMS}/{name}"
