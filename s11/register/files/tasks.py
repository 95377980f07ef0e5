"""What is done by the clock for register files."""

from datetime import timedelta

from s11.core.schedule import Task
from s11.register.files.operations import put_aside_forgotten

FORGOTTEN_FILES = Task(
    "register_files",
    "Puts aside register files that were brought and not decided about for 30 days",
    timedelta(days=1),
    put_aside_forgotten,
)
