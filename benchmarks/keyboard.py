"""How soon a key shows candidates, and how often the first of them is the one that was meant.

`python -m benchmarks.keyboard` types the phrases of `tests/ui/keyboard` and some long ones letter by letter, each into
a field that was just touched, and prints the time from the key to its candidates, by the clock and of the processor
(the same on a machine that does nothing else). Bars: p99 8 ms by the clock; first for 95 % of the three hundred
phrases. `nobody worked towards` is the share of the list the decoder was not tuned by.
"""

import statistics
import sys
import time
from collections.abc import Iterator

from benchmarks.screen import rank
from benchmarks.table import print_table
from tests.ui.keyboard.phrases import misses, phrases
from ui.keyboard.composition import Composition
from ui.keyboard.lexicon import Lexicon
from ui.keyboard.pinyin import Decoder

BAR_MS, BAR_FIRST = 8.0, 0.95
LONG = """woyaobanliyiliaobaoxian guizhoushengzunyishihuichuanqu yinbingshenghuokunnanwoyaoshenqingdibao
zuidishenghuobaozhang sfzybkjtzz yiliaobx shengfenzheng nanjingshichangjiangdaqiao"""


def typed() -> Iterator[tuple[str, bool]]:
    """Letters, and whether a name is asked for."""
    for file in ("phrases.txt", "held_out.txt"):
        for phrase in phrases(file):
            yield phrase.typed, phrase.kind == "name"
    for letters in LONG.split():
        yield letters, False


def key_times(lexicon: Lexicon) -> tuple[list[float], list[float]]:
    """Milliseconds of every key, by the clock and of the processor."""
    clock, processor = [], []
    composition = Composition(Decoder(lexicon))
    for letters, name in typed():
        composition.begin(names=name)
        for letter in letters:
            begun, worked = time.perf_counter(), time.thread_time()
            composition.type(letter)
            processor.append((time.thread_time() - worked) * 1000)
            clock.append((time.perf_counter() - begun) * 1000)
    return clock, processor


def main() -> int:
    """Print the figures; 1 when a bar is missed."""
    begun = time.perf_counter()
    lexicon = Lexicon.load()
    print(f"dictionary read in {(time.perf_counter() - begun) * 1000:.0f} ms, with the first letter")
    clock, processor = key_times(lexicon)
    print_table(
        (f"ms, {len(clock)} keys", "p50", "p99", "max"),
        [
            (name, f"{statistics.median(times):.2f}", f"{rank(times, 0.99):.2f}", f"{max(times):.2f}")
            for name, times in (("by the clock", clock), ("processor", processor))
        ],
    )
    shares = {}
    for name, file in (("three hundred phrases", "phrases.txt"), ("nobody worked towards", "held_out.txt")):
        those = list(phrases(file))
        shares[name] = 1 - len(misses(Decoder(lexicon), those)) / len(those)
    print_table(("first candidate right", "share"), [(name, f"{share:.1%}") for name, share in shares.items()])
    return int(rank(clock, 0.99) > BAR_MS or shares["three hundred phrases"] < BAR_FIRST)


if __name__ == "__main__":
    sys.exit(main())
