"""The recorded program: `python -m tests.powercut.play SCENE FOLDER`."""

import sys
from pathlib import Path

from tests.powercut.scenes import scene

if __name__ == "__main__":
    scene(sys.argv[1]).play(Path(sys.argv[2]))
