"""Who delivers the same queue over the same link: widely used tools as shipped, and plug-ins such as our own.

A plug-in is a Python file with `PEERS = {"name": an object with the methods of Peer}`.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

from benchmarks.links.emulator import Link

PROGRAMS = Path(__file__).parent / "programs"
PORT = 8000


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every form and scan below a folder."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and (path.name == "form.json" or path.suffix == ".jpg")
    }


class Peer(ABC):
    """One way to deliver. Paths and addresses are texts because they become command lines."""

    port = PORT
    two_phase = False
    """Its daemon is up and has looked at the folder before the clock starts; it says so with the file `ready`."""
    needs: tuple[str, ...] = ()
    """Programs it cannot run without."""
    modules: tuple[str, ...] = ()
    """Packages of Node it cannot run without, in `NODE_MODULES_DIR`."""
    env: dict[str, str] = {}  # noqa: RUF012 -- never changed

    def missing(self) -> str:
        """What is not installed here; empty when it can run."""
        for name in self.needs:
            if shutil.which(name) is None:
                return name
        for name in self.modules:
            if not (Path(os.environ.get("NODE_MODULES_DIR", "/nonexistent")) / name).is_dir():
                return name
        return ""

    def prep(self, base: str, queue: str, link: Link) -> None:  # noqa: ARG002 -- others need them
        """Before the clock starts."""
        (Path(base) / "store").mkdir(parents=True, exist_ok=True)

    @abstractmethod
    def server(self, base: str, link: Link) -> list[str]:
        """The command of the receiving side."""

    @abstractmethod
    def client(self, base: str, queue: str, link: Link) -> list[str]:
        """The command of the sending side, which ends when everything is there."""

    def verify(self, base: str, queue: str, link: Link) -> dict[str, str]:  # noqa: ARG002 -- others need them
        """SHA-256 of what arrived, by `<application>/<file>`."""
        return digests(Path(base) / "store")

    def forms_ctime(self, base: str) -> tuple[float, float] | None:
        """When the first and the last form were there, where that can be told from outside."""
        times = [path.stat().st_ctime for path in (Path(base) / "store").rglob("form.json")]
        return (min(times), max(times)) if times else None

    def extra(self, base: str) -> dict[str, int]:  # noqa: ARG002 -- others need it
        """What else is worth a column."""
        return {}


class Multipart(Peer):
    """A POST per application."""

    def server(self, base: str, link: Link) -> list[str]:
        return [sys.executable, str(PROGRAMS / "multipart.py"), "server", link.SERVER, str(PORT), f"{base}/store"]

    def client(self, base: str, queue: str, link: Link) -> list[str]:  # noqa: ARG002 -- its base names it so
        return [sys.executable, str(PROGRAMS / "multipart.py"), "client", link.SERVER, str(PORT), queue]


class Tus(Peer):
    """tus 1.0, three uploads at once, created with their first bytes."""

    needs = ("node",)
    modules = ("tus-js-client", "@tus/server", "@tus/file-store")

    def server(self, base: str, link: Link) -> list[str]:
        return ["node", str(PROGRAMS / "tus_server.mjs"), link.SERVER, str(PORT), f"{base}/store"]

    def client(self, base: str, queue: str, link: Link) -> list[str]:  # noqa: ARG002 -- its base names it so
        return ["node", str(PROGRAMS / "tus_client.js"), link.SERVER, str(PORT), queue, "3"]

    def verify(self, base: str, queue: str, link: Link) -> dict[str, str]:  # noqa: ARG002 -- its base names it so
        return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in self._files(base)}

    def forms_ctime(self, base: str) -> tuple[float, float] | None:
        times = [path.stat().st_ctime for name, path in self._files(base) if name.endswith("form.json")]
        return (min(times), max(times)) if times else None

    def extra(self, base: str) -> dict[str, int]:
        files = [name for name, _ in self._files(base)]
        held = sum(path.suffix != ".json" for path in (Path(base) / "store").iterdir())
        return {"orphans": held - len(set(files)), "duplicates": len(files) - len(set(files))}

    def _files(self, base: str) -> list[tuple[str, Path]]:
        found = []
        for path in (Path(base) / "store").glob("*.json"):
            told = json.loads(path.read_text())
            data = path.with_suffix("")
            if data.exists() and data.stat().st_size == told["size"]:
                found.append((f"{told['metadata']['app']}/{told['metadata']['filename']}", data))
        return found


class Rsync(Peer):
    """rsync to a daemon, partial files kept, its time-out on."""

    needs = ("rsync",)
    port = 8873

    def prep(self, base: str, queue: str, link: Link) -> None:
        super().prep(base, queue, link)
        text = f"use chroot = no\n[q]\npath = {base}/store\nread only = no\nuid = 0\ngid = 0\n"
        (Path(base) / "rsyncd.conf").write_text(text)

    def server(self, base: str, link: Link) -> list[str]:
        where = ["--address", link.SERVER, "--port", str(self.port), "--config", f"{base}/rsyncd.conf"]
        return ["rsync", "--daemon", "--no-detach", *where]

    def client(self, base: str, queue: str, link: Link) -> list[str]:  # noqa: ARG002 -- its base names it so
        how = "-rt --partial --timeout=15 --contimeout=10"
        return ["sh", "-c", f"until rsync {how} {queue}/ rsync://{link.SERVER}:{self.port}/q/; do sleep 1; done"]


class Pouch(Peer):
    """PouchDB to a CouchDB-protocol server, ten documents a batch."""

    needs = ("node",)
    modules = ("pouchdb", "express-pouchdb", "express")

    def prep(self, base: str, queue: str, link: Link) -> None:
        super().prep(base, queue, link)
        subprocess.run(["node", str(PROGRAMS / "pouch_client.js"), "load", f"{base}/local", queue], check=True)

    def server(self, base: str, link: Link) -> list[str]:
        return ["node", str(PROGRAMS / "pouch_server.js"), link.SERVER, str(PORT), f"{base}/store"]

    def client(self, base: str, queue: str, link: Link) -> list[str]:  # noqa: ARG002 -- its base names it so
        return ["node", str(PROGRAMS / "pouch_client.js"), "push", link.SERVER, str(PORT), f"{base}/local", "10"]

    def verify(self, base: str, queue: str, link: Link) -> dict[str, str]:  # noqa: ARG002 -- its base names it so
        inside = ["ip", "netns", "exec", link.ns("server")]
        command = [*inside, "node", str(PROGRAMS / "pouch_client.js"), "check", link.SERVER, str(PORT)]
        told = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120).stdout
        return dict(line.split(" ", 1) for line in told.splitlines() if " " in line)

    def forms_ctime(self, base: str) -> None:  # noqa: ARG002 -- its base names it so
        return None


class Syncthing(Peer):
    """Two folders kept alike."""

    needs = ("syncthing",)
    port = 22000
    two_phase = True

    def prep(self, base: str, queue: str, link: Link) -> None:
        command = [sys.executable, str(PROGRAMS / "folders.py"), "setup", base, link.SERVER, queue]
        subprocess.run(command, check=True)

    def server(self, base: str, link: Link) -> list[str]:  # noqa: ARG002 -- its base names it so
        return [sys.executable, str(PROGRAMS / "folders.py"), "server", base]

    def client(self, base: str, queue: str, link: Link) -> list[str]:  # noqa: ARG002 -- its base names it so
        return [sys.executable, str(PROGRAMS / "folders.py"), "client", base]


class Git(Peer):
    """git push."""

    needs = ("git",)
    port = 9418

    def prep(self, base: str, queue: str, link: Link) -> None:
        super().prep(base, queue, link)
        bare = f"{base}/store/q.git"
        _git("init", "-q", "--bare", "-b", "main", bare)
        _git("config", "core.fsyncObjectFiles", "true", inside=bare)
        _git("init", "-q", "-b", "main", queue)
        _git("add", ".", inside=queue)
        _git("commit", "-qm", "queue", inside=queue)
        _git("remote", "add", "o", f"git://{link.SERVER}/q.git", inside=queue)

    def server(self, base: str, link: Link) -> list[str]:
        how = ["--reuseaddr", f"--listen={link.SERVER}", "--export-all", "--enable=receive-pack"]
        return ["git", "daemon", *how, f"--base-path={base}/store", f"{base}/store"]

    def client(self, base: str, queue: str, link: Link) -> list[str]:  # noqa: ARG002 -- its base names it so
        return ["sh", "-c", f"until git -C {queue} push -q o main; do sleep 1; done"]

    def verify(self, base: str, queue: str, link: Link) -> dict[str, str]:  # noqa: ARG002 -- its base names it so
        subprocess.run(["git", "clone", "-q", f"{base}/store/q.git", f"{base}/check"], check=False, capture_output=True)
        return digests(Path(base) / "check")

    def forms_ctime(self, base: str) -> None:  # noqa: ARG002 -- its base names it so
        return None


class Restic(Peer):
    """restic to rclone's REST server."""

    needs = ("restic", "rclone")
    env = {"RESTIC_PASSWORD": "x", "RESTIC_CACHE_DIR": "/nonexistent"}  # noqa: RUF012 -- never changed

    def prep(self, base: str, queue: str, link: Link) -> None:
        super().prep(base, queue, link)
        command = ["restic", "init", "-q", "-r", f"{base}/store/r", "--no-cache"]
        subprocess.run(command, check=True, env={**os.environ, **self.env})

    def server(self, base: str, link: Link) -> list[str]:
        where = ["--addr", f"{link.SERVER}:{PORT}", "--config", "/dev/null"]
        return ["rclone", "serve", "restic", *where, f"{base}/store/r"]

    def client(self, base: str, queue: str, link: Link) -> list[str]:  # noqa: ARG002 -- its base names it so
        at = f"--no-cache -r rest:http://{link.SERVER}:{PORT}/"
        loop = f"until restic backup -q {at} .; do restic unlock -q {at}; sleep 1; done"
        return ["sh", "-c", f"cd {queue}; {loop}"]

    def verify(self, base: str, queue: str, link: Link) -> dict[str, str]:  # noqa: ARG002 -- its base names it so
        where = ["-r", f"{base}/store/r", "--target", f"{base}/check"]
        command = ["restic", "restore", "latest", "-q", "--no-cache", *where]
        subprocess.run(command, check=False, capture_output=True, env={**os.environ, **self.env})
        return digests(Path(base) / "check")

    def forms_ctime(self, base: str) -> None:  # noqa: ARG002 -- its base names it so
        return None


def _git(*arguments: str, inside: str | None = None) -> None:
    who = ["-c", "user.name=bench", "-c", "user.email=bench@localhost"]
    subprocess.run(["git", *who, *arguments], check=True, cwd=inside, capture_output=True)


SHIPPED: dict[str, Any] = {
    "multipart": Multipart(),
    "tus": Tus(),
    "rsync": Rsync(),
    "PouchDB": Pouch(),
    "Syncthing": Syncthing(),
    "git": Git(),
    "restic": Restic(),
}


def plugged(path: Path) -> dict[str, Any]:
    """The peers of a plug-in file."""
    spec = importlib.util.spec_from_file_location("peer_plugin", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    peers: dict[str, Any] = module.PEERS
    return peers
