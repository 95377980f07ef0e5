"""Two people at one answer: what each wrote is put together, part by part, and nobody's words are lost."""

import random
from dataclasses import replace

import pytest

from s11.returns.merging import NOTHING_SAID, PARTS, Rating, Said, merge

GREEN, RED, AWAY = Rating(1), Rating(3), Rating(None, True)
BASE = Said(rating=RED, commentary="As it was.", strengths="Some.")


def test_parts_are_those_of_an_answer() -> None:
    assert set(PARTS) == set(vars(NOTHING_SAID))


def test_what_only_one_changed_is_taken_from_whoever_changed_it() -> None:
    theirs = replace(BASE, rating=GREEN)
    mine = replace(BASE, commentary="As it is now.", come_back=True)
    merged = merge(BASE, theirs, mine)
    assert merged.clashes == ()
    assert merged.said == replace(BASE, rating=GREEN, commentary="As it is now.", come_back=True)


def test_where_both_changed_a_part_theirs_stands_and_it_is_named() -> None:
    theirs = replace(BASE, commentary="Theirs.", rating=GREEN)
    mine = replace(BASE, commentary="Mine.", strengths="More.")
    merged = merge(BASE, theirs, mine)
    assert merged.clashes == ("commentary",)
    assert merged.said == replace(BASE, rating=GREEN, commentary="Theirs.", strengths="More.")


@pytest.mark.parametrize("said", [BASE, replace(BASE, commentary="The same twice.")])
def test_the_same_said_twice_is_no_clash(said: Said) -> None:
    assert merge(BASE, said, said).clashes == ()


def test_clearing_is_a_change_like_any_other() -> None:
    assert merge(BASE, BASE, replace(BASE, commentary="")).said.commentary == ""
    merged = merge(BASE, replace(BASE, commentary="Theirs."), replace(BASE, commentary=""))
    assert merged.clashes == ("commentary",) and merged.said.commentary == "Theirs."


def test_without_knowing_what_it_began_from_every_difference_is_a_clash() -> None:
    merged = merge(None, BASE, replace(BASE, rating=AWAY, commentary="Mine."))
    assert merged.clashes == ("rating", "commentary") and merged.said == BASE


class Window:
    """One window on an answer: what it last had from the server, and what is typed in it."""

    def __init__(self, name: str, saved: list[Said]) -> None:
        self.name, self.saved, self.version, self.count = name, saved, len(saved) - 1, 0
        self.text = saved[-1]
        self.acknowledged: list[str] = []
        self.waiting: list[str] = []

    def type(self, part: str) -> None:
        self.count += 1
        word = f"{self.name}{self.count}"
        self.text = replace(self.text, **{part: f"{getattr(self.text, part)} {word}".strip()})
        self.waiting.append(word)

    def save(self) -> None:
        """As the page does: on a clash both texts are put together, and saved again."""
        while True:
            theirs = self.saved[-1]
            merged = merge(self.saved[self.version], theirs, self.text)
            if merged.said != theirs:
                self.saved.append(merged.said)
            self.version = len(self.saved) - 1
            if not merged.clashes:
                self.text = merged.said
                break
            both = {
                part: f"{getattr(theirs, part)} {self.missing_in(theirs, part)}" for part in merged.clashes
            }
            self.text = replace(merged.said, **both)
        self.acknowledged += self.waiting
        self.waiting = []

    def missing_in(self, theirs: Said, part: str) -> str:
        there = getattr(theirs, part).split()
        return " ".join(word for word in getattr(self.text, part).split() if word not in there)


def test_two_windows_lose_no_acknowledged_word_in_a_thousand_interleavings() -> None:
    for seed in range(1000):
        chance = random.Random(seed)
        saved = [NOTHING_SAID]
        windows = [Window("a", saved), Window("b", saved)]
        for _ in range(chance.randint(4, 24)):
            window = chance.choice(windows)
            if chance.random() < 0.6:
                window.type(chance.choice(["commentary", "strengths", "shortfalls"]))
            else:
                window.save()
        for window in windows:
            window.save()
        standing = " ".join([saved[-1].commentary, saved[-1].strengths, saved[-1].shortfalls]).split()
        wanted = windows[0].acknowledged + windows[1].acknowledged
        assert sorted(standing) == sorted(wanted), f"seed {seed}"
