"""What changes moderation: giving returns out, rating them alone, agreeing, finishing, replying."""

from s11.moderation.operations.agreeing import agree_rest, complete, rate, says_the_same, take_agreed
from s11.moderation.operations.assigning import Assigned, assign, candidates, go_on_without, take_away
from s11.moderation.operations.declaring import declare, declare_interest, decline, take_back_interest
from s11.moderation.operations.rating import agree_rest_alone, finish_alone, rate_alone, take_back_finish
from s11.moderation.operations.replying import accept_rest, reply

__all__ = [
    "Assigned",
    "accept_rest",
    "agree_rest",
    "agree_rest_alone",
    "assign",
    "candidates",
    "complete",
    "declare",
    "declare_interest",
    "decline",
    "finish_alone",
    "go_on_without",
    "rate",
    "rate_alone",
    "reply",
    "says_the_same",
    "take_agreed",
    "take_away",
    "take_back_finish",
    "take_back_interest",
]
