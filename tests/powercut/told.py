"""What people had been told when the power went, and what that promises of whatever is found afterwards.

A mark is a verb and its objects. A verb in -ing was said before something began: it may be found done or not. A verb in
the past was said after it was done: it must be found.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tests.powercut.terminals import Found


@dataclass
class Told:
    """The marks of one moment, sorted by what they promise."""

    taken: dict[str, str] = field(default_factory=dict)
    """Number → event."""
    taking: set[str] = field(default_factory=set)
    """Events."""
    drafts: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    """Draft → how it may be found: as last told, or as it was just being saved; an empty tuple stands for gone."""
    kept: set[str] = field(default_factory=set)
    settled: set[str] = field(default_factory=set)
    sure: dict[str, set[str]] = field(default_factory=dict)


def heard(marks: Iterable[str]) -> Told:
    """Sort the marks."""
    told = Told()
    for mark in marks:
        verb, *words = mark.split()
        if verb == "taken":
            told.taken[words[0]] = words[1]
        elif verb == "taking":
            told.taking.add(words[0])
        elif verb in ("saving", "dropping"):
            told.drafts.setdefault(words[0], [()]).append(tuple(sorted(words[1:])))
        elif verb in ("saved", "dropped"):
            told.drafts[words[0]] = [tuple(sorted(words[1:]))]
        elif verb == "kept":
            told.kept.add(words[0])
        elif verb == "releasing":
            told.kept -= set(words)
        elif verb == "settled":
            told.settled.add(words[0])
        else:
            told.sure.setdefault(verb, set()).add(" ".join(words))
    return told


def broken_promises(found: Found, marks: Iterable[str]) -> Iterator[str]:
    """Everything that was told and is not so, and everything that is there and nobody began."""
    told = heard(marks)
    yield from found.wrong
    if not found.founded or not found.enrolled:
        if "enrolled" in told.sure:
            yield "the terminal is a terminal no more"
        return
    for number, event in told.taken.items():
        if found.cases.get(number) != event:
            yield "a case somebody holds a receipt for is gone"
    if set(found.cases.values()) - set(told.taken.values()) - told.taking and "any" not in told.taking:
        yield "a case nobody handed in"
    for draft, ways in told.drafts.items():
        if found.drafts.get(draft, ()) not in ways:
            yield "a draft is not as it was saved"
    if told.kept - found.pages:
        yield "a scanned page is gone"
    if told.settled - found.settled:
        yield "a case that was shown as sent is not"
    yield from _counted(found, told)


def _counted(found: Found, told: Told) -> Iterator[str]:
    sure = told.sure
    yield from _of_paper(found, sure)
    for decision in sure.get("decided", ()):
        number, state = decision.split()
        if found.decided.get(number) != state:
            yield "a decision that was shown is gone"
    if sure.get("parked", set()) - found.parked:
        yield "a parked case is parked no more"
    if found.exports < max((int(one) for one in sure.get("exported", ())), default=0):
        yield "the number of an export would be given again"
    if found.catalogue < max((int(one) for one in sure.get("shelved", ())), default=0):
        yield "a catalogue older than the one shown"


def _of_paper(found: Found, sure: dict[str, set[str]]) -> Iterator[str]:
    if found.ratings < len(sure.get("rated", ())):
        yield "a rating is gone"
    if {int(entry) for entry in sure.get("printing", ())} - found.printed.keys():
        yield "a print went out that the ledger does not know"
    if any(found.printed.get(int(entry)) != "printed" for entry in sure.get("printed", ())):
        yield "a paper that came out counts as open"
