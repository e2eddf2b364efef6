"""How gunicorn serves the portal: `gunicorn -c python:portico.config.serving portico.config.wsgi`.

An application may search by the address of its request, so what stands after a question mark tells who a
patient is. None of it gets into a log: not as an address, not as the page somebody came from, not in a
complaint about a request that cannot be read.

What a proxy says of a request is Django's to believe (`PORTICO_PROXY_COUNT`). By itself the server would take
a header that moves the path, or says https, from whoever speaks to it from this machine: a caller's own,
where a proxy hands it on.
"""

import logging
import re
from typing import Any

access_log_format = '%(h)s %(t)s "%(m)s %(U)s %(H)s" %(s)s %(b)s %(M)sms'

secure_scheme_headers: dict[str, str] = {}
forwarder_headers = ""

_QUERY = re.compile(r"\?.*", re.DOTALL)


def on_starting(server: Any) -> None:
    """Before the first worker is made: whatever is complained of is cut at its first question mark."""
    server.log.error_log.addFilter(without_query)


def without_query(record: logging.LogRecord) -> bool:
    """Let every record pass, without what stands after a question mark."""
    record.msg, record.args = _QUERY.sub("?", record.getMessage()), ()
    return True
