"""How Django finds this domain."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """The notifications' tables carry the label `notifications`."""

    name = "portico.domains.notifications"
    label = "notifications"
    default_auto_field = "django.db.models.BigAutoField"
