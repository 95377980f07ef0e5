"""What each act is called, and how an entry reads: "saved answers 1.1 and 1.2".

Every tag the code records has its words here; a test sees to that. An entry is a sentence whose
subject is the person, so each begins with a verb. No rating, reason or text of anybody's is in it.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

Told = Mapping[str, Any]
LISTED = 12  # numbers named one by one; more are counted


def _numbers(what: str, many: str) -> Callable[[Told, Told], str]:
    """The criteria of an entry by number, or how many where they would fill the line."""

    def said(before: Told, after: Told) -> str:
        numbers = [str(number) for number in after.get("criteria", [])]
        if not numbers:
            return f"{what} {many}"
        if len(numbers) > LISTED:
            return f"{what} {len(numbers)} {many}"
        return f"{what} {many if len(numbers) > 1 else many.removesuffix('s')} {', '.join(numbers)}"

    return said


def _about(sentence: str, name: str) -> Callable[[Told, Told], str]:
    """A sentence that ends in one thing the entry tells; without it where it does not tell it."""

    def said(before: Told, after: Told) -> str:
        told = after.get(name, before.get(name))
        return f"{sentence} {told}" if told not in (None, "") else sentence.rpartition(" ")[0]

    return said


def _counted(sentence: str, name: str, one: str, many: str) -> Callable[[Told, Told], str]:
    def said(before: Told, after: Told) -> str:
        count = after.get(name)
        return (
            f"{sentence} {count} {one if count == 1 else many}" if count is not None else f"{sentence} {many}"
        )

    return said


def _role(verb: str, word: str) -> Callable[[Told, Told], str]:
    """Whose role, and which: "gave Pat Lead the role of deputy"."""

    def said(before: Told, after: Told) -> str:
        told = after or before
        role = str(told.get("role", "")).replace("_", " ")
        name = told.get("name", "somebody")
        return f"{verb} {name} {word} role of {role}" if role else f"{verb} {name} a role"

    return said


def _own_role(verb: str) -> Callable[[Told, Told], str]:
    """A role of one's own: "took up the role of deputy"."""

    def said(before: Told, after: Told) -> str:
        role = str(after.get("role", "")).replace("_", " ")
        return f"{verb} the role of {role}" if role else f"{verb} a role"

    return said


def _day(told: object) -> str:
    """A day as people write it, from the way the trail keeps it."""
    day = date.fromisoformat(str(told))
    return f"{day.day} {day:%B %Y}"


def _standards(verb: str, joint: str) -> Callable[[Told, Told], str]:
    """Which standards and criteria, and whose: "gave Helen Helper standards 1, 2 and criterion 3.2"."""

    def said(before: Told, after: Told) -> str:
        what = _parts(after)
        until = f", to be answered by {_day(after['until'])}" if after.get("until") else ""
        return f"{verb} {after.get('name', 'somebody')} {joint} {what}{until}"

    return said


def _parts(after: Told) -> str:
    """Standards and single criteria by their numbers."""
    told = []
    for key, one, many in (("standards", "standard", "standards"), ("criteria", "criterion", "criteria")):
        numbers = [str(number) for number in after.get(key, [])]
        if numbers:
            told.append(f"{many if len(numbers) > 1 else one} {', '.join(numbers)}")
    return " and ".join(told) or "a standard"


def _own_part(words: str) -> Callable[[Told, Told], str]:
    """What somebody says of their own part: "finished their part: standard 2"."""
    return lambda before, after: f"{words}: {_parts(after)}"


# What stands behind the pages of a room, as somebody who was refused it would name it.
REFUSED_OF = {
    "returns": "a return", "moderation": "the moderation of a return", "evidence": "an evidence file",
    "desk": "a cycle", "cycles": "a cycle", "analysis": "figures", "packs": "a pack", "letters": "a letter",
    "challenge": "a challenge day", "actions": "an action", "trail": "the trail",
    "questionnaires": "a questionnaire", "changes": "a questionnaire",
    "papers": "a questionnaire", "plan_papers": "a paper of the plan", "copies": "a return",
    "joining": "the people of a place",
    "system": "the installation", "notices": "a mail",
}  # fmt: skip


