"""What a decoder of foreign files may still do: compute, read its input, write its output, end. Nothing else.

Linux only and without any library of its own: the calls are made through libc. Every layer is put on where the kernel
has it, and `confine` tells which ones are: `memory`, `files`, `seconds` and `privileges` always; `network` where user
namespaces are allowed; `paths` with Landlock (Linux 5.13 and later); `calls` with seccomp on x86-64 and 64-bit ARM.
With `calls` no program is started, no process made, no socket opened and no file named, whoever the user is: opening a
path fails with EPERM, and starting a program, a process or a socket kills the process. Without it those rest on the
other layers; the limits on memory, time and written files hold all the same.
"""

import ctypes
import os
import platform
import resource
import struct
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

LAYERS: Final = ("memory", "files", "seconds", "privileges", "network", "paths", "calls")

_CLONE_NEWUSER, _CLONE_NEWNET, _CLONE_NEWIPC = 0x10000000, 0x40000000, 0x08000000
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2
_LANDLOCK_CREATE, _LANDLOCK_RESTRICT = 444, 446
_LANDLOCK_VERSION = 1
# How many rights over files each version of Landlock knows (landlock(7)): all of them are taken away.
_LANDLOCK_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}
_LANDLOCK_LATEST_RIGHTS = 16
_LANDLOCK_NETWORK_FROM, _LANDLOCK_SCOPES_FROM = 4, 6

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _REFUSE = 0x7FFF0000, 0x80000000, 0x00050000 | 1  # EPERM
_AT_NUMBER, _AT_ARCHITECTURE, _AT_THIRD_ARGUMENT = 0, 4, 32
_PROT_EXEC = 4
_X32_BIT = 0x40000000
_ARCHITECTURES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}

# Numbers on x86-64 and on 64-bit ARM; None where there is no such call.
_ALLOWED: Final[dict[str, tuple[int | None, int | None]]] = {
    "read": (0, 63),
    "write": (1, 64),
    "close": (3, 57),
    "fstat": (5, 80),
    "lseek": (8, 62),
    "munmap": (11, 215),
    "brk": (12, 214),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sched_yield": (24, 124),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "nanosleep": (35, 101),
    "getpid": (39, 172),
    "exit": (60, 93),
    "gettimeofday": (96, 169),
    "getrusage": (98, 165),
    "sigaltstack": (131, 132),
    "gettid": (186, 178),
    "futex": (202, 98),
    "restart_syscall": (219, 128),
    "clock_gettime": (228, 113),
    "clock_nanosleep": (230, 115),
    "exit_group": (231, 94),
    "set_robust_list": (273, 99),
    "getrandom": (318, 278),
    "rseq": (334, 293),
}
_NOT_EXECUTABLE: Final[dict[str, tuple[int | None, int | None]]] = {"mmap": (9, 222), "mprotect": (10, 226)}
_FATAL: Final[dict[str, tuple[int | None, int | None]]] = {
    "socket": (41, 198),
    "connect": (42, 203),
    "bind": (49, 200),
    "socketpair": (53, 199),
    "clone": (56, 220),
    "fork": (57, None),
    "vfork": (58, None),
    "execve": (59, 221),
    "kill": (62, 129),
    "ptrace": (101, 117),
    "mount": (165, 40),
    "add_key": (248, 217),
    "keyctl": (250, 219),
    "unshare": (272, 97),
    "perf_event_open": (298, 241),
    "setns": (308, 268),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "memfd_create": (319, 279),
    "bpf": (321, 280),
    "execveat": (322, 281),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "clone3": (435, 435),
}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def tight(layers: frozenset[str]) -> bool:
    """Whether these layers leave a decoder no way to a network or to another file."""
    return "calls" in layers or {"network", "paths"} <= layers


def leave_network() -> bool:
    """Go where there is no network. Before any thread: afterwards the kernel does not let a process leave."""
    unshare: Callable[..., int] = _libc().unshare
    return unshare(_CLONE_NEWUSER | _CLONE_NEWNET | _CLONE_NEWIPC) == 0 or unshare(_CLONE_NEWNET | _CLONE_NEWIPC) == 0


def confine(memory: int, seconds: int, descriptors: int) -> frozenset[str]:
    """Give up everything for good; the layers that are on. Load every library first: none can be loaded afterwards.

    `memory` in bytes of address space, `seconds` of processor time, `descriptors` that may be open.
    """
    layers = {"memory", "files", "seconds", "privileges"}
    for limit, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, descriptors),
    ):
        resource.setrlimit(limit, (most, most))
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    libc = _libc()
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        layers.discard("privileges")
    if _without_paths(libc):
        layers.add("paths")
    if _without_calls(libc):
        layers.add("calls")
    return frozenset(layers)


def _without_paths(libc: Any) -> bool:
    """Landlock: a set of rules that names every right and grants none."""
    version = libc.syscall(_LANDLOCK_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint(_LANDLOCK_VERSION))
    if version < 1:
        return False
    files = (1 << _LANDLOCK_RIGHTS.get(version, _LANDLOCK_LATEST_RIGHTS)) - 1
    rights = struct.pack("<Q", files)
    if version >= _LANDLOCK_NETWORK_FROM:
        rights += struct.pack("<Q", 0b11)
    if version >= _LANDLOCK_SCOPES_FROM:
        rights += struct.pack("<Q", 0b11)
    rules = libc.syscall(_LANDLOCK_CREATE, rights, ctypes.c_size_t(len(rights)), ctypes.c_uint(0))
    if rules < 0:
        return False
    done: bool = libc.syscall(_LANDLOCK_RESTRICT, ctypes.c_int(rules), ctypes.c_uint(0)) == 0
    os.close(rules)
    return done


def _without_calls(libc: Any) -> bool:
    """Seccomp: the filter below, on this thread and all it could still start."""
    known = _ARCHITECTURES.get(platform.machine())
    if known is None:
        return False
    code = _filter(*known)
    buffer = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(code) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) == 0)


def _filter(architecture: int, column: int) -> bytes:
    """Instructions of classic BPF (seccomp(2)): another architecture or a fatal call kills, the unknown is refused."""
    code = [_step(_LOAD, _AT_ARCHITECTURE), _step(_EQUAL, architecture, 1), _step(_RETURN, _KILL)]
    code += [_step(_LOAD, _AT_NUMBER), _step(_AT_LEAST, _X32_BIT, 0, 1), _step(_RETURN, _KILL)]
    for numbers, verdict in ((_ALLOWED, _ALLOW), (_FATAL, _KILL)):
        for number in (both[column] for both in numbers.values()):
            if number is not None:
                code += [_step(_EQUAL, number, 0, 1), _step(_RETURN, verdict)]
    for number in (both[column] for both in _NOT_EXECUTABLE.values()):
        if number is not None:
            code += [_step(_EQUAL, number, 0, 4), _step(_LOAD, _AT_THIRD_ARGUMENT)]
            code += [_step(_ANY_BIT, _PROT_EXEC, 0, 1), _step(_RETURN, _REFUSE), _step(_RETURN, _ALLOW)]
    return b"".join([*code, _step(_RETURN, _REFUSE)])


def _step(operation: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("<HBBI", operation, if_true, if_false, value)


def _libc() -> Any:
    return ctypes.CDLL(None, use_errno=True)
