"""The owners of a plan: what looks like one post spelt in several ways, and who it is."""

from collections.abc import Mapping
from dataclasses import dataclass

from s11.actions.bringing.mending import mark_of
from s11.actions.bringing.shapes import Post, SamePost, UnderstoodPlan


@dataclass(frozen=True)
class ShownPost:
    """A post with its spellings, who it is taken to be, and whether somebody has said so."""

    place: int
    post: SamePost
    taken: Post
    decided: bool
    mark: str

    @property
    def asks(self) -> bool:
        """Whether somebody has still to say if several spellings are one post."""
        return len(self.post.spellings) > 1 and not self.decided


def posts_of(plan: UnderstoodPlan, decided: Mapping[str, Post]) -> list[ShownPost]:
    """Every post of a plan: first those with several spellings, then those named in most rows."""
    taken = {owner.printed: owner for row in reversed(plan.rows) for owner in row.owners}
    listed = sorted(plan.posts, key=lambda one: (-len(one.spellings), -len(one.rows)))
    return [_shown(place, one, taken, decided) for place, one in enumerate(listed, start=1)]


def _shown(place: int, same: SamePost, taken: Mapping[str, Post], decided: Mapping[str, Post]) -> ShownPost:
    owner = next((taken[spelling] for spelling in same.spellings if spelling in taken), Post(""))
    said = [decided.get(spelling) for spelling in same.spellings]
    return ShownPost(
        place=place,
        post=same,
        taken=Post(
            same.suggestion,
            owner.name,
            owner.role or ("" if owner.name else same.suggestion),
            owner.organisation_ref,
            owner.of_board,
        ),
        decided=all(said),
        mark=mark_of(*said),
    )
