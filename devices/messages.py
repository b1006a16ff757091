"""The words between the host and a driver's process: one JSON object a line, one memfd beside `Print` and `Page`.

Private to `devices`: a driver never sees them (see `devices.contract`). Both ends are always of one version.
"""

from typing import Any, TypeAlias

import msgspec

from kiosk.model.devices import CameraMode, CameraView, OfferedFile, PageSize
from kiosk.model.people import IdCard


class Hello(msgspec.Struct, frozen=True, tag=True):
    """First word to a new process. Options may hold secrets, which is why they travel here and not in argv."""

    name: str
    data: str
    options: dict[str, str]


class Read(msgspec.Struct, frozen=True, tag=True):
    """Read a card."""

    job: int
    seconds: float


class Scan(msgspec.Struct, frozen=True, tag=True):
    """Scan pages."""

    job: int
    dpi: int
    colour: bool
    max_pages: int
    finish: bool = True
    read: bool = False


class Use(msgspec.Struct, frozen=True, tag=True):
    """Show what a camera sees and take pages; the fields are those of `UseCamera`."""

    job: int
    mode: CameraMode
    view: CameraView
    purpose: str
    automatic: bool
    dpi: int
    colour: bool
    max_pages: int
    seconds: float
    width: int
    height: int


class Shutter(msgspec.Struct, frozen=True, tag=True):
    """Take a page now, whatever lies there."""

    job: int


class Receive(msgspec.Struct, frozen=True, tag=True):
    """Let a phone send files."""

    job: int
    max_files: int
    seconds: float


class List(msgspec.Struct, frozen=True, tag=True):
    """Say what lies on the sticks."""

    job: int


class Fetch(msgspec.Struct, frozen=True, tag=True):
    """Take these files of a stick."""

    job: int
    chosen: tuple[str, ...]


class Print(msgspec.Struct, frozen=True, tag=True):
    """Print the PDF in the memfd beside this line, or with `lines` the roll packed there by `devices.rolls`."""

    job: int
    title: str
    size: PageSize
    length: int
    lines: bool = False


class Cancel(msgspec.Struct, frozen=True, tag=True):
    """End a job early."""

    job: int


class Taken(msgspec.Struct, frozen=True, tag=True):
    """A page has been copied, so another may be sent: bounds the memory between the two processes."""

    job: int


class Watch(msgspec.Struct, frozen=True, tag=True):
    """Report cards coming and going, or codes, from now on."""


class Probe(msgspec.Struct, frozen=True, tag=True):
    """Feel for the device now; answered by `Probed`."""

    call: int


class Simulate(msgspec.Struct, frozen=True, tag=True):
    """Do something to a simulated device; answered by `Answer`."""

    call: int
    action: str
    args: dict[str, Any]


class Opening(msgspec.Struct, frozen=True, tag=True):
    """The driver is about to open its device, which may take a while."""


class Ready(msgspec.Struct, frozen=True, tag=True):
    """An attempt to open has ended, the `State` before it says how; the child serves requests either way."""

    simulated: bool


class State(msgspec.Struct, frozen=True, tag=True):
    """How the device is: a failure code or None, a detail for technicians, and the code of a warning or None."""

    failure: str | None
    detail: str
    warning: str | None = None


class Alive(msgspec.Struct, frozen=True, tag=True):
    """A sign of life."""


class CardSeen(msgspec.Struct, frozen=True, tag=True):
    """A card has come (True) or gone."""

    present: bool


class Begun(msgspec.Struct, frozen=True, tag=True):
    """The driver itself has the job from here on: until then it has done nothing and may be given to its successor."""

    job: int


class Advanced(msgspec.Struct, frozen=True, tag=True):
    """A job is this far."""

    job: int
    fraction: float


class PageIn(msgspec.Struct, frozen=True, tag=True):
    """One whole page; its bytes are in the memfd beside this line. `findings` are failure codes."""

    job: int
    extension: str
    width: int
    height: int
    length: int
    findings: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    text: str = ""


class PreviewIn(msgspec.Struct, frozen=True, tag=True):
    """The ring of live pictures (`kiosk.frames`) is in the memfd beside this line."""

    job: int
    length: int


class Handover(msgspec.Struct, frozen=True, tag=True):
    """A phone may send to this address."""

    job: int
    url: str


class Offer(msgspec.Struct, frozen=True, tag=True):
    """What lies on the sticks."""

    job: int
    files: tuple[OfferedFile, ...]


class FileOut(msgspec.Struct, frozen=True, tag=True):
    """A file was not taken."""

    job: int
    failure: str


class CardIn(msgspec.Struct, frozen=True, tag=True):
    """The card a job read. Ends the job."""

    job: int
    card: IdCard


class Done(msgspec.Struct, frozen=True, tag=True):
    """The job ended well."""

    job: int
    pages: int


class Refused(msgspec.Struct, frozen=True, tag=True):
    """The job ended with an expected failure."""

    job: int
    failure: str
    detail: str


class CodeIn(msgspec.Struct, frozen=True, tag=True):
    """A code was held before the reader."""

    text: str


class Answer(msgspec.Struct, frozen=True, tag=True):
    """Outcome of a `Simulate`."""

    call: int
    failure: str | None
    values: dict[str, Any]


class Probed(msgspec.Struct, frozen=True, tag=True):
    """A `State` fresh from the device has just been sent."""

    call: int


class Fault(msgspec.Struct, frozen=True, tag=True):
    """Last words: the driver raised what it should not. `where` is a type and a line of code, never a message."""

    where: str


ToChild: TypeAlias = (
    Hello | Read | Scan | Use | Shutter | Receive | List | Fetch | Print | Cancel | Taken | Watch | Probe | Simulate
)
ToHost: TypeAlias = (
    Opening
    | Ready
    | State
    | Alive
    | CardSeen
    | CodeIn
    | Begun
    | Advanced
    | PageIn
    | PreviewIn
    | Handover
    | Offer
    | FileOut
    | CardIn
    | Done
    | Refused
    | Answer
    | Probed
    | Fault
)
WITH_MEMORY = (Print, PageIn, PreviewIn)
