"""The words of mails: the product's own, or a partnership's, with ((placeholders)) filled in."""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass

from s11.notices import queries

log = logging.getLogger("s11.mail")
PLACEHOLDER = re.compile(r"\(\(\s*([a-z_ ]+?)\s*\)\)")


@dataclass(frozen=True)
class Words:
    """A subject and a text, as they go out."""

    subject: str
    body: str


DEFAULTS: dict[str, Words] = {
    "letter": Words(
        "((audit)): please complete by ((due))",
        "Dear ((name)),\n\n((letter))\n\nPlease complete it for ((organisation)) by ((due)).\n\n"
        "Sign in to begin: ((link))",
    ),
    "reminder": Words(
        "((audit)) is due on ((due))",
        "Dear ((name)),\n\nThe return of ((organisation)) to ((audit)) is due on ((due)). ((standing))\n\n"
        "Sign in to go on: ((link))\n\nIf something keeps you from it, tell us: "
        "we can help, and give more time.",
    ),
    "overdue": Words(
        "((audit)) was due on ((due))",
        "Dear ((name)),\n\nThe return of ((organisation)) to ((audit)) was due on ((due)). ((standing))\n\n"
        "Please complete it as soon as you can: ((link))\n\nIf something keeps you from it, tell us.",
    ),
    "signature": Words(
        "((audit)) waits for a signature",
        "Dear ((name)),\n\nThe return of ((organisation)) to ((audit)) is ready. ((standing))\n\n"
        "Whoever has to sign reads it and signs here: ((link))\n\nThe date set for it: ((due)). "
        "If something stands in the way, tell us.",
    ),
    "extension": Words(
        "((audit)): you have until ((due))",
        "Dear ((name)),\n\n((organisation)) has until ((due)) for its return to ((audit)).\n\n((link))",
    ),
    "escalation": Words(
        "((audit)): the return of ((organisation)) is missing",
        "Dear ((name)),\n\nThe return of ((organisation)) to ((audit)) was due on ((due)) and has not "
        "reached us. ((standing))\n\nWe have written to your safeguarding lead and would be grateful if you "
        "would see that it is completed, or tell us what stands in its way, by ((answer by)).\n\n((link))",
    ),
    "request": Words(
        "Evidence is asked for: ((title))",
        "Dear ((name)),\n\n((partnership)) asks ((organisation)) for evidence, by ((due)):\n\n((title))\n\n"
        "Sign in to read why, and to answer: ((link))",
    ),
    "request_reminder": Words(
        "Reminder: evidence for ((title)) by ((due))",
        "Dear ((name)),\n\n((partnership)) asked ((organisation)) for evidence by ((due)):\n\n((title))\n\n"
        "Nothing has come yet. Sign in to answer: ((link))",
    ),
    "action_given": Words(
        "An action is yours now, to be done by ((due))",
        "Dear ((name)),\n\nin the action plan of ((partnership)) you lead an action of ((organisation)) from "
        "now on. It comes from: ((from)). It is to be done by ((due)).\n\nRead what was promised, "
        "and say how it goes: ((link))",
    ),
    "action_returned": Words(
        "An action came back, to be done by ((due))",
        "Dear ((name)),\n\n((partnership)) has read what shows that an action of ((organisation)) is "
        "complete, and something is still missing. It is open again, to be done by ((due)).\n\n"
        "Read what is missing: ((link))",
    ),
    "action_reminder": Words(
        "Actions of yours: ((count))",
        "Dear ((name)),\n\nin the action plan of ((partnership)) these actions need a word from you:\n\n"
        "((actions))\n\nSign in to say how they go, or to move a date with its reason: ((link))",
    ),
    "action_weekly": Words(
        "Your actions this week: ((count))",
        "Dear ((name)),\n\nthis is how your actions in the plan of ((partnership)) stand:\n\n((actions))\n\n"
        "All of them: ((link))",
    ),
    "action_difference": Words(
        "What difference did it make? ((count))",
        "Dear ((name)),\n\nsome time ago these actions were completed. ((partnership)) asks what difference "
        "they made for children, and how you know:\n\n((actions))\n\nSign in to answer: ((link))",
    ),
    "action_lead": Words(
        "Overdue at ((organisation)): ((count))",
        "Dear ((name)),\n\nthese actions of ((organisation)) in the plan of ((partnership)) are overdue, and "
        "their owners have been reminded:\n\n((actions))\n\nPlease see that they are done, or that their "
        "date is moved with a reason: ((link))",
    ),
    "action_office": Words(
        "Overdue in the plan: ((count))",
        "Dear ((name)),\n\nthese actions are overdue, and neither their owners nor the safeguarding leads "
        "have moved them:\n\n((actions))\n\nThe overdue actions of the plan: ((link))",
    ),
    "invitation": Words(
        "((day)), ((when))",
        "Dear ((name)),\n\n((partnership)) invites you to ((day)).\n\nWhen: ((when))\nWhere: ((place))\n\n"
        "((your part))\n\nThe day:\n\n((agenda))\n\nIt is attached for your calendar. If you cannot come, "
        "please tell us who comes in your place.",
    ),
    "invitation_changed": Words(
        "Changed: ((day)), ((when))",
        "Dear ((name)),\n\nthe plan of ((day)) has changed. This is how it is now.\n\nWhen: ((when))\n"
        "Where: ((place))\n\n((your part))\n\nThe day:\n\n((agenda))\n\nThe file attached puts it right in "
        "your calendar. If you can no longer come, please tell us who comes in your place.",
    ),
    "invitation_cancelled": Words(
        "You need not come: ((day)), ((when))",
        "Dear ((name)),\n\nyou were invited to ((day)), ((when)), and are no longer expected. The file "
        "attached takes it out of your calendar.\n\nIf you think that this is a mistake, please tell us.",
    ),
}


def words_of(partnership_id: int, key: str) -> Words:
    """The words a partnership uses for this kind of mail, its placeholders still open."""
    own = queries.template(partnership_id, key)
    return Words(own.subject, own.body) if own else DEFAULTS[key]


def filled(words: Words, values: Mapping[str, str]) -> Words:
    """The words with their placeholders filled. One that nobody gave a value for raises KeyError."""

    def put(found: re.Match[str]) -> str:
        return values[" ".join(found[1].split())]

    return Words(PLACEHOLDER.sub(put, words.subject), PLACEHOLDER.sub(put, words.body))


def filled_in_any_case(words: Words, key: str, values: Mapping[str, str]) -> Words:
    """The same for a mail nobody looks at before it goes: a partnership's own words that cannot be filled
    give way to the usual ones, so that what was written long ago holds up no letter."""
    try:
        return filled(words, values)
    except KeyError as missing:
        log.warning("own words of the mail %s hold ((%s)), which is not known", key, missing.args[0])
        return filled(DEFAULTS[key], values)
