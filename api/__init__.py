"""How people reach the planner: command line, service, and what a plan looks like outside. Holds no planning rule."""
