"""What each rule of enquiry looks for in the facts about one organisation: facts in, findings out."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from s11.challenge.enquiries.facts import (
    About,
    Line,
    Part,
    Peers,
    Promise,
    Whole,
    Year,
    at_best,
    in_words,
    listed,
    numbers,
    short,
    spelt,
)
from s11.moderation.marks import Mark
from s11.returns.likeness import says_the_same

YEARS_UNCHANGED = 3  # this return and the two before it
FAR_ABOVE = 2  # levels
OFTEN_FEWEST, OFTEN_SHARE = 3, 1 / 3
FAR_FROM_PEERS = 2
AWAY_GROUP_FEWEST, AWAY_SHARE = 3, 0.05
REUSED_OFTEN = 5
RISEN_FAR, WORDS_FEWEST = 2, 8
EXPLAINED_FEWEST = 5  # words
LATE_DAYS = 3
GREEN_FEWEST = 5  # ratings
INSPECTED_SHARE = 0.75
WEAK_SHARE, MOST = 0.5, 0.5
SHARE_ADDS = 20
BELOW_GOOD = re.compile(r"requires improvement|inadequate|not met|needs attention|urgent improvement", re.I)
NOWHERE = Part("", "", "")
LEADING = re.compile(r"leader|govern|accountab|safeguard|management|culture", re.I)
# Doubts that a rule of its own asks about already.
ASKED_ELSEWHERE = frozenset(
    {
        "best-without-evidence",
        "worst-without-action",
        "unchanged",
        "risen-without-words",
        "evidence-old",
        "evidence-out-of-date",
    }
)


@dataclass(frozen=True)
class Raised:
    """What a rule found: where, the words its sentences need, and what it adds to the rule's weight."""

    words: Mapping[str, object]
    line: Line | None = None
    standard: Part | None = None
    more: float = 0
    action: str = ""  # ref of the action it is about

    @property
    def part(self) -> Part | None:
        return self.line.standard if self.line else self.standard

    @property
    def key(self) -> str:
        """What it is about: a criterion, a standard, an action of neither, or the whole return."""
        if self.line is not None:
            return self.line.key
        return self.standard.key if self.standard else self.action


def unchanged(about: About, whole: Whole) -> Iterator[Raised]:
    for line in at_best(about.lines):
        years = line.before[: YEARS_UNCHANGED - 1]
        if len(years) < YEARS_UNCHANGED - 1 or not all(y.comparable and y.rated.is_best for y in years):
            continue
        if all(says_the_same(line.words, year.words) for year in years):
            told = [year.year for year in reversed(years)]
            yield Raised({"level": line.own.label, "years": listed(told), "first": told[0]}, line)


def far_above(about: About, whole: Whole) -> Iterator[Raised]:
    for line in about.lines:
        if line.levels_above >= FAR_ABOVE:
            yield Raised(
                {**_both(line), "levels": spelt(line.levels_above)},
                line,
                more=5 * (line.levels_above - FAR_ABOVE),
            )


def often_above(about: About, whole: Whole) -> Iterator[Raised]:
    both = [line for line in about.lines if line.moderated and line.moderated.place is not None]
    both = [line for line in both if line.own.place is not None]
    above = [line for line in both if line.levels_above == 1]
    if len(above) >= OFTEN_FEWEST and len(above) >= OFTEN_SHARE * len(both):
        told = {"above": len(above), "both": len(both), "numbers": numbers(above)}
        yield Raised(told, more=SHARE_ADDS * len(above) / len(both))


def refused(about: About, whole: Whole) -> Iterator[Raised]:
    for line in about.lines:
        if line.refused is not None and line.moderated is not None:
            said = f"It says: “{short(line.refused)}”" if line.refused.strip() else "It gives no reason."
            yield Raised({**_both(line), "said": said}, line)


def alone_among_kind(about: About, whole: Whole) -> Iterator[Raised]:
    if about.peers.size >= whole.small_group:
        yield from _alone(about, about.peers, whole)


