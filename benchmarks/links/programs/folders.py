"""Two Syncthing instances without discovery or relays.

`folders.py setup BASE ADDRESS QUEUE` · `folders.py server BASE` · `folders.py client BASE`

The client scans its folder, says that it is ready, waits for the clock, and ends when the other side holds everything.
"""

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any

_ENV = {**os.environ, "STNOUPGRADE": "1", "HOME": "/nonexistent"}
_CONFIG = """<configuration version="35">
<folder id="q" path="{path}" type="{kind}" rescanIntervalS="3600" fsWatcherEnabled="false">
<device id="{server}"/><device id="{client}"/></folder>
<device id="{other}" name="other" compression="always"><address>{address}</address><paused>{paused}</paused></device>
<gui enabled="true" tls="false"><address>127.0.0.1:{gui}</address><apikey>k</apikey></gui>
<options><listenAddress>{listen}</listenAddress><globalAnnounceEnabled>false</globalAnnounceEnabled>
<localAnnounceEnabled>false</localAnnounceEnabled><relaysEnabled>false</relaysEnabled><natEnabled>false</natEnabled>
<urAccepted>-1</urAccepted><crashReportingEnabled>false</crashReportingEnabled>
<autoUpgradeIntervalH>0</autoUpgradeIntervalH><startBrowser>false</startBrowser>
<reconnectionIntervalS>5</reconnectionIntervalS></options></configuration>"""


def setup(base: Path, address: str, queue: Path) -> None:
    ids = {}
    for role in ("server", "client"):
        home = base / f"st-{role}"
        command = ["syncthing", "generate", "--home", str(home), "--no-default-folder"]
        subprocess.run(command, check=True, capture_output=True, env=_ENV)
        found = re.search(r'<device id="([A-Z0-9-]{60,})"', (home / "config.xml").read_text())
        assert found is not None
        ids[role] = found.group(1)
    plans = (
        ("server", "client", base / "store", f"tcp://{address}:22000", 8385, "dynamic", "receiveonly"),
        ("client", "server", queue, "tcp://127.0.0.1:22001", 8384, f"tcp://{address}:22000", "sendonly"),
    )
    for role, other, path, listen, gui, reach, kind in plans:
        (path / ".stfolder").mkdir(parents=True, exist_ok=True)
        text = _CONFIG.format(
            path=path,
            kind=kind,
            server=ids["server"],
            client=ids["client"],
            other=ids[other],
            address=reach,
            paused="true" if role == "client" else "false",
            gui=gui,
            listen=listen,
        )
        (base / f"st-{role}" / "config.xml").write_text(text)
    (base / "st-ids.json").write_text(json.dumps(ids))


def ask(path: str, *, post: bool = False) -> Any:
    request = urllib.request.Request(
        "http://127.0.0.1:8384/rest/" + path, headers={"X-API-Key": "k"}, method="POST" if post else "GET"
    )
    body = urllib.request.urlopen(request, timeout=5).read()  # noqa: S310 -- loopback, http
    return json.loads(body) if body else None


def deliver(base: Path) -> None:
    server = json.loads((base / "st-ids.json").read_text())["server"]
    command = ["syncthing", "serve", "--home", str(base / "st-client"), "--no-restart", "--no-browser"]
    with (base / "st-client.log").open("w") as log:
        daemon = subprocess.Popen(command, env=_ENV, stdout=log, stderr=log)
        try:
            _until(_scanned)
            (base / "ready").touch()
            _until((base / "go").exists)
            ask("system/resume?device=" + server, post=True)
            _until(lambda: _scanned() and _complete(server))
        finally:
            daemon.terminate()
            daemon.wait()


def _scanned() -> bool:
    state = ask("db/status?folder=q")
    return bool(state["state"] == "idle" and state["localFiles"] > 0)


def _complete(server: str) -> bool:
    told = ask(f"db/completion?folder=q&device={server}")
    connected = ask("system/connections")["connections"][server]["connected"]
    return bool(connected and told["completion"] >= 100 and told["needItems"] == 0)


def _until(true: Any) -> None:
    while True:
        with suppress(OSError, KeyError, ValueError):
            if true():
                return
        time.sleep(0.05)


if __name__ == "__main__":
    base = Path(sys.argv[2])
    if sys.argv[1] == "setup":
        setup(base, sys.argv[3], Path(sys.argv[4]))
    elif sys.argv[1] == "server":
        home = str(base / "st-server")
        command = ["syncthing", "serve", "--home", home, "--no-restart", "--no-browser"]
        os.execvpe(command[0], command, _ENV)  # noqa: S606 -- a shell is what it replaces
    else:
        deliver(base)
