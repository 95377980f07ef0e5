"""Where a server finds the application: `gunicorn wsgi:app`."""

from s11 import create_app

app = create_app()