def alone_among_all(about: About, whole: Whole) -> Iterator[Raised]:
    # Where there are enough of its kind they are who it is compared with.
    if about.peers.size < whole.small_group:
        yield from _alone(about, whole.everybody, whole)


def _alone(about: About, peers: Peers, whole: Whole) -> Iterator[Raised]:
    for line in about.rated:
        size = peers.rated(line.key)
        if size >= whole.small_group and line.own.place and peers.places[line.key][0] == size - 1:
            yield Raised(
                {"level": line.own.label, "size": size, "others": size - 1, "peers": peers.name[1]},
                line,
                more=5 * (line.own.place - 1),
            )


def far_from_peers(about: About, whole: Whole) -> Iterator[Raised]:
    peers = about.peers if about.peers.size >= whole.small_group else whole.everybody
    for line in about.rated:
        size, place = peers.rated(line.key), line.own.place or 0
        if size < whole.small_group or place < FAR_FROM_PEERS or peers.places[line.key][0] == size - 1:
            continue
        if place - peers.middle_without(line.key, place) >= FAR_FROM_PEERS:
            better = sum(count for at, count in peers.places[line.key].items() if at < place)
            yield Raised(
                {"level": line.own.label, "size": size, "peers": peers.name[1], "better": better}, line
            )


def overdue(about: About, whole: Whole) -> Iterator[Raised]:
    late = [one for one in about.promises if one.due_on < whole.today]
    for place, promises in _by_place(about, whole, late):
        first = min(promises, key=lambda one: one.due_on)
        days = (whole.today - first.due_on).days
        yield _promised(place, first, promises, more=days / 30, days=_days(days), today=in_words(whole.today))


def moved(about: About, whole: Whole) -> Iterator[Raised]:
    later = [one for one in about.promises if one.due_on > one.first_due_on and one.due_on >= whole.today]
    for place, promises in _by_place(about, whole, later):
        first = max(promises, key=lambda one: one.due_on - one.first_due_on)
        days = (first.due_on - first.first_due_on).days
        yield _promised(place, first, promises, more=days / 60, days=_days(days))


def inspection_unfinished(about: About, whole: Whole) -> Iterator[Raised]:
    of_inspection = [one for one in about.promises if one.of_inspection]
    for place, promises in _by_place(about, whole, of_inspection):
        what = _all_best_at(place, about)
        if what:
            first = promises[0]
            source = f" ({first.source_title})" if first.source_title else ""
            yield _promised(place, first, promises, what=what, source=source)


def _all_best_at(place: "_Place", about: About) -> str:
    """That everything an action is about is rated best, in words; empty where it is not."""
    best = len(list(at_best(about.lines)))
    if place.ref:
        enough = about.rated and best >= INSPECTED_SHARE * len(about.rated)
        return f"{best} of {len(about.rated)} ratings are at the best level" if enough else ""
    lines = [place.line] if place.line else about.by_standard.get(place.standard or NOWHERE, ())
    rated = [line for line in lines if line.own.place is not None]
    if not rated or not all(line.own.is_best for line in rated):
        return ""
    return f"{numbers(rated)} {'is' if len(rated) == 1 else 'are'} rated “{rated[0].own.label}”"


def below_good(about: About, whole: Whole) -> Iterator[Raised]:
    if not BELOW_GOOD.search(about.grade):
        return
    best = [
        part
        for part, lines in about.by_standard.items()
        if LEADING.search(part.title) and (rated := [one for one in lines if one.own.place is not None])
        if all(line.own.is_best for line in rated)
    ]
    if best:
        told = listed([f"{part.number} {part.title}" for part in best], 3)
        yield Raised({"grade": about.grade, "standards": told})


def alone_away(about: About, whole: Whole) -> Iterator[Raised]:
    for line in about.lines:
        if not line.own.not_applicable:
            continue
        away, rated = about.peers.away.get(line.key, 0), about.peers.rated(line.key)
        size = away + rated
        if size >= AWAY_GROUP_FEWEST and (away == 1 or 0 < away <= AWAY_SHARE * size):
            one, many = about.peers.name
            yield Raised(
                {
                    "who": f"one {one}" if away == 1 else f"{spelt(away)} {many}",
                    "size": spelt(size),
                    "rated": f"{spelt(rated)} rated it" if rated != 1 else "the other rated it",
                },
                line,
            )


