"""The one place that puts off pandas and matplotlib.

`s11/__init__.py` imports every room's views and commands, so anything they import at the top
is loaded by `flask notices send` and by every worker. pandas and matplotlib together take more
than half a second and 60 MB. So the modules of this room that need them are named here and
loaded when one of their names is first used. Whoever wants figures, in this room or in a later
one, writes `from s11.analysis.lazy import frames, measures`; nothing else has to be remembered.
"""

from typing import TYPE_CHECKING

from s11.core.later import Later

if TYPE_CHECKING:
    from s11.analysis import benchmarking, charts, exports, frames, measures, pages, suppression
else:
    frames = Later("s11.analysis.frames")
    benchmarking = Later("s11.analysis.benchmarking")
    measures = Later("s11.analysis.measures")
    charts = Later("s11.analysis.charts")
    exports = Later("s11.analysis.exports")
    pages = Later("s11.analysis.pages")
    suppression = Later("s11.analysis.suppression")

__all__ = ["benchmarking", "charts", "exports", "frames", "measures", "pages", "suppression"]
