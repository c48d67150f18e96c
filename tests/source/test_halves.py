"""Work shared by two processes gives what one process gives, also where the second one fails."""

import os

import pytest

from ropa.source.halves import ENOUGH, shared, side_by_side


def test_a_long_list_keeps_its_order() -> None:
    assert shared(lambda number: number * 2, range(ENOUGH * 2), int) == [number * 2 for number in range(ENOUGH * 2)]


def test_two_pieces_of_work_give_both_their_results() -> None:
    assert side_by_side(lambda: "here", lambda: ("there", 1), tuple[str, int]) == ("here", ("there", 1))


def test_what_fails_in_the_second_process_is_done_in_the_first() -> None:
    here = os.getpid()

    def only_here() -> int:
        if os.getpid() != here:
            raise RuntimeError
        return 7

    assert side_by_side(lambda: 1, only_here, int) == (1, 7)


def test_an_error_of_the_work_itself_is_not_lost() -> None:
    def fails() -> int:
        raise LookupError

    with pytest.raises(LookupError):
        side_by_side(lambda: 1, fails, int)
