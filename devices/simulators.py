"""The shipped simulators that play a device from the outside, each a process of its own on loopback or a pty.

`python -m MODULE [options]` prints one JSON line with its address and the settings that use it, obeys one JSON command
a line on standard input (`{"do": "jam"}`, one JSON line back), and ends with its input, SIGTERM or its parent. The
command line runs them as `kiosk simulate run NAME`.
"""

SIMULATORS: dict[str, str] = {
    "barcode": "devices.barcode.simulated.gun",
    "camera": "devices.camera.simulated.mjpeg",
    "id-card": "devices.idcard.simulated.sam",
    "social-card": "devices.idcard.simulated.social_card",
    "escl": "devices.scanner.simulated.escl",
    "escpos": "devices.printer.simulated.escpos",
    "ipp": "devices.printer.simulated.ipp",
}
PRINTERS = frozenset({"escpos", "ipp"})
"""Those that take `--tray DIR`, the folder their papers fall into."""
