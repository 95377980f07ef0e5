"""Papers of the composite plan, made anew each time: the plan itself, its one page, and the public's."""