def best_without_evidence(about: About, whole: Whole) -> Iterator[Raised]:
    for part, lines in about.by_standard.items():
        best = list(at_best(lines))
        bare = [line for line in best if not line.proof]
        if bare:
            yield Raised(
                {
                    "numbers": numbers(bare),
                    "best": f"{len(best)} {'criterion' if len(best) == 1 else 'criteria'}",
                    "bare": "it" if len(best) == 1 else "any of them" if bare == best else numbers(bare),
                },
                standard=part,
                more=4 * (len(bare) - 1),
            )


def best_with_old_evidence(about: About, whole: Whole) -> Iterator[Raised]:
    for part, lines in about.by_standard.items():
        old = [line for line in at_best(lines) if line.proof and all(one.old for one in line.proof)]
        if old:
            shown = old[0].proof[0]
            told = {"numbers": numbers(old), "title": short(shown.title, 80), "old": shown.old}
            yield Raised(told, standard=part, more=4 * (len(old) - 1))


def evidence_reused(about: About, whole: Whole) -> Iterator[Raised]:
    shown: dict[str, list[Line]] = defaultdict(list)
    titles: dict[str, str] = {}
    for line in at_best(about.lines):
        for one in {one.document: one for one in line.proof}.values():
            shown[one.document].append(line)
            titles[one.document] = one.title
    if not shown:
        return
    document, lines = max(shown.items(), key=lambda pair: len(pair[1]))
    if len(lines) >= REUSED_OFTEN:
        told = {"title": short(titles[document], 80), "count": len(lines), "numbers": numbers(lines)}
        yield Raised(told, more=2 * (len(lines) - REUSED_OFTEN))


def worst_without_action(about: About, whole: Whole) -> Iterator[Raised]:
    for part, lines in about.by_standard.items():
        bare = [line for line in lines if line.own.is_worst and not line.has_action]
        if bare:
            told = {"numbers": numbers(bare), "level": bare[0].own.label}
            yield Raised(told, standard=part, more=4 * (len(bare) - 1))


def fell(about: About, whole: Whole) -> Iterator[Raised]:
    for line, before, down in _changed(about):
        if down > 0:
            told = {"before": before.rated.label, "year": before.year, "level": line.own.label}
            yield Raised(told, line, more=10 * (down - 1))


def rose_without_words(about: About, whole: Whole) -> Iterator[Raised]:
    for line, before, down in _changed(about):
        if -down < RISEN_FAR:
            continue
        words, same = len(line.words.split()), says_the_same(line.words, before.words)
        if not same and words >= WORDS_FEWEST:
            continue
        told = {
            "before": before.rated.label,
            "year": before.year,
            "level": line.own.label,
            "said": "in the same words as then" if same else f"with {_words(words)} behind it",
        }
        yield Raised(told, line)


def doubt_unexplained(about: About, whole: Whole) -> Iterator[Raised]:
    for part, lines in about.by_standard.items():
        doubts = [
            doubt
            for line in lines
            for doubt in line.doubts
            if doubt.code not in ASKED_ELSEWHERE and len(doubt.reason.split()) < EXPLAINED_FEWEST
        ]
        if doubts:
            first = doubts[0]
            told = {
                "sentence": first.sentence,
                "reply": f"It was answered with “{short(first.reason)}”."
                if first.reason.strip()
                else "Nobody explained it.",
                "more": f" {_more(len(doubts) - 1)} in this standard." if len(doubts) > 1 else "",
            }
            yield Raised(told, standard=part, more=3 * (len(doubts) - 1))


def late(about: About, whole: Whole) -> Iterator[Raised]:
    if about.days_late >= LATE_DAYS:
        days = _days(about.days_late)
        said = f"came in {days} after its day" if about.is_in else f"is not in, {days} after its day"
        yield Raised({"said": said}, more=about.days_late / 3)


