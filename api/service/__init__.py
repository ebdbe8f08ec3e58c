"""The service: the planner over HTTP. Problems in, runs, calendars and subscriptions out; no rule of planning here."""
