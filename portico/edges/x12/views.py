"""The one address of CORE connectivity: both envelopes are posted to it, and it describes itself.

It reads no session and asks for no CSRF token: whoever posts signs in inside the envelope, every time.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt

from portico.edges.x12.connectivity import description, exchanging


@csrf_exempt
def core_connectivity(request: HttpRequest) -> HttpResponse:
    """Answer an envelope; or, asked with `?wsdl` or `?xsd`, say how to write one."""
    if request.method == "POST":
        return exchanging.answer(request)
    if request.method in ("GET", "HEAD"):
        asked = request.META.get("QUERY_STRING", "").lower()
        if asked == description.WSDL:
            address = request.build_absolute_uri(request.path)
            return HttpResponse(description.wsdl(address), content_type=description.MEDIA_TYPE)
        if asked == description.SCHEMA:
            return HttpResponse(description.schema(), content_type=description.MEDIA_TYPE)
    return HttpResponseNotAllowed(["POST"])
