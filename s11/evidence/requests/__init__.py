"""Evidence asked of an organisation outside a cycle: why, what, by when, what came, and what it showed."""
