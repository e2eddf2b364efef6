"""The database itself refuses to change or delete audit rows."""

from typing import Any

from django.db import migrations

from portico.domains.audit import guards


def install(apps: Any, schema_editor: Any) -> None:
    """Put the triggers in place."""
    guards.install(schema_editor.connection)


def lift(apps: Any, schema_editor: Any) -> None:
    """Take them away."""
    guards.lift(schema_editor.connection)


class Migration(migrations.Migration):
    """Triggers after tables."""

    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(install, lift)]
