"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portico.config.settings")
os.environ.setdefault("PORTICO_DEMO", "0")  # a server is a demo only where somebody says so
os.umask(0o077)  # what it writes is for the portal's own account
application = get_wsgi_application()
