"""How long a driver may take before it counts as hung, and how it is brought back. Seconds everywhere."""

from dataclasses import dataclass

from kiosk.model.devices import (
    DeviceKind,
    ListFiles,
    PrintPaper,
    ReadCard,
    ReceiveFiles,
    Request,
    ScanPages,
    TakeFiles,
    UseCamera,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """Patience with drivers. Every figure can be set; `devices.contract` promises the defaults to driver authors.

    `crashes_in_a_row` restarts are tried before waiting requests are told so at once; `steady` without a crash, or one
    request ended well, forgets earlier crashes. `waiting` bounds the papers that may wait for one printer,
    `stale` how long: a paper whose turn comes later is not printed, because whoever asked for it has gone.
    """

    opening: float = 10.0
    idle: float = 10.0
    card_silence: float = 5.0
    card_grace: float = 3.0
    scan_silence: float = 30.0
    page: float = 60.0
    camera_silence: float = 8.0
    camera_grace: float = 10.0
    print_silence: float = 60.0
    paper: float = 180.0
    cancel: float = 2.0
    leave: float = 1.0
    answer: float = 5.0
    first_pause: float = 0.5
    longest_pause: float = 30.0
    crashes_in_a_row: int = 3
    steady: float = 30.0
    waiting: int = 8
    stale: float = 900.0

    def silence(self, kind: DeviceKind) -> float:
        """How long a driver of this kind may show no sign of life in a request."""
        return {
            DeviceKind.ID_CARD: self.card_silence,
            DeviceKind.SCANNER: self.scan_silence,
            DeviceKind.CAMERA: self.camera_silence,
            DeviceKind.BARCODE: self.card_silence,
            DeviceKind.PHONE: self.scan_silence,
            DeviceKind.STICK: self.scan_silence,
            DeviceKind.PRINTER: self.print_silence,
        }[kind]

    def whole(self, request: Request) -> float:
        """How long a request may last from its start or, for pages, from the last one."""
        match request:
            case ReadCard(seconds=seconds):
                return seconds + self.card_grace
            case ScanPages() | ListFiles() | TakeFiles():
                return self.page
            case UseCamera(seconds=seconds):
                return seconds + self.camera_grace
            case ReceiveFiles(seconds=seconds):
                return seconds + self.page
            case PrintPaper():
                return self.paper

    def pause(self, crashes: int) -> float:
        """How long to wait before a restart: not at all after the first crash, then doubling up to the longest."""
        if crashes <= 1:
            return 0.0
        return min(self.longest_pause, self.first_pause * 2.0 ** min(crashes - 2, 16))
