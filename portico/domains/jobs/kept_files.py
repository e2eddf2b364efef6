"""Where the files that loads took in are kept, as they came: by SHA-256, for the portal alone."""

from pathlib import Path

from django.conf import settings


def path(digest: str) -> Path:
    """Where the file of that SHA-256 is, or would be."""
    return Path(settings.FILES_DIR) / "feeds" / digest
