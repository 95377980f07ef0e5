"""Modules that are imported when they are first used.

`s11/__init__.py` imports every room's views and commands, so anything they import at the top is loaded by
`flask notices send` and by every worker. What is large and seldom needed stands behind a `Later`.
"""

import gc
import sys
from importlib import import_module
from types import ModuleType
from typing import Any


class Later:
    """Stands for a module, and imports it when it is first asked for something."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(_loaded(self._name), attribute)


def _loaded(name: str) -> ModuleType:
    is_new = name not in sys.modules
    module = import_module(name)
    if is_new and gc.get_freeze_count():
        # A server (wsgi.py) has its collector leave alone what stays. These modules stay too, and walking
        # pandas costs more than a page of figures.
        gc.collect()
        gc.freeze()
    return module
