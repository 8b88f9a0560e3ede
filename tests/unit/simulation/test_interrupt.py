"""Ctrl-C as a wish: remembered, taken at the next telling; pressed twice it ends at once, and afterwards all is as before."""

import signal
import threading

import pytest

from holdbook.simulation.interrupt import Interrupt


def press():
    signal.raise_signal(signal.SIGINT)


def test_the_first_is_remembered_and_the_second_ends_at_once():
    with Interrupt() as interrupt:
        press()
        assert interrupt.wished
        with pytest.raises(KeyboardInterrupt):
            press()
    with pytest.raises(KeyboardInterrupt):
        press()


def test_it_is_taken_where_progress_is_told():
    told = []
    with Interrupt() as interrupt:
        tell = interrupt.during(lambda *words: told.append(words))
        tell(1, 2)
        press()
        with pytest.raises(KeyboardInterrupt):
            tell(2, 2)
        with pytest.raises(KeyboardInterrupt):
            interrupt.during(None)(2, 2)
    assert told == [(1, 2), (2, 2)]


def test_who_takes_it_already_keeps_it():
    pressed = []
    before = signal.signal(signal.SIGINT, lambda *_: pressed.append(1))
    try:
        with Interrupt() as interrupt:
            press()
        assert not interrupt.wished
        assert pressed == [1]
    finally:
        signal.signal(signal.SIGINT, before)


def test_another_thread_leaves_it_alone():
    found = []

    def enter():
        with Interrupt():
            found.append(signal.getsignal(signal.SIGINT))

    one = threading.Thread(target=enter)
    one.start()
    one.join()
    assert found == [signal.default_int_handler]
