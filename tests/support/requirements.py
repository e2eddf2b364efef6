"""A list of what needs an authorization, as the plan has published it: for tests of whoever asks."""

import hashlib
from datetime import UTC, date, datetime
from typing import Any

from portico.domains.authorizations import models, requirement_books

SINCE = date(2015, 1, 1)
VERSION = "2015"


def say(code: str, answer: str = "required", **says: Any) -> models.Requirement:
    """Add a rule to the published list, which is made where there is none; of a service type unless said."""
    row, _ = models.RequirementList.objects.get_or_create(
        version=VERSION,
        defaults={
            "state": models.RequirementList.State.PUBLISHED,
            "effective_on": SINCE,
            "digest": "",
            "loaded_at": datetime(2014, 12, 1, tzinfo=UTC),
            "published_at": datetime(2014, 12, 1, tzinfo=UTC),
        },
    )
    facts = {
        "key": says.get("key") or f"R{row.rules.count() + 1}",
        "system": "service_type",
        "first_code": code,
        "answer": answer,
        "text": f"What the plan says of {code}.",
        "citation": "List of what needs an authorization",
        "first_on": SINCE,
    }
    rule = models.Requirement.objects.create(list=row, **facts | says)
    told = sorted(repr(rule) for rule in requirement_books.rules_of(row.pk))
    row.digest = hashlib.sha256("\n".join(told).encode()).hexdigest()
    row.save(update_fields=["digest"])
    requirement_books.forget()
    return rule
