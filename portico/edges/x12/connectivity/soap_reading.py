"""The SOAP 1.2 envelope as it comes in: one CORE element in the body, the sign-in in WS-Security.

    soap:Envelope
      soap:Header
        wsse:Security
          wsse:UsernameToken      wsse:Username, wsse:Password (PasswordText)
      soap:Body
        COREEnvelope...           the fields; a batch's Payload in base64, or attached (MTOM)

The fields' elements have no namespace; some clients give them the rule's, which is read as well.
"""

from collections.abc import Mapping
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from portico.edges.x12.connectivity import guarded_xml, mime, multiparts
from portico.edges.x12.connectivity.messages import Message, Shape
from portico.edges.x12.connectivity.multiparts import Part
from portico.edges.x12.connectivity.refusals import Fault, FaultCode, Refused
from portico.edges.x12.connectivity.vocabulary import NAMESPACE, OPERATIONS, Field, Mode

ENVELOPE = "http://www.w3.org/2003/05/soap-envelope"
_ENVELOPE_1_1 = "http://schemas.xmlsoap.org/soap/envelope/"
_WSS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss"
SECURITY = f"{_WSS}-wssecurity-secext-1.0.xsd"
_PASSWORD_TEXT = f"{_WSS}-username-token-profile-1.0#PasswordText"
XOP = "http://www.w3.org/2004/08/xop/include"
_ADDRESSING = "http://www.w3.org/2005/08/addressing"
_UNDERSTOOD = frozenset({SECURITY, _ADDRESSING})
_OPERATIONS = {traits.request: operation for operation, traits in OPERATIONS.items()}
_BY_NAME = {name.lower(): name for name in Field}

Attached = Mapping[str, bytes]


def read(body: bytes, charset: str) -> Message:
    """The request in a SOAP message. Raises Fault, Refused."""
    return _message(Shape.SOAP, guarded_xml.parse(body, charset), {})


def read_with_attachments(body: bytes, given: Mapping[str, str]) -> Message:
    """The request in a SOAP message with attachments (MTOM); `given` are the Content-Type's parameters.

    Raises Fault, Refused.
    """
    parts = multiparts.cut(body, given.get("boundary", ""))
    attached = {_content_id(part): part for part in parts}
    start = given.get("start", "").strip("<> ")
    root = attached.get(start) if start else (parts[0] if parts else None)
    if root is None:
        raise Refused(400, "The part that begins the message is missing.")
    _, parameters = root.header("content-type")
    tree = guarded_xml.parse(root.content, parameters.get("charset", ""))
    return _message(Shape.MTOM, tree, {name: part.content for name, part in attached.items() if name})


def _message(shape: Shape, root: Element, attached: Attached) -> Message:
    header, body = _header_and_body(root)
    _must_understand(header)
    asked = _asked(body)
    operation = _OPERATIONS[_local(asked)]
    values, broken, payload_at = _fields(asked)
    values |= _sign_in(header)
    payload: bytes | None = None
    if payload_at is not None:
        is_text = OPERATIONS[operation].mode is Mode.REAL_TIME
        payload = _payload(payload_at, attached, is_text=is_text)
        broken |= {Field.PAYLOAD} if payload is None else set()
    return Message(shape, values, payload, operation, frozenset(broken))


def _header_and_body(root: Element) -> tuple[Element | None, Element]:
    if root.tag == f"{{{_ENVELOPE_1_1}}}Envelope":
        raise Fault("This is SOAP 1.1. Send SOAP 1.2.", FaultCode.VERSION_MISMATCH)
    if root.tag != f"{{{ENVELOPE}}}Envelope":
        raise Fault("This is no SOAP 1.2 envelope.", FaultCode.VERSION_MISMATCH)
    body = root.find(f"{{{ENVELOPE}}}Body")
    if body is None:
        raise Fault("The SOAP message has no body.")
    return root.find(f"{{{ENVELOPE}}}Header"), body


def _must_understand(header: Element | None) -> None:
    for block in header if header is not None else ():
        must = block.get(f"{{{ENVELOPE}}}mustUnderstand", "").strip() in ("1", "true")
        if must and _namespace(block) not in _UNDERSTOOD:
            raise Fault("A header that must be understood is not.", FaultCode.MUST_UNDERSTAND)


def _asked(body: Element) -> Element:
    if len(body) != 1 or _namespace(body[0]) != NAMESPACE or _local(body[0]) not in _OPERATIONS:
        names = ", ".join(_OPERATIONS)
        raise Fault(f"The body must hold one element of {NAMESPACE}, out of: {names}.")
    return body[0]


def _fields(asked: Element) -> tuple[dict[Field, str], set[Field], Element | None]:
    """The fields, those that are broken, and where the payload is."""
    values: dict[Field, str] = {}
    broken: set[Field] = set()
    payload: Element | None = None
    for element in asked:
        name = _BY_NAME.get(_local(element).lower())
        if name in values or (name is Field.PAYLOAD and payload is not None):
            broken.add(name)
        elif name is Field.PAYLOAD:
            payload = element
        elif name is not None and name not in (Field.USER_NAME, Field.PASSWORD):
            values[name] = (element.text or "").strip()[: mime.MOST_FIELD_BYTES]
            broken |= {name} if len(element) else set()
    return values, broken, payload


def _sign_in(header: Element | None) -> dict[Field, str]:
    """User name and password in plain text; a digest of the password is as good as none."""
    token = None if header is None else header.find(f"{{{SECURITY}}}Security/{{{SECURITY}}}UsernameToken")
    if token is None:
        return {}
    found = {Field.USER_NAME: (token.findtext(f"{{{SECURITY}}}Username") or "").strip()}
    password = token.find(f"{{{SECURITY}}}Password")
    if password is not None and password.get("Type", _PASSWORD_TEXT) == _PASSWORD_TEXT:
        found[Field.PASSWORD] = password.text or ""
    return found


def _payload(element: Element, attached: Attached, *, is_text: bool) -> bytes | None:
    """The payload's bytes, attached or in place; None where they cannot be had."""
    include = element.find(f"{{{XOP}}}Include")
    if include is not None:
        reference = include.get("href", "")
        name = unquote(reference.removeprefix("cid:")) if reference.startswith("cid:") else ""
        return attached.get(name.strip("<>"))
    if len(element):
        return None
    text = element.text or ""
    if is_text:
        return text.lstrip().encode()
    try:
        return mime.of_base64(text.encode("ascii"))
    except UnicodeEncodeError:
        return None


def _content_id(part: Part) -> str:
    return part.headers.get("content-id", "").strip("<> ")


def _namespace(element: Element) -> str:
    return element.tag[1:].partition("}")[0] if element.tag.startswith("{") else ""


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]
