"""Who owns an action, as a cell of a printed plan says: posts, names, organisations, the Board itself."""

from s11.actions.bringing.posts.apart import lines_in, owners_in, posts_of
from s11.actions.bringing.posts.likeness import alike, are_alike, key_of
from s11.actions.bringing.posts.parts import is_of_board, post_of

__all__ = ["alike", "are_alike", "is_of_board", "key_of", "lines_in", "owners_in", "post_of", "posts_of"]