def _refused(before: Told, after: Told) -> str:
    """What was refused, by the kind of page only: "was refused a return"."""
    room = str(after.get("page", "")).split(".")[0]
    return f"was refused {REFUSED_OF.get(room, 'a page')}"


# Tag: its name in a list of acts, and its words.
ACTS: dict[str, tuple[str, str | Callable[[Told, Told], str]]] = {
    "return:answers:saved": ("Answers saved", _numbers("saved", "answers")),
    "return:answers:carried": (
        "Last year’s answers taken over", _numbers("took over from last year the", "answers"),
    ),
    "return:answers:confirmed": (
        "Taken-over answer confirmed", _numbers("confirmed what was taken over from last year:", "answers"),
    ),
    "return:answers:cleared": (
        "Taken-over answer cleared", _numbers("cleared what was taken over from last year:", "answers"),
    ),
    "return:evidence:renewed": (
        "Newer revision shown", _numbers("showed the newest revision of a document for", "answers"),
    ),
    "return:answers:copied": ("Answer copied", _numbers("copied from another school", "answers")),
    "return:evidence:attached": ("Evidence added", _about("added evidence to", "criterion")),
    "return:evidence:removed": ("Evidence taken off", _about("took evidence off", "criterion")),
    "return:doubt:replied": ("Doubt answered", _numbers("said why what looks odd is right at", "answers")),
    "return:evidence:opened": ("Evidence opened", "opened an evidence file"),
    "return:evidence:noted": (
        "Where to look changed", _about("said where to look in evidence for", "criterion"),
    ),
    "return:evidence:taken": ("All evidence downloaded", "downloaded all the evidence of the return"),
    "return:standards:given": ("Standards given", _standards("gave", "to answer")),
    "return:standards:changed": (
        "Standards given: day or note", _standards("changed for", "the day or note of"),
    ),
    "return:standards:taken_back": (
        "Standards taken back", _standards("took back from", "the right to answer"),
    ),
    "return:standards:asked_again": (
        "Asked to look again", _standards("asked", "to look again at"),
    ),
    "return:part:finished": ("Part finished", _own_part("finished their part")),
    "return:part:taken_up": ("Part taken up again", _own_part("took up their part again")),
    "return:standards:reminded": ("Contributor reminded", _standards("reminded", "of")),
    "return:link:sent": ("Asked by personal link", _standards("asked", "by a personal link for")),
    "return:link:sent_anew": (
        "Personal link sent anew", _standards("sent", "a new personal link for"),
    ),
    "return:link:withdrawn": (
        "Personal link taken back", _standards("took back from", "the personal link for"),
    ),
    "return:link:opened": (
        "Personal link opened", _about("opened a personal link for standard", "standard"),
    ),
    "return:fields:saved": ("Entries saved", "saved what was entered beside the ratings"),
    "return:section:signed": ("Standard signed", _about("signed standard", "standard")),
    "return:section:reopened": ("Signature fallen", "changed a standard that was signed by itself"),
    "return:workbook:downloaded": ("Workbook downloaded", "downloaded the return as a workbook"),
    "return:workbook:loaded": (
        "Workbook sent in", _counted("put in from a workbook", "changes", "change", "changes"),
    ),
    "return:signature:nobody": (
        "Nobody can sign", "told the office that nobody can sign the return",
    ),
    "return:copy:downloaded": ("Copy downloaded", "took a copy of the submission"),
    "return:submission:opened": ("Submission opened", "opened the submission"),
    "return:stage:not_started": ("Return set back", "set the return back to its beginning"),
    "return:stage:in_progress": ("Return begun", "took the return in hand"),
    "return:stage:awaiting_sign_off": ("Return signed", "signed the return"),
    "return:stage:submitted": ("Return submitted", "submitted the return"),
    "return:stage:sent_back": ("Return sent back", "sent the return back"),
    "return:stage:moderated": ("Moderation finished", "finished moderation"),
    "return:stage:closed": ("Return closed", "closed the return"),
    "return:moderation:rated": ("Answer moderated", _about("moderated answer", "criterion")),
    "return:moderation:agreed": ("Answers agreed", _numbers("agreed in moderation with", "answers")),
    "return:moderation:taken": (
        "Ratings taken on which moderators agree", _numbers("took what moderators agree on in", "answers"),
    ),
    "return:moderation:assigned": (
        "Return given to moderators",
        _counted("gave the return to", "count", "moderator", "moderators"),
    ),
    "return:moderation:taken_away": (
        "Return taken from a moderator", "took the return away from a moderator",
    ),
    "return:moderation:gone_on": (
        "Moderation without somebody",
        _counted("went on with moderation without", "count", "moderator", "moderators"),
    ),
    "return:moderation:declared": (
        "Moderator can begin", "said that nothing stands in the way of moderating the return",
    ),
    "return:moderation:declined": ("Moderator stood aside", "said that they cannot moderate the return"),
    "return:moderation:second_rated": (
        "Answer rated alone", _about("rated by themselves answer", "criterion"),
    ),
    "return:moderation:second_agreed": (
        "Answers rated alone", _numbers("agreed by themselves with", "answers"),
    ),
    "return:moderation:second_finished": ("Own ratings finished", "finished their own ratings of the return"),
    "return:moderation:second_reopened": (
        "Own ratings taken up again", "took up their own ratings of the return again",
    ),
    "return:moderation:compared": ("Ratings compared", "opened what the moderators rated"),
    "return:moderation:replied": (
        "Reply to a moderated rating", _about("replied to the rating of", "criterion"),
    ),
    "return:moderation:accepted": (
        "Moderated ratings accepted", _numbers("accepted the ratings of", "answers"),
    ),
    "person:interest:declared": ("Too near to an organisation", "said that they are too near to moderate"),
    "person:interest:taken_back": ("Not too near any more", "took back that they are too near to moderate"),
    "evidence_request:request:asked": ("Evidence asked for", "asked for evidence"),
    "evidence_request:request:corrected": ("Request corrected", "corrected what evidence is asked for"),
    "evidence_request:request:reminded": ("Reminder of evidence asked for", "reminded of evidence asked for"),
    "evidence_request:request:more_asked": ("More evidence asked for", "asked for more evidence"),
    "evidence_request:request:concluded": ("Evidence judged", "said what the evidence asked for showed"),
    "evidence_request:request:reopened": ("Request opened again", "opened a request for evidence again"),
    "evidence_request:response:sent": ("Evidence sent", "sent the evidence asked for"),
    "evidence_request:response:opened": ("Evidence sent was opened", "opened evidence sent on request"),
    "document:revision:added": ("Document added to a library", "added a document to the evidence library"),
    "document:revision:renewed": (
        "New revision of a document", _about("added a document’s revision", "number"),
    ),
    "document:revision:altered": (
        "Stored file found altered or missing", "found a stored file of evidence altered or missing",
    ),
    "document:revision:withheld": (
        "Altered file not handed out", "was not given a stored file that is altered or missing",
    ),
    "document:library:described": ("Document described", "changed what is said of a document"),
    "document:library:confirmed": ("Document still current", "said that a document is still current"),
    "document:library:removed": ("Document removed", "removed a document from the evidence library"),
    "document:file:infected": ("Virus found", "a virus was found in a file, which is locked or was refused"),
    "cycle:evidence:ruled": ("Rules for evidence changed", "changed what evidence a cycle takes"),
    "cycle:dates:planned": ("Cycle planned", _about("planned the cycle", "code")),
    "cycle:invitations:sent": (
        "Organisations asked", _counted("asked", "organisations", "organisation", "organisations"),
    ),
    "cycle:plan:changed": ("Plan changed", "changed the plan of a cycle"),
    "cycle:standards:chosen": ("Standards chosen", "chose which standards a cycle asks"),
    "cycle:audience:changed": ("Who is asked changed", "changed who is asked in a cycle"),
    "cycle:audience:copied": ("Audience taken over", _about("took over who is asked, from", "from")),
    "cycle:group:added": ("Submission group added", _about("added the submission group", "group")),
    "cycle:group:changed": ("Submission group changed", _about("changed the submission group", "group")),
    "cycle:group:removed": ("Submission group removed", _about("removed the submission group", "group")),
    "cycle:issue:begun": (
        "Issue begun", _counted("began to ask", "organisations", "organisation", "organisations"),
    ),
    "cycle:issue:stopped": (
        "Asking stopped",
        _counted("stopped the asking of", "organisations", "organisation", "organisations"),
    ),
    "cycle:deadline:extended": ("Longer given", _about("gave longer, until", "until")),
    "cycle:list:exported": ("List of a cycle exported", "took a copy of the list of who has returned"),
    "cycle:organisation:exempted": ("Organisation exempted", "exempted the organisation"),
    "cycle:organisation:asked_again": ("Exemption taken back", "asked the organisation after all"),
    "cycle:closing:closed": ("Cycle closed", "closed the cycle"),
    "cycle:closing:opened_again": ("Cycle opened again", "opened the cycle again"),
    "cycle:organisation:withdrawn": ("Organisation withdrawn", "withdrew the organisation"),
    "cycle:organisations:reminded": (
        "Organisations reminded", _counted("reminded", "organisations", "organisation", "organisations"),
    ),
    "cycle:reminders:ruled": ("Rule for reminders added", "added a rule for reminders"),
    "cycle:reminders:stopped": ("Rule for reminders stopped", "stopped a rule for reminders"),
    "cycle:call:noted": ("Call noted", "noted a call with the organisation"),
    "cycle:escalation:sent": ("Escalated", "took a missing return to a senior person of the organisation"),
    "cycle:escalation:answered": ("Escalation answered", "noted the answer to an escalation"),
    "cycle:escalation:downloaded": ("Letter downloaded", "downloaded the letter of an escalation"),
    "partnership:reminders:changed": ("Reminders changed", "changed how the action plan reminds"),
    "person:reminders:chosen": ("Reminders chosen", "chose how to be reminded of actions"),
    "person:calendar:made": ("Calendar address made", "made a secret address for their calendar"),
    "person:calendar:ended": ("Calendar address ended", "ended the secret address of their calendar"),
    "person:calendar:read": ("Calendar read", "had their due dates read by a calendar"),
    "action:plan:added": ("Action added", "added an action to the plan"),
    "action:plan:changed": ("Action changed", "changed what an action promises"),
    "action:plan:mended": ("Action mended", "mended an action that was brought in"),
    "plan_import:plan:dropped": ("Plan dropped", _about("dropped, before it came in, the plan", "title")),
    "plan_source:plan:added": ("Review added", "added a review, inspection or audit to the plan"),
    "plan_source:plan:changed": ("Review changed", "changed the details of a review, inspection or audit"),
    "plan_source:recommendations:added": (
        "Recommendations added",
        _counted("added to a review", "recommendations", "recommendation", "recommendations"),
    ),
    "recommendation:plan:changed": ("Recommendation changed", "changed a recommendation of a review"),
    "recommendation:plan:moved": ("Recommendation moved", "moved a recommendation of a review"),
    "recommendation:plan:removed": ("Recommendation taken out", "took a recommendation out of a review"),
    "plan_import:plan:begun": ("Plan brought", "brought an action plan that exists already"),
    "plan_import:columns:chosen": ("Columns of a plan named", "said what the columns of a brought plan hold"),
    "plan_import:row:mended": ("Row of a plan mended", "mended a row of a brought plan"),
    "plan_import:posts:merged": ("Owner in a plan mended", "said who an owner in a brought plan is"),
    "plan_import:plan:taken_in": ("Plan brought in", "took a brought plan into the composite plan"),
    "action:progress:updated": ("Action updated", "said how an action stands"),
    "action:verification:accepted": ("Action verified", "accepted that an action is complete"),
    "action:verification:returned": ("Action returned", "said what an action still lacks to be complete"),
    "action:impact:answered": ("Difference made answered", "said what difference an action made"),
    "action:closing:closed": ("Action closed", "closed an action"),
    "action:closing:opened_again": ("Action opened again", "opened an action again"),
    "action:closing:superseded": ("Action superseded", "said that another action takes its place"),
    "action:owner:handed_on": ("Action handed on", "gave an action to another owner"),
    "action:owner:added": ("Owner added", "said that somebody else has a part in an action"),
    "action:owner:removed": ("Owner removed", "said that somebody has no part in an action any more"),
    "action:comment:added": ("Comment on an action", "commented on an action"),
    "action:milestone:reached": ("Step reached", "said that a step of an action was reached"),
    "action:milestone:undone": ("Step not reached", "took back that a step was reached"),
    "action:evidence:shown": (
        "Evidence shown",
        _counted("showed", "documents", "document for an action", "documents for an action"),
    ),
    "action:evidence:taken_off": ("Evidence taken off an action", "took a document off an action"),
    "action:evidence:opened": ("Evidence of an action opened", "opened what shows an action"),
    "challenge_day:plan:made": ("Challenge day planned", "planned a challenge day"),
    "challenge_day:plan:changed": ("Challenge day changed", "changed the plan of a challenge day"),
    "challenge_day:session:added": ("Session added", "added a session to a challenge day"),
    "challenge_day:session:changed": ("Session changed", "changed a session of a challenge day"),
    "challenge_day:session:removed": ("Session removed", "removed a session from a challenge day"),
    "challenge_day:rotation:used": (
        "Questioners chosen", _counted("chose who asks in", "sessions", "session", "sessions"),
    ),
    "challenge_day:tie:declared": ("Tie declared", "declared who is not to question whom"),
    "challenge_day:tie:withdrawn": ("Tie withdrawn", "let two organisations question each other again"),
    "challenge_day:attendees:taken": (
        "People taken over", _counted("took over from the register", "people", "person", "people"),
    ),
    "challenge_day:attendee:added": ("Attendee added", "added somebody to those who come to a challenge day"),
    "challenge_day:attendee:changed": ("Attendee changed", "changed what is known of somebody who comes"),
    "challenge_day:attendee:marked": ("Attendance noted", "noted whether somebody comes to a challenge day"),
    "challenge_day:attendee:removed": ("Attendee removed", "took somebody off the list of a challenge day"),
    "challenge_day:people:invited": (
        "Invitations sent", _counted("invited to a challenge day", "people", "person", "people"),
    ),
    "challenge_day:session:opened": ("Session opened", "opened the organisation’s page of a challenge day"),
    "challenge_day:enquiry:added": ("Line of enquiry added", "added a line of enquiry"),
    "challenge_day:enquiry:changed": ("Line of enquiry changed", "changed a line of enquiry"),
    "challenge_day:enquiry:removed": ("Line of enquiry removed", "removed a line of enquiry"),
    "challenge_day:outcome:changed": (
        "Outcome changed", "changed what somebody else recorded of a challenge, or the rating agreed",
    ),
    "challenge_day:day:opened": ("Challenge day opened", "opened a challenge day"),
    "challenge_day:day:finished": ("Challenge day finished", "finished a challenge day"),
    "challenge_day:day:reopened": (
        "Challenge day opened again", "opened the record of a finished challenge day again",
    ),
    "challenge_day:session:begun": ("Session begun", "began a session of a challenge day"),
    "challenge_day:session:ended": ("Session ended", "ended a session of a challenge day"),
    "challenge_day:enquiry:chosen": ("Line of enquiry chosen", "chose a line of enquiry for the day"),
    "challenge_day:enquiry:set_aside": ("Line of enquiry set aside", "set a line of enquiry aside"),
    "challenge_day:enquiry:moved": ("Line of enquiry moved", "changed the order of the lines of enquiry"),
    "challenge_day:enquiries:opened": ("Lines of enquiry opened", "opened the lines of enquiry of a day"),
    "challenge_day:outcome:recorded": ("Outcome recorded", "recorded what came of a challenge"),
    "pack:file:built": (
        "Pack built", _counted("built a pack about", "organisations", "organisation", "organisations"),
    ),
    "pack:file:downloaded": ("Pack opened", "opened a pack"),
    "pack:file:released": ("Pack released", _about("released the", "audience")),
    "pack:file:withdrawn": ("Pack taken back", _about("took back the", "audience")),
    "pack:file:tried_again": ("Pack tried again", "had files of a pack written once more"),
    "pack:briefing:downloaded": ("Briefing opened", "opened what prepares a session of a challenge day"),
    "challenge_day:letters:drafted": (
        "Letters drafted", _counted("drafted", "letters", "letter", "letters"),
    ),
    "challenge_day:letter:changed": ("Letter changed", "changed the draft of a feedback letter"),
    "challenge_day:letter:released": ("Letter released", "released a feedback letter"),
    "challenge_day:letter:opened": ("Letter opened", "opened a feedback letter"),
    "challenge_day:letter:downloaded": ("Letter downloaded", "downloaded a feedback letter"),
    "challenge_day:words:changed": ("Words changed", _about("changed the words of the", "what")),
    "questionnaire:edition:loaded": ("Questionnaire loaded", "loaded a questionnaire"),
    "questionnaire:edition:cloned": ("Questionnaire copied", "copied a questionnaire"),
    "questionnaire:edition:frozen": ("Questionnaire fixed", "fixed the words of a questionnaire"),
    "questionnaire:review:begun": ("Questionnaire put in review", _about("put in review", "code")),
    "questionnaire:review:ended": ("Review ended", _about("took out of review", "code")),
    "questionnaire:edition:approved": ("Questionnaire approved", _about("recorded the approval of", "code")),
    "questionnaire:edition:reopened": ("Approval taken back", _about("took back to draft", "code")),
    "questionnaire:edition:archived": ("Questionnaire archived", _about("archived", "code")),
    "questionnaire:comment:made": ("Comment made", _about("commented on", "code")),
    "questionnaire:comment:answered": ("Comment answered", _about("answered a comment on", "code")),
    "questionnaire:comment:resolved": ("Comment resolved", _about("resolved a comment on", "code")),
    "questionnaire:comment:taken_back": ("Comment taken back", _about("took back a comment on", "code")),
    "questionnaire:paper:downloaded": (
        "Paper about changes opened", "opened the paper about what changed in a questionnaire",
    ),
    "questionnaire:edition:started": ("Questionnaire started", _about("started the questionnaire", "code")),
    "questionnaire:edition:deleted": ("Draft deleted", _about("deleted the draft", "code")),
    "questionnaire:edition:worded": ("Words changed", _about("changed the words of", "code")),
    "questionnaire:edition:numbered": ("Numbered anew", _about("numbered anew", "code")),
    "questionnaire:criterion:added": ("Criterion added", _about("added a criterion to standard", "standard")),
    "questionnaire:criterion:changed": ("Criterion changed", _about("changed criterion", "criterion")),
    "questionnaire:criterion:split": ("Criterion split", _about("split criterion", "criterion")),
    "questionnaire:criterion:merged": ("Criteria merged", _numbers("merged the", "criteria")),
    "questionnaire:criterion:moved": ("Criterion moved", _about("moved criterion", "criterion")),
    "questionnaire:criterion:retired": ("Criterion retired", _about("retired criterion", "criterion")),
    "questionnaire:criterion:asked_again": (
        "Criterion asked again", _about("asked again criterion", "criterion"),
    ),
    "questionnaire:criterion:traced": (
        "Lineage corrected", _about("put right what became of criterion", "criterion"),
    ),
    "questionnaire:standard:added": ("Standard added", _about("added standard", "standard")),
    "questionnaire:standard:changed": ("Standard changed", _about("changed standard", "standard")),
    "questionnaire:standard:moved": ("Standard moved", _about("moved standards of", "code")),
    "questionnaire:standard:retired": ("Standard retired", _about("retired standard", "standard")),
    "questionnaire:fields:changed": ("Fields changed", _about("changed the fields of", "code")),
    "questionnaire:scale:changed": ("Scale changed", _about("changed the scale", "scale")),
    "questionnaire:scale:chosen": ("Scale chosen", _about("chose the scale", "scale")),
    "questionnaire:scale:removed": ("Scale taken out", _about("took out the scale", "scale")),
    "mail:outbox:retried": ("Mail sent again", _about("put back to be sent the mail", "subject")),
    "mail:outbox:settled": ("Mail counted as sent", _about("said that it came, of the mail", "subject")),
    "mail:outbox:cancelled": ("Mail cancelled", _about("cancelled the mail", "subject")),
    "mail:address:let_in": ("Address let in again", "let mail to an address in again"),
    "mail:words:changed": ("Words of a mail changed", _about("changed the words of the mail", "mail")),
    "mail:words:put_back": ("Usual words of a mail", _about("went back to the usual words of", "mail")),
    "partnership:table:founded": ("Partnership founded", "founded the partnership"),
    "organisation:register:brought": (
        "Register brought up to date", _about("brought up to date from a register", "organisation"),
    ),
    "organisation:duplicate:merged": ("Duplicate put together", _about("put together with", "into")),
    "organisation:duplicate:took_in": ("Duplicate taken in", _about("took in as a duplicate", "taken_in")),
    "organisation:duplicate:told_apart": ("Told apart", _about("said that it is not", "other")),
    "register:file:applied": (
        "Register applied",
        _counted("applied a register to", "organisations", "organisation", "organisations"),
    ),
    "register:file:put_aside": ("Register put aside", _about("put aside the register", "file")),
    "organisation:seat:taken": ("Organisation added", _about("gave a seat at the table to", "organisation")),
    "organisation:register:added": (
        "Organisation entered", _about("entered in the register", "organisation"),
    ),
    "organisation:facts:changed": ("Facts changed", _about("changed what is known of", "organisation")),
    "organisation:name:changed": ("Name changed", _about("entered the new name of", "organisation")),
    "organisation:parent:changed": (
        "Moved", _about("entered another trust or group for", "organisation"),
    ),
    "organisation:standing:closed": ("Closed", _about("entered the closure of", "organisation")),
    "organisation:standing:reopened": ("Opened again", _about("took back the closure of", "organisation")),
    "organisation:standing:merged": ("Merged", _about("entered the merger of", "organisation")),
    "organisation:standing:took_in": (
        "Took in another", _about("entered what was taken in by", "organisation"),
    ),
    "organisation:seat:left": ("Left the partnership", _about("entered the leaving of", "organisation")),
    "organisation:seat:taken_again": ("Came back", _about("gave its seat back to", "organisation")),
    "contact:person:added": ("Contact added", _about("added a contact:", "role")),
    "contact:person:changed": ("Contact changed", _about("changed a contact:", "role")),
    "contact:person:ended": ("Contact ended", _about("ended a contact:", "role")),
    "partnership:organisations:exported": ("Register exported", "took a copy of the list of organisations"),
    "person:account:made": ("Account made", _about("made an account for", "name")),
    "person:session:signed_in": ("Signed in", "signed in"),
    "person:session:ended": ("Signed out", "signed out"),
    "person:name:corrected": ("Name corrected", _about("corrected their name to", "name")),
    "person:session:revoked": ("Sign-in ended elsewhere", _about("ended a sign-in of theirs in", "device")),
    "person:sessions:revoked": ("Sign-ins ended", _about("ended the sign-ins of", "name")),
    "person:password:reset_started": (
        "Link for a new password sent", _about("had a link for a new password sent to", "name"),
    ),
    "person:password:reset": ("Password set by a link", "set a new password by a link"),
    "person:address:changed": ("E-mail address changed", "changed their e-mail address"),
    "person:factor:turned_on": ("Second step turned on", "turned on their second step"),
    "person:factor:turned_off": ("Second step turned off", "turned off their second step"),
    "person:factor:replaced": ("Telephone replaced", "set up a new telephone for their sign-in codes"),
    "person:factor:reset": ("Second step removed", _about("removed the second step of", "name")),
    "person:factor:guessed": ("Codes tried too often", "was refused after too many sign-in codes"),
    "person:codes:made": ("Recovery codes made", "made new recovery codes"),
    "person:codes:used": ("Recovery code used", "signed in with a recovery code"),
    "person:device:remembered": ("Device remembered", "had a device remembered"),
    "person:device:forgotten": ("Device forgotten", "had a remembered device forgotten"),
    "person:identity:linked": ("Work account linked", _about("linked their account with", "provider")),
    "person:identity:unlinked": (
        "Work account removed", _about("removed the link of their account with", "provider"),
    ),
    "person:password:changed": ("Password changed", "changed their password"),
    "person:role:given": ("Role given", _role("gave", "the")),
    "person:account:switched_off": ("Switched off", _about("switched off the account of", "name")),
    "person:account:switched_on": ("Switched on again", _about("switched on again the account of", "name")),
    "person:role:taken_up": ("Role taken up", _own_role("took up")),
    "person:role:offered": ("Invitation sent", _role("offered", "the")),
    "person:role:changed": ("Job title or last day changed", _role("changed what is said of", "in the")),
    "person:invitation:resent": ("Invitation sent again", _role("sent", "the invitation again for the")),
    "person:invitation:withdrawn": ("Invitation taken back", _role("took back from", "the offer of the")),
    "person:invitation:declined": ("Invitation declined", _own_role("declined")),
    "person:role:ended": ("Role ended", _role("ended for", "the")),
    "person:name:removed": ("Name taken out", _about("took a leaver’s name out: now", "known_as")),
    "person:data:downloaded": ("Own data taken", "took a copy of what is held about them"),
    "installation:retention:run": ("Old data removed", "removed what was past its time"),
    "person:downloads:stopped": (
        "Downloads paused", "reached the most files that can be downloaded in ten minutes",
    ),
    "access:page:refused": ("Page refused", _refused),
    "partnership:settings:changed": ("Settings changed", _about("changed the settings:", "subject")),
    "partnership:signing:changed": (
        "Who signs changed", _about("changed who signs in new editions of", "framework"),
    ),
    "partnership:logo:changed": ("Logo changed", "chose another logo"),
    "partnership:logo:removed": ("Logo removed", "removed the logo"),
    "partnership:retention:asked": (
        "Shorter time asked for", _about("asked to keep evidence files for fewer years:", "years"),
    ),
    "partnership:retention:changed": ("Time kept changed", "changed how long evidence files are kept"),
    "partnership:retention:agreed": (
        "Shorter time agreed", _about("agreed to keep evidence files for fewer years:", "years"),
    ),
    "partnership:retention:withdrawn": ("Shorter time not agreed", "left how long evidence files are kept"),
    "document:revision:expired": ("File past its time removed", "removed a file past its time"),
    "partnership:demo:seeded": ("Demonstration loaded", "loaded the demonstration"),
    "cycle:figures:exported": ("Figures exported", "took a copy of figures"),
    "partnership:plan:exported": ("Plan exported", "took a copy of the plan of actions"),
    "partnership:plan:published": ("Plan for the public made", "made the plan of actions for the public"),
    "organisation:plan:exported": ("Own plan exported", "took a copy of the organisation’s actions"),
    "partnership:figures:exported": ("Figures of the plan exported", "took a copy of figures of the plan"),
    "partnership:trail:exported": ("Trail exported", "took a copy of the trail"),
}  # fmt: skip


def said(tag: str, before: Told | None, after: Told | None) -> str:
    """What somebody did, as the rest of a sentence that begins with their name."""
    _, words = ACTS.get(tag, (tag, ""))
    if callable(words):
        return words(before or {}, after or {})
    # A tag of a version that is no longer here is better read plainly than not at all.
    return words or tag.replace(":", " ").replace("_", " ")


def name_of(tag: str) -> str:
    """What an act is called in a list of acts."""
    return ACTS[tag][0] if tag in ACTS else said(tag, None, None).capitalize()
