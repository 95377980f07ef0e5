"""The one place that puts off pandas and matplotlib.

`s11/__init__.py` imports every room's views and commands, so anything they import at the top
is loaded by `flask notices send` and by every worker. pandas and matplotlib together take more
than half a second and 60 MB. So the modules of this room that need them are named here and
loaded when one of their names is first used. Whoever wants figures, in this room or in a later
one, writes `from s11.analysis.lazy import frames, measures`; nothing else has to be remembered.
"""

import gc
import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from s11.analysis import benchmarking, charts, exports, frames, measures, pages, suppression
else:

    def _loaded(name: str) -> ModuleType:
        is_new = name not in sys.modules
        module = import_module(name)
        if is_new and gc.get_freeze_count():
            # A server (wsgi.py) has its collector leave alone what stays. pandas stays too, and walking it
            # costs more than a page of figures.
            gc.collect()
            gc.freeze()
        return module

    class Later:
        """Stands for a module, and imports it when it is first asked for something."""

        def __init__(self, name: str) -> None:
            self._name = name

        def __getattr__(self, attribute: str) -> Any:
            return getattr(_loaded(self._name), attribute)

    frames = Later("s11.analysis.frames")
    benchmarking = Later("s11.analysis.benchmarking")
    measures = Later("s11.analysis.measures")
    charts = Later("s11.analysis.charts")
    exports = Later("s11.analysis.exports")
    pages = Later("s11.analysis.pages")
    suppression = Later("s11.analysis.suppression")

__all__ = ["benchmarking", "charts", "exports", "frames", "measures", "pages", "suppression"]
