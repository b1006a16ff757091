"""The plug is pulled at every moment of the product's work: whoever was told something finds that it is so."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.powercut.cuts import Thoroughness
from tests.powercut.disk import SECTOR, Bytes, Disk, Names, sectors
from tests.powercut.recording import Act, StrangeCallError, record
from tests.powercut.replaying import Proof, Recorded
from tests.powercut.scenes import NAMES, scene
from tests.proofs import Prove

SEED = 20261124
QUICK = Thoroughness(plain=True)


@pytest.mark.parametrize("name", NAMES)
def test_after_a_cut_at_drawn_moments_everything_told_is_so(name: str, tmp_path: Path, prove: Prove) -> None:
    proof = Recorded(scene(name), tmp_path).judged(SEED, Thoroughness(ways=1), most=12)

    tell(prove, proof)
    assert proof.images > 40
    assert proof.told > 1
    assert not proof.wrong, proof.first


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", NAMES)
def test_after_a_cut_at_any_moment_everything_told_is_so(name: str, tmp_path: Path, prove: Prove) -> None:
    proof = Recorded(scene(name), tmp_path).judged(SEED, Thoroughness(ways=3))

    tell(prove, proof)
    assert proof.images > 400
    assert not proof.wrong, proof.first


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_every_single_write_may_be_the_one_that_is_missing(tmp_path: Path, prove: Prove) -> None:
    proof = Recorded(scene("visit"), tmp_path).judged(SEED + 1, Thoroughness(ways=0, each=True), most=120)

    tell(prove, proof)
    assert not proof.wrong, proof.first


def tell(prove: Prove, proof: Proof) -> None:
    prove("crash-images", images=proof.images, acts=proof.acts, wrong=sum(proof.wrong.values()))


LIES: dict[str, Callable[[str], bool]] = {
    "no sync does anything": lambda _: True,
    "the log is not synced": lambda path: path.endswith("-wal"),
    "the database is not synced": lambda path: path.endswith(".db"),
    "folders are not synced": lambda path: "." not in path.rpartition("/")[2] and len(path.rpartition("/")[2]) < 64,
    "pages are not synced before they get their names": lambda path: "/blobs/" in path,
}


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    return Recorded(scene("visit"), tmp_path_factory.mktemp("visit"))


@pytest.mark.parametrize("lie", LIES)
def test_a_disk_that_lies_about_a_sync_is_found_out(visit: Recorded, lie: str) -> None:
    proof = visit.judged(SEED, QUICK, deaf=LIES[lie], most=150, enough=lambda so_far: bool(so_far.wrong))

    assert proof.wrong


def test_a_database_that_does_not_wait_for_its_log_is_found_out(tmp_path: Path) -> None:
    gone = "a case somebody holds a receipt for is gone"
    proof = Recorded(scene("hasty"), tmp_path).judged(SEED, QUICK, most=200, enough=lambda so_far: gone in so_far.wrong)

    assert gone in proof.wrong


def test_a_way_of_writing_nobody_taught_the_recorder_is_no_proof(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "linking.py").write_text(f"import os\nos.symlink('a', {str(root / 'b')!r})\n", encoding="utf-8")
    with pytest.raises(StrangeCallError, match="symlink"):
        run(tmp_path, root)


def test_what_a_child_and_its_threads_do_is_recorded_in_order(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "linking.py").write_text(
        "import os, sys, threading\n"
        f"path = {str(root / 'file')!r}\n"
        "file = os.open(path, os.O_CREAT | os.O_RDWR)\n"
        "def write(turn): os.pwrite(file, b'%d' % (turn % 10) * 600, turn * 600)\n"
        "if os.fork() == 0:\n"
        "    for turn in range(50): write(turn)\n"
        "    os._exit(0)\n"
        "threads = [threading.Thread(target=write, args=(turn,)) for turn in range(50, 80)]\n"
        "for one in threads: one.start()\n"
        "for one in threads: one.join()\n"
        "os.wait()\n",
        encoding="utf-8",
    )
    acts = run(tmp_path, root)

    disk = Disk({1: b""})
    disk.apply(Bytes(1, act.at, act.data) for act in acts if act.data)
    assert len(acts) == 81
    assert disk.files[1] == (root / "file").read_bytes()


def run(folder: Path, root: Path) -> list[Act]:
    return record("linking", [], [root], folder / "trace", path=folder)


def test_a_sector_arrives_whole_and_nothing_else_does() -> None:
    parts = sectors(Bytes(1, SECTOR - 10, b"x" * (SECTOR + 20)))

    assert [(part.at, len(part.data)) for part in parts] == [(SECTOR - 10, 10), (SECTOR, SECTOR), (2 * SECTOR, 10)]


def test_a_name_may_arrive_before_its_bytes_and_a_rename_in_one_step() -> None:
    disk = Disk({1: b"old", 2: b""}, {0: {"a": 1}})
    disk.apply([Names(((0, "b", None), (0, "a", 2)))])

    assert disk.tree(0) == {"a": b""}
