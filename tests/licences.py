"""`python -m tests.licences`: no GPL or AGPL package may come in with what runs on a terminal."""

import json
import subprocess
import sys
from pathlib import Path

FORBIDDEN = ("AGPL", "Affero", "GNU General Public", "GPLv2", "GPLv3", "GPL-2", "GPL-3")
ALLOWED_BY_CHOICE = {
    # choose the LGPL of "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only"
    "PySide6_Essentials": "LGPL-3.0",
    "shiboken6": "LGPL-3.0",
}


def forbidden(rows: list[dict[str, str]]) -> list[str]:
    """Names of packages whose licence would reach into this project."""
    return [
        f"{row['Name']}: {row['License']}"
        for row in rows
        if any(word in row["License"].replace("LGPL", "") for word in FORBIDDEN)
        and row["Name"] not in ALLOWED_BY_CHOICE
    ]


def main() -> None:
    """Print what is wrong, exit 1 if anything is."""
    command = [str(Path(sys.executable).parent / "pip-licenses"), "--format=json", "--from=mixed"]
    rows: list[dict[str, str]] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    found = forbidden(rows)
    for line in found:
        sys.stderr.write(f"licence: {line}\n")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
