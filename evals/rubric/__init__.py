"""Whether an answer states the points of a rubric, and how far that verdict can be trusted."""
