"""`python -m kiosk.papers`: the press's child process."""

import sys

from kiosk import incidents
from kiosk.papers.press import serve
from kiosk.unseen import leave_no_image

leave_no_image()
incidents.install()
serve(sys.stdin.buffer, sys.stdout.buffer)
