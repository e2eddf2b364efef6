"""How Django finds this domain, and the start-up check that names a missing audit key."""

from django.apps import AppConfig
from django.core import checks

from portico.domains.audit import keys


class AuditConfig(AppConfig):
    """The audit's tables carry the label `audit`."""

    name = "portico.domains.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the start-up check known."""
        checks.register(keys.check)
