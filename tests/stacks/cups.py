"""A cupsd of our own, in a folder of its own and reached through its socket alone: nobody's port is taken."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from devices.printer.ipp.client import Client, IppRefusedError
from devices.printer.ipp.transport import IPP_PORT, Endpoint, Line, LostError
from tests.stacks.needing import need, program

QUEUE = "Kiosk"
# The policy is the one Debian installs: who may do what decides whether the driver can cancel and delete.
_CUPSD = """LogLevel debug
Listen {folder}/sock
Browsing Off
DefaultAuthType Basic
WebInterface No
<Location />
  Order allow,deny
</Location>
<Location /admin>
  Order allow,deny
</Location>
<Policy default>
  JobPrivateAccess default
  JobPrivateValues default
  SubscriptionPrivateAccess default
  SubscriptionPrivateValues default
  <Limit Create-Job Print-Job Print-URI Validate-Job>
    Order deny,allow
  </Limit>
  <Limit Send-Document Send-URI Hold-Job Release-Job Restart-Job Purge-Jobs Set-Job-Attributes Cancel-My-Jobs Close-Job>
    Require user @OWNER @SYSTEM
    Order deny,allow
  </Limit>
  <Limit CUPS-Get-Document>
    AuthType Default
    Require user @OWNER @SYSTEM
    Order deny,allow
  </Limit>
  <Limit CUPS-Add-Modify-Printer CUPS-Delete-Printer CUPS-Set-Default CUPS-Get-Devices>
    AuthType Default
    Require user @SYSTEM
    Order deny,allow
  </Limit>
  <Limit Pause-Printer Resume-Printer Enable-Printer Disable-Printer Cancel-Jobs CUPS-Accept-Jobs CUPS-Reject-Jobs>
    AuthType Default
    Require user @SYSTEM
    Order deny,allow
  </Limit>
  <Limit Cancel-Job CUPS-Authenticate-Job>
    Require user @OWNER @SYSTEM
    Order deny,allow
  </Limit>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
_FILES = """ServerRoot {folder}/etc
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/state
TempDir {folder}/tmp
ErrorLog {folder}/error_log
AccessLog {folder}/access_log
PageLog {folder}/page_log
Sandboxing relaxed
"""


class Cupsd:
    """One running cupsd. `server` is the driver's option, `client` asks it a test's own questions."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = str(folder / "sock")
        for name in ("etc", "spool", "cache", "state", "tmp"):
            (folder / name).mkdir()
            shutil.chown(folder / name, "root", "lp")
            (folder / name).chmod(0o770)
        # cupsd's children work as another user.
        folder.chmod(0o755)
        (folder / "etc/cupsd.conf").write_text(_CUPSD.format(folder=folder))
        (folder / "etc/cups-files.conf").write_text(_FILES.format(folder=folder))
        self._run: subprocess.Popen[bytes] | None = None
        at = Endpoint("localhost", IPP_PORT, f"/printers/{QUEUE}", unix=self.server)
        self.client = Client(Line(at), f"ipp://localhost/printers/{QUEUE}", "test")

    def start(self) -> None:
        """Start it, or start it again."""
        cupsd = program("cupsd")
        assert cupsd is not None
        etc = self.folder / "etc"
        words = [cupsd, "-f", "-c", str(etc / "cupsd.conf"), "-s", str(etc / "cups-files.conf")]
        self._run = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._wait(lambda: [self.client.jobs("completed")])

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End it. What it had started goes on for a while, as it does on a real machine."""
        assert self._run is not None
        self._run.send_signal(how)
        self._run.wait()

    def end(self) -> None:
        """End it with everything it has started."""
        self.client.line.close()
        if self._run is not None and self._run.poll() is None:
            self.kill(signal.SIGTERM)
        for folder in Path("/proc").glob("[0-9]*"):
            _end_ours(folder, str(self.folder))

    def add(self, uri: str) -> None:
        """A driverless queue onto a printer, set up as `docs/devices.md` says, ready to print."""
        self.order("lpadmin", "-p", QUEUE, "-E", "-v", uri, "-m", "everywhere", "-o", "printer-error-policy=abort-job")
        self._wait(lambda: self.client.printer().media)

    def order(self, *words: str) -> None:
        """One of the commands of CUPS."""
        done = subprocess.run(
            words, env={**os.environ, "CUPS_SERVER": self.server}, check=False, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr

    def kept(self) -> list[str]:
        """Documents on its disk."""
        return sorted(path.name for path in (self.folder / "spool").glob("d*"))

    def waiting(self) -> int:
        """Jobs that are not over."""
        return len(self.client.jobs("not-completed", mine=False))

    def _wait(self, ask: Callable[[], object]) -> None:
        until = time.monotonic() + 20.0
        while True:
            try:
                if ask():
                    return
            except IppRefusedError:
                # It answers: there is no queue yet.
                return
            except LostError:
                pass
            assert time.monotonic() < until, (self.folder / "error_log").read_text(errors="replace")[-2000:]
            time.sleep(0.02)


def _end_ours(process: Path, folder: str) -> None:
    """Filters and backends of a cupsd that was killed: they carry its folder in their environment."""
    try:
        if f"CUPS_SERVERROOT={folder}/etc".encode() in (process / "environ").read_bytes():
            os.kill(int(process.name), signal.SIGKILL)
    except OSError:
        return


@contextmanager
def cupsd() -> Iterator[Cupsd]:
    """A cupsd for one test or one module. Its folder has a short name: a socket's path has little room."""
    need("cups", "cupsd", "lpadmin", "ippeveprinter", root=True)
    folder = Path(tempfile.mkdtemp(prefix="jinban-cups-"))
    running = Cupsd(folder)
    try:
        running.start()
        yield running
    finally:
        running.end()
        shutil.rmtree(folder, ignore_errors=True)
