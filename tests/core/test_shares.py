"""One rule of rounding for every page, pack and file."""

from s11.analysis import rules
from s11.core.shares import share
from s11.web.filters import percent


def test_halves_go_up_everywhere() -> None:
    # 12.25 and 0.25: a computer's own rounding would go down to the even digit.
    assert share(49, 400) == percent(49, 400) == rules.share(49, 400) == "12.3 %"
    assert share(1, 400) == percent(1, 400) == "0.3 %"
    assert share(66, 69) == percent(66, 69) == "95.7 %"


def test_a_share_of_nothing_is_a_dash() -> None:
    assert share(0, 0) == percent(0, 0) == "–"
