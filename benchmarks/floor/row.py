"""The floor of an answer to a program: one row read, one inserted, one small object of JSON.

Like the floor of a page it runs in the portal's own process, without the portal's middleware: nobody signs
in, nothing is decided, nothing audited, nothing noted.
"""

import json
from datetime import UTC, datetime

from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from portico.domains.members import models


@csrf_exempt
def row(request: HttpRequest) -> JsonResponse:
    """Answers the member that the posted object names by `member_id`."""
    asked = json.loads(request.body)
    member = models.Member.objects.get(member_id=asked["member_id"])
    models.Miss.objects.create(user_id=0, by="bare", at=datetime.now(UTC))
    told = {"member_id": member.member_id, "last_name": member.last_name, "birth_date": member.birth_date}
    return JsonResponse(told)


urlpatterns = [path("bare/row/", row)]
