"""Which envelope a request is in, by its Content-Type; the answer goes back in the same."""

from portico.edges.x12.connectivity import mime, multiparts, soap_reading, soap_writing
from portico.edges.x12.connectivity.messages import Answer, Message, Shape
from portico.edges.x12.connectivity.refusals import Refused

_SOAP = frozenset({"application/soap+xml", "text/xml", "application/xml"})
_ATTACHED = "multipart/related"


def shape(content_type: str) -> Shape:
    """The envelope a Content-Type announces. Raises Refused (415)."""
    media_type, _ = multiparts.parameters(content_type)
    if media_type == mime.MEDIA_TYPE:
        return Shape.MIME
    if media_type in _SOAP:
        return Shape.SOAP
    if media_type == _ATTACHED:
        return Shape.MTOM
    words = f"Send {mime.MEDIA_TYPE}, {soap_writing.MEDIA_TYPE}, or {_ATTACHED} for MTOM."
    raise Refused(415, words)


def read(content_type: str, body: bytes) -> Message:
    """The request in a body. Raises Refused, Fault."""
    _, given = multiparts.parameters(content_type)
    match shape(content_type):
        case Shape.MIME:
            return mime.read(body, given.get("boundary", ""))
        case Shape.SOAP:
            return soap_reading.read(body, given.get("charset", ""))
        case Shape.MTOM:
            return soap_reading.read_with_attachments(body, given)


def write(answer: Answer, to: Shape) -> tuple[str, bytes]:
    """The media type and the body of an answer, in the envelope the request came in."""
    match to:
        case Shape.MIME:
            return mime.write(answer)
        case Shape.SOAP:
            return soap_writing.write(answer)
        case Shape.MTOM:
            return soap_writing.write_with_attachment(answer)
