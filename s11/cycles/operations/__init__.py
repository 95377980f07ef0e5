"""What an office does with a cycle: plan it, say who is asked in which group, issue it, and let off."""

from s11.cycles.operations.asking import invite
from s11.cycles.operations.audience import address
from s11.cycles.operations.grouping import add_group, change_group, remove_group
from s11.cycles.operations.issuing import BATCH, begin_issue, claim, finish_if_done, stop_waiting
from s11.cycles.operations.longer import ask_again, exempt, extend
from s11.cycles.operations.planning import change, choose_standards, copy_of, plan, rule_evidence

__all__ = [
    "BATCH",
    "add_group",
    "address",
    "ask_again",
    "begin_issue",
    "change",
    "change_group",
    "choose_standards",
    "claim",
    "copy_of",
    "exempt",
    "extend",
    "finish_if_done",
    "invite",
    "plan",
    "remove_group",
    "rule_evidence",
    "stop_waiting",
]
