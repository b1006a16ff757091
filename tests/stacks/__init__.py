"""Tests of real stacks: pcscd, libsane, cupsd, the tty layer, TCP; only the hardware end is simulated.

A fixture asks for its stack with `need` before it starts anything. What a machine lacks makes its tests skip with the
reason; where the environment variable CI is set a missing stack is a failure. The end of a test run tells how many
stacks ran (`tests.stacks.counting`).
"""

from tests.stacks.needing import need, program

__all__ = ["need", "program"]
