"""Records a scene, opens every disk a cut could have left of it, and counts what is wrong."""

import random
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.powercut.cuts import Cut, Thoroughness, cuts
from tests.powercut.disk import Node, Replay
from tests.powercut.laying import Bench, read_tree
from tests.powercut.recording import Act, Kind, record
from tests.powercut.scene import Scene


@dataclass
class Proof:
    """What one scene came to.

    `acts` changed or synced the disk, `told` is how often somebody was told something, `images` are disks that differ,
    each opened once; `wrong` counts what was found, `first` says where each was found first.
    """

    scene: str
    acts: int = 0
    told: int = 0
    images: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)


class Recorded:
    """One scene, prepared and played once. It may be judged as often as one likes.

    Raises:
        AssertionError: the recorder missed something: replayed, the acts do not give what lies there.
    """

    def __init__(self, scene: Scene, folder: Path) -> None:
        self.scene = scene
        roots = {name: folder / name for name in scene.looks}
        for root in roots.values():
            root.mkdir()
        scene.prepare(folder)
        self._start = Replay(list(roots.values()))
        self.acts: list[Act] = record(
            "tests.powercut.play", [scene.name, str(folder)], list(roots.values()), folder / "trace"
        )
        self._nodes: dict[str, Node] = {name: self._start.roots[root] for name, root in roots.items()}
        self._nothing_missed(roots)

    def _nothing_missed(self, roots: dict[str, Path]) -> None:
        replay = deepcopy(self._start)
        for act in self.acts:
            replay.step(act)
        whole = replay.everything()
        for name, root in roots.items():
            there = read_tree(root)
            mapped = whole.tree(self._nodes[name], b"").keys() - whole.tree(self._nodes[name]).keys()
            assert whole.tree(self._nodes[name]) == {one: there[one] for one in there.keys() - mapped}, name

    def judged(
        self,
        seed: int,
        thorough: Thoroughness,
        *,
        deaf: Callable[[str], bool] = lambda _: False,
        most: int | None = None,
        enough: Callable[[Proof], bool] = lambda _: False,
    ) -> Proof:
        """Open what may be left after each cut; at most so many moments, drawn, and the first and the last of them.

        `deaf` names files and folders whose syncs are lies. It ends early when it is `enough`.
        """
        replay = deepcopy(self._start)
        replay.deaf = deaf
        marks = sum(act.kind is Kind.MARK for act in self.acts)
        proof = Proof(self.scene.name, len(self.acts) - marks, marks)
        moments = self._moments(seed, most)
        seen: dict[tuple[str, int], Any] = {}
        with Bench() as bench:
            for cut in cuts(self.acts, replay, seed, thorough):
                if cut.at in moments:
                    self._judge(cut, bench, seen, proof)
                if enough(proof):
                    break
        return proof

    def _judge(self, cut: Cut, bench: Bench, seen: dict[tuple[str, int], Any], proof: Proof) -> None:
        found = {}
        for name, look in self.scene.looks.items():
            tree = cut.disk.tree(self._nodes[name], cut.mapped)
            # mapped files hold nothing that counts: the same image with another of these is no other image
            bare = frozenset(cut.disk.tree(self._nodes[name]).items())
            key = (name, hash(bare))
            if key not in seen:
                seen[key] = look(bench.lay(tree))
                proof.images += 1
            found[name] = seen[key]
        for wrong in set(self.scene.judge(found, cut.marks)):
            proof.wrong[wrong] += 1
            proof.first.setdefault(wrong, f"behind act {cut.at} ({self.acts[cut.at].kind.name}), {cut.how}")

    def _moments(self, seed: int, most: int | None) -> set[int]:
        everything = [at for at, act in enumerate(self.acts) if act.kind not in (Kind.MARK, Kind.MAPPED)]
        if most is None or most >= len(everything):
            return set(everything)
        return {everything[0], everything[-1], *random.Random(seed).sample(everything, most)}
