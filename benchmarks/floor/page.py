"""The floor of a page: one indexed query, one row inserted, one plain template of as many bytes and cells.

It runs in the portal's own process on the portal's own database, with Django's middleware and without ours:
nobody is asked who he is, nothing is decided, nothing audited.
"""

from datetime import UTC, datetime
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine, Template
from django.urls import path

from portico.domains.members import models

CELLS = (
    "Office visit, primary care",
    "$25 copay",
    "40% after deductible",
    "30 visits a year",
    "Not required",
)
_TEMPLATE = """<!DOCTYPE html><title>{{ member.last_name }}</title><h1>{{ member.member_id }}</h1><table>
{% for cells in rows %}<tr>{% for cell in cells %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</table><p>"""


def page(request: HttpRequest, size: int, rows: int, member_id: str) -> HttpResponse:
    """Answers a page of `size` bytes, less or more a name's length, with a table of `rows` rows."""
    member = models.Member.objects.get(member_id=member_id)
    models.Miss.objects.create(user_id=0, by="bare", at=datetime.now(UTC))
    context = Context({"member": member, "rows": [CELLS] * rows, "request": request})
    return HttpResponse(_template(size, rows).render(context))


@lru_cache
def _template(size: int, rows: int) -> Template:
    engine = Engine()
    table = engine.from_string(_TEMPLATE).render(Context({"rows": [CELLS] * rows}))
    return engine.from_string(_TEMPLATE + "." * (size - len(table.encode())))


urlpatterns = [path("bare/<int:size>/<int:rows>/<str:member_id>/", page)]
