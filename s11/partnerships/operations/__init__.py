"""Changing what a partnership has set."""

from s11.partnerships.operations.changing import change, held, set_chain
from s11.partnerships.operations.logos import remove_logo, set_logo
from s11.partnerships.operations.retaining import agree, keep_for, withdraw

__all__ = ["agree", "change", "held", "keep_for", "remove_logo", "set_chain", "set_logo", "withdraw"]
