"""Moves by hand: a planner's changes to a plan worked out as a draft, with what it breaks and what it costs."""
