"""A real IPP printer: `ippeveprinter`, with a bus and an Avahi of its own (it does not start without them).

All three live in a namespace of their own, so that nothing of this machine's is used or disturbed and several can run
side by side. Switches are files in the printer's folder; what it prints is copied there as it arrived.
"""

import http.client
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devices.printer.ipp.client import Client
from devices.printer.ipp.printer import JobInfo
from devices.printer.ipp.transport import Line, endpoint_of
from tests.stacks.needing import need

_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path=/run/jinban-bus</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy></busconfig>
"""
_AVAHI = """[server]
host-name=simhost
use-ipv6=no
allow-interfaces=lo
[wide-area]
enable-wide-area=no
[publish]
publish-workstation=no
"""
# Lines on its standard error drive the printer; $1 is the job's file.
_PRINT = """#!/bin/sh
cd "$(dirname "$0")"
if [ -e nopaper ]; then
    echo "STATE: +media-empty-error" >&2
    while [ -e nopaper ]; do sleep 0.05; done
    echo "STATE: -media-empty-error" >&2
fi
while [ -e wait ]; do sleep 0.05; done
[ -e fail ] && { echo "ERROR: fuser" >&2; exit 1; }
cp "$1" "tray/$(date +%s%N).doc"
echo "ATTR: job-impressions-completed=1" >&2
"""
_BED = """
cd "$1"
ip link set lo up
mount -t tmpfs tmpfs /run
mkdir -p /run/avahi-daemon
export DBUS_SYSTEM_BUS_ADDRESS=unix:path=/run/jinban-bus
dbus-daemon --config-file="$PWD/bus.conf" --nofork --nopidfile &
while [ ! -e /run/jinban-bus ]; do sleep 0.02; done
avahi-daemon --no-drop-root --no-chroot --no-rlimits -f "$PWD/avahi.conf" &
while [ ! -e /run/avahi-daemon/socket ]; do sleep 0.02; done
"$2" -m tests.stacks.relay "unix:$PWD/gate" tcp:8631 &
while :; do
    while [ -e off ]; do sleep 0.05; done
    setsid ippeveprinter -p 8631 -n localhost -k -d spool -c "$PWD/print.sh" -f "$3" "Jinban Test" &
    printer=$!
    while [ ! -e off ]; do sleep 0.05; done
    kill -9 -$printer
done
"""
# Both of its trays: with one empty it holds every job, whatever that asks for.
_A4 = "&".join(f"size{n}=iso_a4_210x297mm&type{n}=stationery&level{n}={level}" for n, level in ((1, 250), (3, 25)))


class RealPrinter:
    """One running ippeveprinter; `uri` leads to it from here."""

    def __init__(self, folder: Path, formats: str) -> None:
        self.folder = folder
        self.tray = folder / "tray"
        for name in ("tray", "spool"):
            (folder / name).mkdir(parents=True)
        (folder / "bus.conf").write_text(_BUS)
        (folder / "avahi.conf").write_text(_AVAHI)
        (folder / "bed.sh").write_text(_BED)
        script = folder / "print.sh"
        script.write_text(_PRINT)
        script.chmod(0o755)
        self._log = (folder / "log").open("wb")
        apart = ["unshare", "-mnpf", "--kill-child=KILL", "sh", str(folder / "bed.sh"), str(folder)]
        self._bed = subprocess.Popen(
            [*apart, sys.executable, formats], stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log
        )
        self._door = subprocess.Popen(
            [sys.executable, "-m", "tests.stacks.relay", "tcp:0", f"unix:{folder / 'gate'}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
        )
        assert self._door.stdout is not None
        self.port = int(self._door.stdout.readline())
        self.uri = f"ipp://127.0.0.1:{self.port}/ipp/print"
        self._client = Client(Line(endpoint_of(self.uri)), self.uri, "test")

    def set(self, *switches: str) -> None:
        """Throw switches: `nopaper`, `wait`, `fail`, `off`."""
        for switch in switches:
            (self.folder / switch).touch()

    def clear(self, *switches: str) -> None:
        """Put them back."""
        for switch in switches:
            (self.folder / switch).unlink(missing_ok=True)

    def switch_on(self, seconds: float = 20.0) -> None:
        """Wait until it answers, and load A4: it comes with US Letter."""
        self.clear("off")
        until = time.monotonic() + seconds
        while not self._load():
            assert time.monotonic() < until, (self.folder / "log").read_text(errors="replace")
            time.sleep(0.05)

    def switch_off(self) -> None:
        """Pull the plug."""
        self.set("off")
        while self._answers():
            time.sleep(0.05)

    def printed(self) -> list[Path]:
        """Documents that were printed, in order, as they arrived."""
        return sorted(self.tray.glob("*.doc"))

    def jobs(self) -> list[JobInfo]:
        """Jobs of anybody that are not over, as it tells them."""
        return self._client.jobs("not-completed", mine=False)

    def end(self) -> None:
        """End it with everything it has started."""
        self._client.line.close()
        for process in (self._bed, self._door):
            process.kill()
            process.wait()
        assert self._door.stdout is not None
        self._door.stdout.close()
        self._log.close()

    def _load(self) -> bool:
        return self._get(f"/media?{_A4}")

    def _answers(self) -> bool:
        return self._get("/")

    def _get(self, path: str) -> bool:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            line.request("GET", path, headers={"Host": "localhost:8631"})
            return line.getresponse().status == http.client.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            line.close()


@contextmanager
def ippeveprinter(folder: Path, formats: str = "application/pdf,image/pwg-raster") -> Iterator[RealPrinter]:
    """A real IPP printer for one test or one module."""
    need("ipp", "ippeveprinter", "dbus-daemon", "avahi-daemon", "ip", root=True, namespace=True)
    printer = RealPrinter(folder, formats)
    try:
        printer.switch_on()
        yield printer
    finally:
        printer.end()
