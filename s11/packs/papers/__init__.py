"""Papers for a meeting that are made anew each time, and not kept: what changed in a questionnaire."""
