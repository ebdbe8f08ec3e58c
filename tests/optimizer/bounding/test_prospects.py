"""What may still follow a long route: how many officers it takes."""

from __future__ import annotations

import itertools
from random import Random

import numpy as np
import pytest

from optimizer.bounding.staffing import MOST_TOPICS, fewest_hands


@pytest.mark.parametrize("seed", range(20))
def test_the_fewest_officers_who_know_all_topics(seed: int) -> None:
    random = Random(seed)
    topics = random.randint(0, 4)
    skills = [random.randrange(32) for _ in range(random.randint(1, 4))]
    hands = fewest_hands(np.array(skills), np.array([(1 << topics) - 1]))
    assert len(hands) == 1 << topics
    for mask in range(1 << topics):
        least = next(
            (size for size in range(1, len(skills) + 1) for crew in itertools.combinations(skills, size)
             if mask & ~int(np.bitwise_or.reduce(crew)) == 0),
            len(skills) + 1,
        )  # fmt: skip
        assert hands[mask] == least


def test_of_very_many_topics_only_the_first_are_counted() -> None:
    hands = fewest_hands(np.array([1, 2, 1 << 40]), np.array([(1 << 41) - 1]))
    assert len(hands) == 1 << MOST_TOPICS
    assert hands[0] == hands[1] == 1
    assert hands[3] == 2
    assert hands[-1] == 4
