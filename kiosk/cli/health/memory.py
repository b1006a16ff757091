"""Whether what a visit holds in memory may be written to disk behind our back: swapped out, or by who takes crashes."""

from pathlib import Path
from typing import Final

from kiosk.cli.health.finding import Finding, Health, Phrase, well

_KERNEL: Final = Path("/proc")
_IN_MEMORY: Final = "zram"
_ENCRYPTED: Final = "/dev/dm-"


def look_at_memory(kernel: Path = _KERNEL) -> Finding:
    """Swap on a disk, then programs that take crashes: the processes of ours are not dumped, those they start may be.

    A swap device behind the device mapper is taken for an encrypted one.
    """
    swaps = [line.split()[0] for line in _text(kernel / "swaps").splitlines()[1:] if line.strip()]
    if any(_IN_MEMORY not in swap and not swap.startswith(_ENCRYPTED) for swap in swaps):
        return Finding(
            "memory",
            Health.AMBER,
            Phrase("会换出到磁盘", "may be swapped to disk"),
            Phrase("办事时内存里的内容可能写进交换区。", "What a visit holds in memory may be written there."),
            Phrase("请关掉交换区，或改用 zram、加密的交换区。", "Turn swap off, or use zram or encrypted swap."),
        )
    if _text(kernel / "sys/kernel/core_pattern").startswith("|"):
        return Finding(
            "memory",
            Health.AMBER,
            Phrase("程序崩溃会被收集", "crashes are collected"),
            Phrase(
                "本软件自己的进程不会被收集，它调用的外部程序会。",
                "Our own processes are not, programs they start are.",
            ),
            Phrase("请把 kernel.core_pattern 设为 core。", "Set kernel.core_pattern to core."),
        )
    return well("memory", "不会写到磁盘", "is not written to disk")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
