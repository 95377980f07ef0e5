"""Every row of a plan, its recommendations, its posts and its faults put together."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from s11.actions.bringing.dates import When, when
from s11.actions.bringing.faults import faults_of
from s11.actions.bringing.keeping import Meanings
from s11.actions.bringing.numbers import numbers_of
from s11.actions.bringing.posts import alike, lines_in, owners_in, post_of
from s11.actions.bringing.sections import mechanism_of
from s11.actions.bringing.shapes import (
    Known,
    Lack,
    Meaning,
    Mended,
    Post,
    PrintedTable,
    RowKind,
    Step,
    UnderstoodPlan,
    UnderstoodRow,
)
from s11.actions.bringing.understanding.drafts import HOLDS_ON, Draft, drafts_of, folded
from s11.actions.bringing.understanding.recommending import Found, Recommending
from s11.actions.bringing.understanding.words import priority_of, spoken, status_of, themes_in
from s11.actions.rules import Status

# Owners in one line have a part in everything, and no date of their own.
JOINED = re.compile(r"\s(?:&|and|with)\s|,")


def understand(
    tables: Sequence[PrintedTable],
    meanings: Meanings,
    mended: Mapping[int, Mended],
    known: Known,
    posts: Mapping[str, Post] | None = None,
) -> UnderstoodPlan:
    """What every printed row is. `posts` are owners that were mended once for all rows, by their spelling."""
    return _Plan(tables, meanings, mended, known, posts or {}).understood()


class _Plan:
    def __init__(
        self,
        tables: Sequence[PrintedTable],
        meanings: Meanings,
        mended: Mapping[int, Mended],
        known: Known,
        posts: Mapping[str, Post],
    ) -> None:
        self.mended, self.known, self.posts = mended, known, posts
        self.drafts = drafts_of(tables, meanings, mended)
        self._hold_on()
        self.actions = {draft.row: draft for draft in folded(self.drafts)}
        self._mend_numbers()
        self.recommending = Recommending(self.drafts, known)
        self.titles = list(
            dict.fromkeys(
                draft.context.theme
                for draft in self.drafts
                if draft.kind == RowKind.RECOMMENDATION and draft.context.theme
            )
        )
        self.themes_alone = {
            words for draft in self.drafts if (words := draft.get(Meaning.THEME)) and "\n" not in words
        }
        self.titles = self.titles or sorted(self.themes_alone, key=len, reverse=True)
        self.owners_alone = self._owners_alone()
        self.spellings: list[tuple[str, int]] = []

    def _hold_on(self) -> None:
        """An objective or a finding in front holds for the rows below it that name none."""
        last: dict[Meaning, tuple[int, str]] = {}
        for draft in self.drafts:
            if draft.kind not in (RowKind.ACTION, RowKind.RECOMMENDATION):
                continue
            for meaning in draft.in_front:
                table, words = last.get(meaning, (0, ""))
                says_something = draft.get(Meaning.ACTION) or draft.get(Meaning.RECOMMENDATION)
                if mine := draft.get(meaning):
                    last[meaning] = (draft.table, mine)
                elif table == draft.table and says_something:
                    draft.words[meaning] = words
                    draft.said.append(HOLDS_ON[meaning])

    def _mend_numbers(self) -> None:
        recommending = {draft.row: draft for draft in self.drafts if draft.kind == RowKind.RECOMMENDATION}
        for row, draft in (self.actions | recommending).items():
            mended = self.mended.get(row, Mended())
            if mended.numbers is not None:
                draft.numbers = numbers_of(", ".join(mended.numbers))
                draft.words[Meaning.NUMBER] = ", ".join(mended.numbers)
            if mended.text is not None and row in recommending:
                draft.words[Meaning.RECOMMENDATION] = mended.text

    def _owners_alone(self) -> set[str]:
        lines = {
            line
            for draft in self.drafts
            for line in lines_in(draft.get(Meaning.OWNER))
            if draft.kind in (RowKind.ACTION, RowKind.CONTINUED)
        }
        return {line for line in lines if owners_in(line, self.known) == [line]}

    def understood(self) -> UnderstoodPlan:
        answered: dict[str, list[int]] = {}
        themes: dict[str, list[str]] = {}
        rows = []
        for draft in self.drafts:
            action = self.actions.get(draft.row)
            row = self._action(draft) if action is not None else self._other(draft)
            rows.append(row)
            for key in row.answers:
                answered.setdefault(key, []).append(row.row)
                if not row.answers_all:
                    themes.setdefault(key, []).extend(row.themes)
        own = self._own_themes()
        all_themes = {
            one.key: own.get(one.key) or tuple(dict.fromkeys(themes.get(one.key, ())))
            for one in self.recommending.all
        }
        recommendations = self.recommending.understood(answered, all_themes)
        decided = {spelling: replace(post, printed="") for spelling, post in self.posts.items()}
        posts = alike(self.spellings, decided)
        faults = faults_of(recommendations, rows, noun=self.recommending.noun)
        return UnderstoodPlan(recommendations, tuple(rows), posts, faults)

    def _own_themes(self) -> dict[str, tuple[str, ...]]:
        """The themes under which recommendations themselves stand."""
        found: dict[str, list[str]] = {}
        for draft in self.drafts:
            if draft.kind != RowKind.RECOMMENDATION:
                continue
            themes = self._themes(draft) or ((spoken(draft.context.theme),) if draft.context.theme else ())
            for one in self.recommending.of_row.get(draft.row, []):
                found.setdefault(one.key, []).extend(themes)
        return {key: tuple(dict.fromkeys(themes)) for key, themes in found.items()}

    def _themes(self, draft: Draft) -> tuple[str, ...]:
        return themes_in(draft.get(Meaning.THEME), self.themes_alone, self.titles)

    def _other(self, draft: Draft) -> UnderstoodRow:
        """A row that is no action: its kind, and what it says of a recommendation."""
        mine = self.recommending.of_row.get(draft.row, [])
        is_recommendation = draft.kind == RowKind.RECOMMENDATION
        return UnderstoodRow(
            row=draft.row,
            kind=draft.kind,
            numbers=tuple(one.number for one in mine if one.number) or draft.numbers.numbers,
            themes=self._themes(draft),
            text=mine[0].text if mine and is_recommendation else draft.get(Meaning.ACTION),
            continues=draft.continues,
            said=tuple(draft.said),
        )

    def _action(self, draft: Draft) -> UnderstoodRow:
        mended = self.mended.get(draft.row, Mended())
        said = list(draft.said)
        lacks: list[Lack] = []
        answers = self._answers(draft, mended, said, lacks)
        text = draft.get(Meaning.ACTION) if mended.text is None else mended.text.strip()
        time = when(draft.get(Meaning.DUE))
        owners = self._owners(draft, mended)
        due_on = mended.due_on or (None if mended.undated else time.due_on)
        said += [] if mended.due_on or mended.undated else time.said
        if owners and not owners[0].organisation_ref and not owners[0].of_board:
            said.append("Its owner names no organisation of the partnership: it counts as the Board’s own.")
        if not text:
            lacks.append(Lack.TEXT)
        lacks += _owner_lacks(owners)
        if mended.due_on is None and (mended.undated or time.lack is not None):
            lacks.append(time.lack or Lack.DUE)
        theme = draft.context.theme
        themes = self._themes(draft) or ((spoken(theme),) if theme else ())
        if len(themes) > 1:
            said.append(f"{len(themes)} themes stand here.")
        return UnderstoodRow(
            row=draft.row,
            kind=RowKind.ACTION,
            numbers=tuple(dict.fromkeys(one.number for one in answers if one.number)),
            answers_all=draft.numbers.every and mended.answers is None,
            answers=tuple(one.key for one in answers),
            themes=themes,
            text=text,
            outcome=draft.get(Meaning.OUTCOME),
            evidence=draft.get(Meaning.EVIDENCE),
            mechanism=self._mechanism(draft, said),
            owners=owners,
            due_on=due_on,
            due_printed=draft.get(Meaning.DUE),
            steps=_steps(draft, time, owners),
            resources=draft.get(Meaning.RESOURCES),
            progress=draft.get(Meaning.PROGRESS),
            status=self._status(draft, time, said),
            priority=_priority(draft, said),
            lacks=tuple(dict.fromkeys(lacks)),
            may_continue=draft.may_continue and not text,
            said=tuple(dict.fromkeys(said)),
        )

    def _answers(self, draft: Draft, mended: Mended, said: list[str], lacks: list[Lack]) -> list[Found]:
        if mended.answers is not None:
            return [one for one in self.recommending.all if one.key in mended.answers]
        answers, missing, sentences = self.recommending.answered_by(draft)
        said += sentences
        noun = self.recommending.noun
        for number in missing:
            said.append(f"There is no {noun} {number} in this plan.")
        if draft.numbers.unread and not draft.numbers:
            said.append(f"“{_short(draft.numbers.unread)}” names no number of a {noun}.")
        if missing or (draft.numbers.unread and not draft.numbers and not answers):
            lacks.append(Lack.NUMBER)
        return answers

    def _owners(self, draft: Draft, mended: Mended) -> tuple[Post, ...]:
        """Who owns an action: as mended for this row, for this post in every row, or as it stands."""
        owners = []
        for spelling in owners_in(draft.get(Meaning.OWNER), self.known, self.owners_alone):
            post = post_of(spelling, self.known)
            self.spellings.append((post.printed, draft.row))
            merged = self.posts.get(post.printed)
            owners.append(replace(merged, printed=post.printed) if merged else post)
        changed = {
            "name": mended.owner_name,
            "role": mended.owner_role,
            "organisation_ref": mended.organisation_ref,
            "of_board": mended.of_board,
        }
        changed = {name: value for name, value in changed.items() if value is not None}
        if changed:
            lead = owners[0] if owners else Post("")
            if changed.get("organisation_ref"):
                changed.setdefault("of_board", False)
            owners[:1] = [replace(lead, **changed)]  # type: ignore[arg-type]
        return tuple(owner for owner in owners if owner.name or owner.role)

    def _mechanism(self, draft: Draft, said: list[str]) -> str:
        words = draft.get(Meaning.MECHANISM)
        if words and not mechanism_of(words):
            said.append(f"“{_short(words)}” is none of the mechanisms of the plan.")
        return mechanism_of(words) or draft.context.mechanism

    def _status(self, draft: Draft, time: When, said: list[str]) -> str:
        words = draft.get(Meaning.RATING)
        status = status_of(words)
        if not words:
            # Where a plan has no column for it, progress often says no more than this.
            status = status_of(draft.get(Meaning.PROGRESS))
        elif not status:
            said.append(f"“{_short(words)}” says nothing of how the action stands that the plan knows.")
        if not status and time.done:
            said.append("Its timescale says that it is complete.")
            return str(Status.COMPLETE)
        return status


def _owner_lacks(owners: Sequence[Post]) -> list[Lack]:
    if not owners:
        return [Lack.OWNER]
    if not owners[0].name:
        return [Lack.OWNER_NAME]
    return [] if owners[0].role else [Lack.OWNER_ROLE]


def _priority(draft: Draft, said: list[str]) -> str:
    words = draft.get(Meaning.PRIORITY)
    if words and not priority_of(words):
        said.append(f"“{_short(words)}” is no priority that the plan knows.")
    return priority_of(words)


def _steps(draft: Draft, time: When, owners: Sequence[Post]) -> tuple[Step, ...]:
    """The dates of a row with what is done by each: said beside it, or the paragraph or owner in its turn."""
    if len(time.steps) < 2:
        return ()
    paragraphs = [line for line in draft.get(Meaning.ACTION).split("\n") if not line.startswith("- ")]
    many = len(time.steps)
    beside = paragraphs if len(paragraphs) == many else []
    if not beside and len(owners) == many and not JOINED.search(draft.get(Meaning.OWNER)):
        beside = [owner.printed for owner in owners]
    return tuple(
        step if step.text or not beside else replace(step, text=beside[at])
        for at, step in enumerate(time.steps)
    )


def _short(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= 60 else f"{said[:57].rstrip()}…"
