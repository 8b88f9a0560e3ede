"""The command `holdbook`, and `python -m holdbook`: Ctrl-C ends it with one line, from the first moment to the last."""

import os
import signal
import sys
from types import FrameType

_STOPPED = 130  # that of `exit_code`, of which nothing is loaded yet


def main() -> int:
    """Run the command line; while it is being loaded or left nothing is half done, and Ctrl-C ends the process at once."""
    taken = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # else whoever started it wants no Ctrl-C
    _on_interrupt(_end, taken=taken)
    from holdbook import cli

    try:
        _on_interrupt(signal.default_int_handler, taken=taken)
        return cli.main()
    except KeyboardInterrupt:
        return _say_so()  # before the command line could take it
    finally:
        _on_interrupt(_end, taken=taken)


def _on_interrupt(handler: "signal._HANDLER", *, taken: bool) -> None:
    if taken:
        signal.signal(signal.SIGINT, handler)


def _say_so() -> int:
    os.write(2, b"holdbook: stopped\n")
    return _STOPPED


def _end(_number: int, _frame: FrameType | None) -> None:
    os._exit(_say_so())


if __name__ == "__main__":
    sys.exit(main())
