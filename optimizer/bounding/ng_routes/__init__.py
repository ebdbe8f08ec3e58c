"""A bound for long tours: set partitioning over ng-routes, priced by labelling. Crews and leads are left away.

For problems whose routes are too many to list and too long to be looked for one by one, as the public periodic,
multi-depot and time-window problems. The mathematics is in ``docs/ng-routes.md``.
"""
