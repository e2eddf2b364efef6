"""How Django finds this domain."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """The jobs' tables carry the label `jobs`."""

    name = "portico.domains.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"
