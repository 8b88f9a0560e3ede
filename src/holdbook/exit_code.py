"""What a command line ends with."""

ANSWERED, FAULTS, WRONG_COMMAND, NO_FILE = 0, 1, 2, 3
STOPPED = 130  # 128 and the number of the signal, as shells have it
