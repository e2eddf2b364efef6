"""`{% load elsewhere %}{% offered %}`: the providers one may sign in with; nothing where there is none."""

from typing import Any

from django import template
from django.template import Context

from portico.domains.accounts.elsewhere import providers

register = template.Library()


@register.inclusion_tag("accounts/elsewhere/offered.html", takes_context=True)
def offered(context: Context) -> dict[str, Any]:
    """Answer what the list needs: the open providers, the form's token, where to go afterwards."""
    return {
        "providers": providers.offered(),
        "next": context["request"].GET.get("next", ""),
        "csrf_token": context["csrf_token"],
    }
