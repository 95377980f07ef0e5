"""The feedback letter to an agency after a challenge day: the office drafts it, the chair releases it."""
