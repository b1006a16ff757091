"""`python -m kiosk.papers`: the press's child process."""

import sys

from kiosk.papers.press import serve

serve(sys.stdin.buffer, sys.stdout.buffer)