def sent_back(about: About, whole: Whole) -> Iterator[Raised]:
    if about.times_sent_back:
        times = "once" if about.times_sent_back == 1 else f"{spelt(about.times_sent_back)} times"
        yield Raised({"times": times}, more=5 * (about.times_sent_back - 1))


def everything_best(about: About, whole: Whole) -> Iterator[Raised]:
    if len(about.rated) >= GREEN_FEWEST and all(line.own.is_best for line in about.rated):
        bare = sum(not line.proof for line in about.rated)
        yield Raised(
            {
                "count": len(about.rated),
                "level": about.rated[0].own.label,
                "bare": f"; {bare} of them {'shows' if bare == 1 else 'show'} no evidence" if bare else "",
            }
        )


def good_practice(about: About, whole: Whole) -> Iterator[Raised]:
    for line in about.lines:
        if line.mark == Mark.GOOD_PRACTICE:
            yield Raised({"level": line.standing.label or "not rated"}, line)


def weak_everywhere(about: About, whole: Whole) -> Iterator[Raised]:
    for one in whole.standards:
        if one.ahead_id != about.organisation_id or one.organisations < whole.small_group:
            continue
        if one.best < WEAK_SHARE * one.counted and one.below > MOST * one.organisations:
            yield Raised(
                {
                    "best": one.best,
                    "counted": one.counted,
                    "below": one.below,
                    "organisations": one.organisations,
                    "mine": one.ahead_best,
                    "of": one.ahead_counted,
                },
                standard=one.part,
                more=SHARE_ADDS * one.below / one.organisations,
            )


def _both(line: Line) -> dict[str, str]:
    second = line.moderated
    told = "not applicable" if second and second.not_applicable else second.label if second else ""
    return {"level": line.own.label or "not applicable", "second": told}


def _changed(about: About) -> Iterator[tuple[Line, Year, int]]:
    """Each criterion that can be compared with last year, and by how many levels it went down."""
    for line in about.rated:
        before = line.before[0] if line.before else None
        if before is not None and before.comparable and before.rated.place is not None:
            yield line, before, (line.own.place or 0) - before.rated.place


@dataclass(frozen=True)
class _Place:
    """What promises are about: a criterion, a standard, or neither that is asked this year."""

    line: Line | None = None
    standard: Part | None = None
    ref: str = ""


def _by_place(about: About, whole: Whole, promises: Iterable[Promise]) -> list[tuple[_Place, list[Promise]]]:
    """Promises put together by what they are about; those about nothing that is asked by themselves."""
    # The questionnaire knows them before a return comes in, so that a key is the same before and after.
    lines = {**whole.criteria, **{line.key: line for line in about.lines}}
    parts = {line.standard.key: line.standard for line in lines.values()}
    found: dict[_Place, list[Promise]] = defaultdict(list)
    for one in promises:
        line, part = lines.get(one.criterion_key), parts.get(one.standard_key)
        if line is not None:
            found[_Place(line)].append(one)
        else:
            found[_Place(standard=part) if part else _Place(ref=one.ref)].append(one)
    return list(found.items())


def _promised(place: _Place, first: Promise, all_: list[Promise], *, more: float = 0, **words: str) -> Raised:
    part = place.line.standard if place.line else place.standard
    about = (
        f"about {place.line.number}" if place.line else f"about {part.number} {part.title}" if part else ""
    )
    deed = short(first.text).rstrip(".")
    told = {
        "deed": deed,
        "action": deed if deed.endswith("…") else f"{deed}.",
        "about": f"{about} " if about else "",
        "due": in_words(first.due_on),
        "first": in_words(first.first_due_on),
        "others": f" {_more(len(all_) - 1)} like it." if len(all_) > 1 else "",
    }
    return Raised({**told, **words}, place.line, place.standard, more, action=first.ref)


def _more(count: int) -> str:
    return f"There {'is' if count == 1 else 'are'} {spelt(count)} more"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count:,} days"


def _words(count: int) -> str:
    return {0: "no words", 1: "one word"}.get(count, f"{count} words")
