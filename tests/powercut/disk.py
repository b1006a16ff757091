"""A disk that forgets: what is durable, what is only on its way there, and everything a cut may make of that.

POSIX promises that what `fsync` of a file returned for is on the disk, that the names in a folder are once the folder
was synced, and that a rename is one step. It promises nothing else: not that bytes reach the disk in the order in which
they were written, not that they do so whole, not that a file's length waits for its bytes or a new name for the old.
"""

import os
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.powercut.recording import Act, Kind

SECTOR: Final = 512

Node = int
"""A file or folder, whatever it is called; never given twice, unlike the disk's own numbers."""


@dataclass(frozen=True, slots=True)
class Bytes:
    """Bytes on their way into a file; with `size`, its new length instead."""

    node: Node
    at: int = 0
    data: bytes = b""
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """Names on their way into folders, in one step: (folder, name, what it stands for or None)."""

    changes: tuple[tuple[Node, str, Node | None], ...]


Change = Bytes | Names
Tearing = Callable[[Bytes], Iterable[Bytes]]


@dataclass(slots=True)
class Disk:
    """Files by node, folders as names by node; `volatile` are mapped ones, of which nothing is ever durable."""

    files: dict[Node, bytes] = field(default_factory=dict)
    folders: dict[Node, dict[str, Node]] = field(default_factory=dict)
    volatile: set[Node] = field(default_factory=set)

    def copy(self) -> "Disk":
        """Another one, to be changed."""
        return Disk(dict(self.files), {node: dict(names) for node, names in self.folders.items()}, set(self.volatile))

    def apply(self, changes: Iterable[Change]) -> None:
        """Let these arrive."""
        grown: dict[Node, bytearray] = {}
        for change in changes:
            if isinstance(change, Names):
                for folder, name, node in change.changes:
                    self.folders[folder].pop(name, None)
                    if node is not None:
                        self.folders[folder][name] = node
                continue
            data = grown.get(change.node)
            if data is None:
                data = grown[change.node] = bytearray(self.files[change.node])
            if change.size is not None:
                del data[change.size :]
                data.extend(bytes(change.size - len(data)))
            else:
                data.extend(bytes(max(0, change.at - len(data))))
                data[change.at : change.at + len(change.data)] = change.data
        for node, data in grown.items():
            self.files[node] = bytes(data)

    def tree(self, root: Node, mapped: bytes | None = None) -> dict[str, bytes | None]:
        """What somebody finds below a folder: relative path → bytes, None for a folder; `mapped` in mapped files."""
        found: dict[str, bytes | None] = {}

        def walk(node: Node, path: str) -> None:
            for name, inner in self.folders[node].items():
                if inner in self.folders:
                    found[f"{path}{name}"] = None
                    walk(inner, f"{path}{name}/")
                elif inner in self.volatile:
                    if mapped is not None:
                        found[f"{path}{name}"] = mapped
                else:
                    found[f"{path}{name}"] = self.files[inner]

        walk(root, "")
        return found


class Replay:
    """Goes through what was recorded. `durable` and `pending` are the disk at the moment just reached."""

    def __init__(self, roots: Collection[Path]) -> None:
        self.deaf: Callable[[str], bool] = lambda _: False
        """Paths of files and folders whose syncs are lies, to see that lies are found out."""
        self.durable = Disk()
        self.pending: list[Change] = []
        self.marks: list[str] = []
        self._next = 0
        self._nodes: dict[int, Node] = {}
        self._names: dict[Node, str] = {}
        self._paths: dict[str, Node] = {}
        self.roots = {root: self._found(root) for root in roots}

    def _found(self, path: Path) -> Node:
        """Take in what lies there before anything is recorded; that is durable."""
        node = self._new(path.stat().st_ino, str(path))
        if path.is_dir():
            self.durable.folders[node] = {one.name: self._found(one) for one in sorted(path.iterdir())}
        else:
            self.durable.files[node] = path.read_bytes()
        return node

    def _new(self, inode: int, path: str) -> Node:
        self._next += 1
        self._nodes[inode] = self._paths[path] = self._next
        self._names[self._next] = path
        return self._next

    def step(self, act: Act) -> None:
        """One recorded act."""
        match act.kind:
            case Kind.MARK:
                self.marks.append(act.data.decode())
            case Kind.SYNC:
                self._sync(self._nodes[act.inode])
            case Kind.WRITE:
                self.pending.append(Bytes(self._nodes[act.inode], act.at, act.data))
            case Kind.RESIZE:
                self.pending.append(Bytes(self._nodes[act.inode], size=act.at))
            case Kind.MAPPED:
                self.durable.volatile.add(self._nodes[act.inode])
            case _:
                self._name(act)

    def _name(self, act: Act) -> None:
        changes: list[tuple[Node, str, Node | None]] = []
        if act.kind in (Kind.CREATE, Kind.MKDIR):
            node = self._new(act.inode, act.path)
            if act.kind is Kind.MKDIR:
                self.durable.folders[node] = {}
            else:
                self.durable.files[node] = b""
            changes.append((*self._place(act.path), node))
        elif act.kind is Kind.LINK:
            node = self._paths[act.to] = self._paths[act.path]
            changes.append((*self._place(act.to), node))
        else:
            node = self._paths.pop(act.path)
            changes.append((*self._place(act.path), None))
            if act.kind is Kind.RENAME:
                self._paths[act.to] = node
                self._names[node] = act.to
                changes.append((*self._place(act.to), node))
        self.pending.append(Names(tuple(changes)))

    def _place(self, path: str) -> tuple[Node, str]:
        folder, name = os.path.split(path)
        return self._paths[folder], name

    def _sync(self, node: Node) -> None:
        if self.deaf(self._names[node]):
            return

        def reached(change: Change) -> bool:
            if isinstance(change, Bytes):
                return change.node == node
            return any(folder == node for folder, _, _ in change.changes)

        self.durable.apply(change for change in self.pending if reached(change))
        self.pending = [change for change in self.pending if not reached(change)]

    def everything(self) -> Disk:
        """The disk as if nothing was ever lost."""
        disk = self.durable.copy()
        disk.apply(self.pending)
        return disk


def sectors(change: Bytes) -> list[Bytes]:
    """What a disk writes in one piece: parts of the bytes that do not cross a sector."""
    parts, at, end = [], change.at, change.at + len(change.data)
    while at < end:
        stop = min(end, (at // SECTOR + 1) * SECTOR)
        parts.append(Bytes(change.node, at, change.data[at - change.at : stop - change.at]))
        at = stop
    return parts
