"""Plans in words of our own, made as Boards make them and broken where theirs are broken."""

from s11.actions.bringing.columns import guess_all
from s11.actions.bringing.reading import read_pasted
from s11.actions.bringing.shapes import Known, PrintedTable, UnderstoodPlan, UnderstoodRow
from s11.actions.bringing.understanding import understand

KNOWN = Known(
    organisations=(("org-cs", "Children's Services", "CS"), ("org-police", "Northshire Police", "Police")),
    board_words=("NSCB", "the board"),
    people=(("Asha Rahman", "", "org-police"),),
)

# Recommendations under themes, then actions by mechanism: number 6 twice, 5 never, 7 without an action of its
# own; tables go on over pages; a merged cell arrives as an empty row; one post is spelt four ways.
BY_THEME = """\
# Northshire Safeguarding Children Board

The plan below was agreed in May. Changes are made through:

- Policy and procedure
- Audit and monitoring

# THEME 1: Professional Curiosity

CONTEXT AND SUMMARY\tRecommendation
<p><b>HEALTH:</b> Notes were thin.</p> <ul> <li>• No dates</li> <li>• No names</li> </ul>\t<p>Nurses should write down who was in the room. (Recommendation 2)</p>
\t<p>Supervisors should read three sets of notes with each nurse every term. (Recommendation 4)</p>
<p><b>SCHOOLS:</b> Absence was not followed up.</p>\tSchools should call on the first day of absence. (Recommendation 6)

## THEME 1: Professional Curiosity, continued

CONTEXT AND SUMMARY\tRecommendation
<p><b>POLICE:</b> Notices came late.</p>\t<p>Notices of domestic abuse should reach schools before nine. (Recommendation 1)</p>

## THEME 2: Ownership and Accountability

CONTEXT AND SUMMARY\tRecommendation
The board heard of it late.\tThe board should be told within a week. (Recommendation 3)
Staff did not know the policy.\tEvery member of staff should be reminded of the policy on written agreements. (Recommendation 6)
Agreements were not checked.\tWritten agreements should be counted in each audit. (Recommendation 7)

## Achieving change through policy and procedure

### NSCB Strategic Response: What difference do we expect to see?

- Policies are known

Rec No.\tTHEME\tACTIONS\tEvidence/Mechanism\tOwner\tTimescales
1\tPROF CURIOSITY\tAgree a protocol for notices before nine\tProtocol in place\tNSCB Business Manager & Chairs of Education & Health Advisory Group\tMay 2027
2\tPROF CURIOSITY\tRevise the template for notes\t<ul> <li>• Template</li> <li>• Audit of notes</li> </ul>\tEducation Safeguarding Adviser and AD Education\tJul 2027 for implementation in Sep 2027
3\tOWNERSHIP\tThe board is told within a week\t\tDirector of Children's Services, AD Social Care & Head of QA\tJun 2027  Nov 2027

**Achieving change through policy and procedure, continued**

Rec No.\tTHEME\tACTIONS\tEvidence/Mechanism\tOwner\tTimescales
4\tPROF CURIOSITY\tSupervisors read notes\t\t\t

## Achieving change through workforce development and training

<b>Rec No.</b>\t<b>THEME</b>\t<b>ACTIONS</b>\t<b>Evidence</b>\t<b>Owner</b>\t<b>Timescales</b>
2 & 4\t<b>PROF CURIOSITY</b>\tTrain nurses and their supervisors\tTraining impact assessment\tAdviser – Education Safeguarding\tSep 2027
1 & 3\t<b>OWNERSHIP</b>\t\t\t\t
6\t<b>PROF CURIOSITY</b> <b>OWNERSHIP</b>\tPromote this at every staff meeting\tMinutes\tNSCB Business anager\tOngoing
\tOWNERSHIP\tEvery member of staff is reminded of the policy on written agreements\t\t\tApril 2027
ALL\t<b>VOICE OF THE CHILD</b>\tTell the children who asked what was done\tA letter\tChildren's Services Adviser – Education Safeguarding\tCompleted Oct 2026
"""  # noqa: E501

# Findings above the tables, one of them lost; objectives, several owners and dates in a cell, no evidence.
BY_FINDING = """\
PLAN R

Objectives\tACTIONS\tEvidence\tOwner\tTimescales\tResources
<p>Standards say when to escalate.</p>\t<p>Write the standards</p> <p>Train on them</p>\t\t<p>Children's Services</p> <p>PIQAG</p>\t<p>Dec 2026</p> <p>April 2027</p>\tAuditing capacity

FINDING: 2. Assessments followed the parents and not the children.

NSCB Strategic Response:

The board has made the voice of the child its priority.

Objectives\tACTIONS\tEvidence\tOwner\tTimescales\tResources
Children are heard\tAsk them\t\tEarly Help Board PIQAG\tSep – Dec 2026 Audit April 2027\t
\tAsk them again\t\tPIQAG\tJan 2027\t

PLAN R

Objectives\tACTIONS\tEvidence\tOwner\tTimescales\tResources
Fathers are met\tVisit when they are at home\t\tNSCB Board\tAug 2026 onwards\t

FINDING: 4. Missed appointments were counted by nobody.

Objectives\tACTIONS\tEvidence\tOwner\tTimescales\tResources
They are counted\tCount them\t\tHealth & Education care providers\tTBC\t
"""  # noqa: E501


def understood(text: str, **changes: object) -> UnderstoodPlan:
    tables = read_pasted(text)
    return understand(tables, guess_all(tables), changes.pop("mended", {}), KNOWN, **changes)  # type: ignore[arg-type]


def one_table(text: str) -> PrintedTable:
    (table,) = read_pasted(text)
    return table


def row_saying(plan: UnderstoodPlan, words: str) -> UnderstoodRow:
    (row,) = [row for row in plan.rows if row.text.startswith(words)]
    return row
