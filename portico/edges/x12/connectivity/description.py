"""The description of the service for SOAP clients: a WSDL with its schema, written from the vocabulary.

In the schema of the rule the fields have no namespace; in a real-time message the payload is text, in a batch
base64, which clients may attach instead.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from xml.sax.saxutils import quoteattr

from portico.edges.x12.connectivity.vocabulary import NAMESPACE, OPERATIONS, Field, Mode, Traits

MEDIA_TYPE = "text/xml; charset=utf-8"
WSDL, SCHEMA = "wsdl", "xsd"
_TARGET = "http://www.caqh.org/SOAP/WSDL/"
_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
_HEAD = f"""{_DECLARATION}<wsdl:definitions name="CORE" targetNamespace="{_TARGET}"
    xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/"
    xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:service="{_TARGET}" xmlns:core="{NAMESPACE}">
"""


def wsdl(address: str) -> bytes:
    """The WSDL of the service at `address`, the whole URL that is posted to."""
    where = quoteattr(address)
    schema = quoteattr(f"{address}?{SCHEMA}")
    parts = [
        _HEAD,
        '<wsdl:types><xsd:schema elementFormDefault="qualified">',
        f'<xsd:import namespace="{NAMESPACE}" schemaLocation={schema}/></xsd:schema></wsdl:types>\n',
        *_messages(),
        '<wsdl:portType name="CORETransactions">\n',
        *_port_type(),
        '</wsdl:portType>\n<wsdl:binding name="CoreSoapBinding" type="service:CORETransactions">\n',
        '<soap12:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>\n',
        *_binding(),
        '</wsdl:binding>\n<wsdl:service name="Core">',
        '<wsdl:port name="CoreSoapPort" binding="service:CoreSoapBinding">',
        f"<soap12:address location={where}/></wsdl:port></wsdl:service>\n</wsdl:definitions>\n",
    ]
    return "".join(parts).encode()


@cache
def schema() -> bytes:
    """The schema of every envelope."""
    head = (
        f'{_DECLARATION}<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:core="{NAMESPACE}"\n'
        f'    targetNamespace="{NAMESPACE}" elementFormDefault="unqualified">\n'
    )
    types = "".join(_mode_type(mode) for mode in Mode)
    elements = "".join(part for traits in OPERATIONS.values() for part in _elements(traits))
    return (head + types + elements + "</xsd:schema>\n").encode()


def _messages() -> Iterator[str]:
    for traits in OPERATIONS.values():
        for name in (traits.request, traits.response):
            part = f'<wsdl:part name="body" element="core:{name}"/>'
            yield f'<wsdl:message name="{name}Message">{part}</wsdl:message>\n'


def _port_type() -> Iterator[str]:
    for traits in OPERATIONS.values():
        yield f'<wsdl:operation name="{traits.action}">'
        yield f'<wsdl:input message="service:{traits.request}Message"/>'
        yield f'<wsdl:output message="service:{traits.response}Message"/></wsdl:operation>\n'


def _binding() -> Iterator[str]:
    body = '<soap12:body use="literal"/>'
    for traits in OPERATIONS.values():
        yield f'<wsdl:operation name="{traits.action}">'
        yield f'<soap12:operation soapAction="{traits.action}" style="document"/>'
        yield f"<wsdl:input>{body}</wsdl:input><wsdl:output>{body}</wsdl:output></wsdl:operation>\n"


def _mode_type(mode: Mode) -> str:
    values = f'<xsd:restriction base="xsd:string"><xsd:enumeration value="{mode}"/></xsd:restriction>'
    return f'<xsd:simpleType name="{mode}Mode">{values}</xsd:simpleType>\n'


def _elements(traits: Traits) -> Iterator[str]:
    yield from _element(traits.request, traits, is_counted=traits.counted, has_payload=traits.brings)
    errors = (_field("ErrorCode", "xsd:string"), _field("ErrorMessage", "xsd:string"))
    yield from _element(traits.response, traits, is_counted=False, has_payload=False, more=errors)


def _element(
    name: str, traits: Traits, *, is_counted: bool, has_payload: bool, more: Iterable[str] = ()
) -> Iterator[str]:
    is_batch = traits.mode is Mode.BATCH
    payload = "xsd:base64Binary" if is_batch else "xsd:string"
    yield f'<xsd:element name="{name}"><xsd:complexType><xsd:sequence>\n'
    yield _field(Field.PAYLOAD_TYPE, "xsd:string")
    yield _field(Field.PROCESSING_MODE, f"core:{traits.mode}Mode")
    yield _field(Field.PAYLOAD_ID, "xsd:string")
    if is_batch:
        yield _field(Field.PAYLOAD_LENGTH, "xsd:int", is_needed=is_counted)
    yield _field(Field.TIME_STAMP, "xsd:string")
    yield _field(Field.SENDER_ID, "xsd:string")
    yield _field(Field.RECEIVER_ID, "xsd:string")
    yield _field(Field.RULE_VERSION, "xsd:string")
    if is_batch:
        yield _field(Field.CHECK_SUM, "xsd:string", is_needed=is_counted)
    yield _field(Field.PAYLOAD, payload, is_needed=has_payload)
    yield from more
    yield "</xsd:sequence></xsd:complexType></xsd:element>\n"


def _field(name: str, kind: str, *, is_needed: bool = True) -> str:
    least = "" if is_needed else ' minOccurs="0"'
    return f'<xsd:element name="{name}" type="{kind}"{least}/>\n'
