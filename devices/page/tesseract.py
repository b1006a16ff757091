"""The words on a page, where the terminal has `tesseract` with simplified Chinese: an extra, never required.

Without it nothing is read and nothing is said to anybody; `available` lets the doctor tell. The program gets the page
through a pipe and gives the words back through one, with one thread (four times faster on two cores), a deadline it
cannot outlive even when its caller is killed, and no more of the environment than it needs.
"""

import os
import shutil
import subprocess

_PROGRAM, _WATCHDOG = "tesseract", "timeout"
_LANGUAGE = "chi_sim"
_SECONDS = 8
_LONGEST = 32_000
_SPARSE_TEXT = "11"


def available() -> bool:
    """Whether pages can be read here: the program is installed, and with it the language."""
    if not (shutil.which(_PROGRAM) and shutil.which(_WATCHDOG)):
        return False
    try:
        told = _run(["--list-langs"], b"")
    except (OSError, subprocess.TimeoutExpired):
        return False
    return _LANGUAGE in told.split()


def words_on(pgm: bytes, dpi: int) -> str:
    """Words of a grey picture (PGM), line by line; empty where nothing could be read in 8 s or at all."""
    if not (shutil.which(_PROGRAM) and shutil.which(_WATCHDOG)):
        return ""
    words = ["stdin", "stdout", "-l", _LANGUAGE, "--psm", _SPARSE_TEXT, "--dpi", str(dpi)]
    try:
        lines = _run(words, pgm).splitlines()
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return "\n".join(line.strip() for line in lines if line.strip())[:_LONGEST]


def _run(words: list[str], data: bytes) -> str:
    kept = {name: os.environ[name] for name in ("PATH", "TESSDATA_PREFIX") if name in os.environ}
    done = subprocess.run(  # noqa: S603 - our own words; a picture is all that comes from outside
        [_WATCHDOG, "-s", "KILL", str(_SECONDS), _PROGRAM, *words],
        input=data,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env=kept | {"OMP_THREAD_LIMIT": "1"},
        check=False,
        timeout=_SECONDS + 2,
    )
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""
