"""The WSGI application that gunicorn serves."""

import os
from collections.abc import Mapping
from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.core.wsgi import get_wsgi_application


class Request(WSGIRequest):
    """A request whose Content-Type may be anything: one that cannot be read counts as none."""

    def _set_content_type_params(self, meta: Mapping[str, Any]) -> None:
        try:
            super()._set_content_type_params(meta)  # type: ignore[misc]  # the stubs leave it out
        except (ValueError, LookupError):
            self.content_type, self.content_params = "", {}


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portico.config.settings")
os.environ.setdefault("PORTICO_DEMO", "0")  # a server is a demo only where somebody says so
os.umask(0o077)  # what it writes is for the portal's own account
application = get_wsgi_application()
application.request_class = Request
