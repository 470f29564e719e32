"""``python -m persnorm``: the command."""

import sys

from persnorm.cli import main

sys.exit(main())
