"""Whether a stack can run on this machine, and why not."""

import functools
import glob
import os
import shutil
import subprocess
from collections.abc import Sequence

import pytest

# Daemons live in folders that only an administrator has in the search path.
_SYSTEM_FOLDERS = ("/usr/local/sbin", "/usr/sbin", "/sbin")
# What was asked for since the last report: a fixture knows no test to note it on. `counting` takes it away.
asked: list[tuple[str, str]] = []


def need(stack: str, *programs: str, files: Sequence[str] = (), root: bool = False, namespace: bool = False) -> None:
    """Go on only where this stack can run; name it the same everywhere (`pcscd`, `sane`, `cups`, `pty`, ...).

    `programs` are looked for in PATH and in the system folders, `files` are glob patterns of which one must exist each
    (a driver, a language file), `root` asks for user id 0, `namespace` for `unshare -mn`, as root or with `-U`.
    """
    why = _missing(programs, files, root=root, namespace=namespace)
    asked.append((stack, why))
    if not why:
        return
    if in_ci():
        pytest.fail(f"the stack {stack} must run in CI and cannot: {why}", pytrace=False)
    pytest.skip(f"the stack {stack} cannot run here: {why}")


def program(name: str) -> str | None:
    """Where a program is, daemons included; None where it is not installed."""
    return shutil.which(name, path=os.pathsep.join((os.environ.get("PATH", os.defpath), *_SYSTEM_FOLDERS)))


def in_ci() -> bool:
    """Whether nobody may be left out."""
    return os.environ.get("CI", "").lower() not in {"", "0", "false", "no"}


def _missing(programs: Sequence[str], files: Sequence[str], *, root: bool, namespace: bool) -> str:
    """What is missing, in words; empty when nothing is."""
    absent = [name for name in programs if program(name) is None]
    absent += [pattern for pattern in files if not glob.glob(pattern)]  # noqa: PTH207 - absolute patterns
    if absent:
        return f"not installed: {', '.join(absent)}"
    if root and os.geteuid() != 0:
        return "needs an administrator (root)"
    if namespace and not _namespaces():
        return "this machine gives no mount and network namespace (unshare)"
    return ""


@functools.cache
def _namespaces() -> bool:
    unshare = program("unshare")
    options = "-mn" if os.geteuid() == 0 else "-Urmn"
    if unshare is None:
        return False
    return subprocess.run([unshare, options, "true"], capture_output=True, check=False).returncode == 0
