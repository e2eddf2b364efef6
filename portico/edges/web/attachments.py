"""Files as they are handed out: to be saved, in a sandbox in which nothing runs."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def sent(name: str, content_type: str, content: bytes) -> HttpResponse:
    """The file as an attachment of that name, whatever type it claims to be."""
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)
