"""Where a server finds the application: `gunicorn wsgi:app`."""

import gc
import os
import sys

from s11 import create_app
from s11.core.config import UnsafeSettings

# What gunicorn takes as "this will not start": with any other code it would try again for ever.
WILL_NOT_START = 3
YOUNG_OBJECTS = 20_000

os.umask(0o077)  # the database and the evidence are nobody else's to read

try:
    app = create_app()
except UnsafeSettings as unsafe:
    print(unsafe, file=sys.stderr)
    sys.exit(WILL_NOT_START)

# What is here now stays: the garbage collector need not walk it with every page. A page of thousands of cells
# makes as many objects, and leaves nothing behind that would be worth looking for sooner.
gc.collect()
gc.freeze()
gc.set_threshold(YOUNG_OBJECTS, 10, 10)
