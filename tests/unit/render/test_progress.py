"""A bar on a terminal: what is done, of how much, and how long the rest takes; nothing where there is no terminal."""

import io

from holdbook.render.progress import Bar, lasting


class Terminal(io.StringIO):
    def isatty(self):
        return True


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_it_says_how_far_it_is_and_leaves_an_empty_line():
    terminal, clock = Terminal(), Clock()
    with Bar(terminal, clock=clock) as bar:
        bar(0, 1000)
        clock.now = 10.0
        bar(250, 1000)
        lines = terminal.getvalue().split("\r")
    assert lines[1].rstrip() == "[........................] 0 of 1,000 paths"
    assert lines[2] == "[######..................] 250 of 1,000 paths, 30 s left"
    assert terminal.getvalue().split("\r")[3:] == [" " * len(lines[2]), ""]


def test_what_was_done_before_does_not_count_as_fast():
    terminal, clock = Terminal(), Clock()
    bar = Bar(terminal, clock=clock)
    bar(900, 1000)
    clock.now = 10.0
    bar(910, 1000)
    assert terminal.getvalue().endswith("910 of 1,000 paths, 1 min 30 s left")


def test_it_writes_no_more_often_than_one_can_read():
    terminal, clock = Terminal(), Clock()
    bar = Bar(terminal, clock=clock)
    for step in range(1000):
        clock.now = step / 1000
        bar(step, 1000)
    bar(1000, 1000)
    assert terminal.getvalue().count("\r") <= 12
    assert "1,000 of 1,000 paths, 0 s left" in terminal.getvalue()


def test_a_shorter_line_wipes_a_longer_one():
    terminal, clock = Terminal(), Clock()
    bar = Bar(terminal, clock=clock)
    bar(0, 10**9)
    bar(1, 1)
    lines = terminal.getvalue().split("\r")
    assert len(lines[2]) == len(lines[1])


def test_where_there_is_no_terminal_nothing_is_written():
    stream = io.StringIO()
    with Bar(stream) as bar:
        bar(1, 2)
        bar(2, 2)
    assert stream.getvalue() == ""


def test_nothing_to_do_is_all_done():
    terminal = Terminal()
    Bar(terminal)(0, 0)
    assert "[########################] 0 of 0 paths" in terminal.getvalue()


def test_times_are_short():
    assert [lasting(one) for one in (0, 59.4, 59.6, 3599, 3600, 90000)] == [
        "0 s",
        "59 s",
        "1 min 0 s",
        "59 min 59 s",
        "1 h 0 min",
        "25 h 0 min",
    ]
