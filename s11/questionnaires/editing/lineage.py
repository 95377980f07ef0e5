"""What became of each criterion since the predecessor, kept true while the draft changes."""

from dataclasses import dataclass

from s11.core.errors import Invalid
from s11.questionnaires.editing.parts import find_criterion, same_words
from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.format.shape import CriterionPart, LineagePart, RetiredPart
from s11.questionnaires.lineage import KEPT


@dataclass(frozen=True)
class Why:
    """Why something changes, and what prompted it."""

    reason: str = ""
    source: str = ""

    def needed(self, sentence: str) -> "Why":
        """The same; raises Invalid with this sentence when no reason was given."""
        if not self.reason.strip():
            raise Invalid(sentence, field="reason")
        return self


NO_REASON = Why()


def origins(criterion: CriterionPart) -> list[str]:
    """The predecessor's keys that a criterion carries on."""
    lineage = criterion.lineage
    if lineage is None:
        return []
    return [criterion.key] if lineage.change in KEPT else list(lineage.from_)


def lineage_of(change: str, why: Why = NO_REASON, keys: list[str] | None = None) -> LineagePart:
    return LineagePart.model_construct(
        change=change, from_=keys or [], reason=why.reason.strip(), source=why.source
    )


def new_lineage(earlier: QuestionnaireFile | None, why: Why) -> LineagePart | None:
    """The lineage of a criterion that nobody asked before; none where there is no predecessor."""
    if earlier is None:
        return None
    return lineage_of("new", why.needed("Say why it is asked from now on."))


def followed(
    before: CriterionPart, after: CriterionPart, earlier: QuestionnaireFile | None, why: Why
) -> LineagePart | None:
    """The lineage after a change of text: reworded, or unchanged again when it is the predecessor's."""
    lineage = before.lineage
    if earlier is None or lineage is None:
        return None
    if lineage.change not in KEPT:
        return lineage_of(lineage.change, why.needed("Keep the reason: say why."), list(lineage.from_))
    change = lineage.change
    if not same_words(before.text, after.text):
        origin = find_criterion(earlier, before.key)
        back = origin is not None and same_words(origin.text, after.text)
        change = "unchanged" if back else "reworded"
    if change == "unchanged":
        # What was said of rewording it is void with its earlier words; why it moved, say, is not.
        return lineage_of("unchanged", why if lineage.change == "unchanged" else NO_REASON)
    return lineage_of("reworded", why.needed("Say why it is worded anew: agencies read it beside the text."))


def explained(criterion: CriterionPart, why: Why) -> CriterionPart:
    """The criterion with a reason why it moved. One whose words changed has a reason already: that stays."""
    if not takes_reason(criterion):
        return criterion
    return criterion.model_copy(update={"lineage": lineage_of("unchanged", why)})


def takes_reason(criterion: CriterionPart) -> bool:
    """Whether a reason for moving has a place: the lineage of a criterion asked in the same words."""
    return criterion.lineage is not None and criterion.lineage.change == "unchanged"


def settled(file: QuestionnaireFile, earlier: QuestionnaireFile | None, why: Why) -> QuestionnaireFile:
    """The file with every key of the predecessor accounted for.

    What no criterion carries on is filed under retired, with this reason; what is asked again is taken
    out from there.
    """
    if earlier is None:
        return file
    carried = {key for criterion in file.criteria for key in origins(criterion)}
    retired = [one for one in file.retired if one.key not in carried]
    known = carried | {one.key for one in retired}
    lost = [criterion for criterion in earlier.criteria if criterion.key not in known]
    if lost:
        numbers = ", ".join(criterion.number for criterion in lost)
        verb = "is" if len(lost) == 1 else "are"
        why.needed(f"Say why {numbers} of {earlier.edition.code} {verb} no longer asked.")
    retired += [
        RetiredPart.model_construct(key=one.key, reason=why.reason.strip(), source=why.source) for one in lost
    ]
    return file.model_copy(update={"retired": retired})


def would_be_lost(file: QuestionnaireFile, earlier: QuestionnaireFile | None, *keys: str) -> bool:
    """Whether the predecessor's criteria would be retired if these of the draft went."""
    if earlier is None:
        return False
    staying = {key for criterion in file.criteria if criterion.key not in keys for key in origins(criterion)}
    going = {key for criterion in file.criteria if criterion.key in keys for key in origins(criterion)}
    return bool(going - staying)


def corrected(
    file: QuestionnaireFile,
    criterion: CriterionPart,
    earlier: QuestionnaireFile,
    *,
    change: str,
    keys: list[str],
    why: Why,
) -> CriterionPart:
    """The criterion with a lineage put right by hand; its key follows where the change needs another.

    What is kept has the key of the predecessor it goes back to; what is not has a key of its own.
    """
    before = {one.key: one for one in earlier.criteria}
    if change in KEPT:
        if len(keys) != 1:
            raise Invalid("Choose the one criterion it was before.", field="keys")
        key = keys[0]
        if key not in before:
            raise Invalid("Choose a criterion of the edition before.", field="keys")
        other = find_criterion(file, key)
        if other is not None and other.key != criterion.key:
            raise Invalid(
                f"{other.number} is that criterion already. Correct {other.number} first.", field="keys"
            )
        if change == "unchanged" and not same_words(before[key].text, criterion.text):
            raise Invalid(
                f"The text differs from {before[key].number} of {earlier.edition.code}, so it is reworded.",
                field="change",
            )
        lineage = lineage_of(change, why if change == "reworded" else NO_REASON)
        return criterion.model_copy(update={"key": key, "lineage": lineage})
    if change in ("split", "merged"):
        least = 1 if change == "split" else 2
        if len(keys) < least or any(key not in before for key in keys):
            word = (
                "the criterion it was split from" if change == "split" else "the criteria it was merged from"
            )
            raise Invalid(f"Choose {word}.", field="keys")
        return criterion.model_copy(update={"lineage": lineage_of(change, why, keys)})
    return criterion.model_copy(update={"lineage": lineage_of("new", why)})
