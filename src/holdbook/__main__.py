"""python -m holdbook."""

import sys

from holdbook.cli import main

sys.exit(main())
