"""How Django finds the templates of mails."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """This edge has templates and no tables."""

    name = "portico.edges.mail"
    label = "mail"
