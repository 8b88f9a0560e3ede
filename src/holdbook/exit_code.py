"""What a command line ends with."""

ANSWERED, FAULTS, WRONG_COMMAND, NO_FILE = 0, 1, 2, 3
