"""The planner's page: a shell without data, and the modules and styles of a client of the public API."""
