"""Where a server finds the application: `gunicorn wsgi:app`."""

import os

from s11 import create_app

os.umask(0o077)  # the database and the evidence are nobody else's to read

app = create_app()
