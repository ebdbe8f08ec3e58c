"""Names on the enlarged part of the map: each can be read."""

from __future__ import annotations

from itertools import combinations

from api.exports.townnames import SIZE, town_names

FRAME = (0.0, 0.0, 100.0, 100.0)


def test_names_of_one_place_do_not_stand_over_each_other_and_lines_lead_to_those_away() -> None:
    names = [((50.0 + n / 10, 50.0), "สหกรณ์ออมทรัพย์หนองคาย") for n in range(8)]
    found = [name for name in town_names(FRAME, names) if name is not None]
    assert len(found) == 8 and not found[0].away and found[-1].away
    wide, high = 20 * SIZE * 100 * 0.6, SIZE * 100 * 1.2
    for one, other in combinations(found, 2):
        across, down = (abs(a - b) for a, b in zip(one.middle, other.middle, strict=True))
        assert across >= wide or down >= high


def test_a_name_at_the_edge_is_not_cut() -> None:
    (left, right) = town_names(FRAME, [((1.0, 1.0), "กลุ่มเกษตรกรทำสวนโพนสา"), ((99.0, 99.0), "กลุ่มเกษตรกรทำสวนโพนสา")])
    assert left is not None and right is not None
    assert 15 < left.middle[0] < 50 and 50 < right.middle[0] < 85
    assert 0 < left.middle[1] < 100 and 0 < right.middle[1] < 100


def test_a_name_wider_than_the_picture_is_left_out() -> None:
    assert town_names(FRAME, [((50.0, 50.0), "ก" * 80)]) == [None]
