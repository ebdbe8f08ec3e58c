"""The benchmark: every problem file of a folder, each solved in a process of its own, and what came of it.

``solving`` is the process that solves one problem, ``measuring`` starts it and keeps its figures, ``tables`` and
``pictures`` show them.
"""
