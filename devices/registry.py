"""Which drivers there are. Names are looked up without importing a driver; only its own process imports it."""

import importlib
from collections.abc import Callable
from typing import Any

from devices.contract import Setup
from kiosk.failure import Failure, KioskError
from kiosk.model.devices import DeviceKind

_SHIPPED = {
    (DeviceKind.ID_CARD, "sim"): "devices.idcard.sim:SimulatedReader",
    (DeviceKind.ID_CARD, "sam"): "devices.idcard.sam.reader:SamReader",
    (DeviceKind.ID_CARD, "pcsc"): "devices.idcard.pcsc.driver:SocialCardReader",
    (DeviceKind.SCANNER, "sim"): "devices.scanner.sim:SimulatedScanner",
    (DeviceKind.SCANNER, "sane"): "devices.scanner.sane.driver:SaneScanner",
    (DeviceKind.SCANNER, "escl"): "devices.scanner.escl.driver:EsclScanner",
    (DeviceKind.CAMERA, "sim"): "devices.camera.sim:SimulatedCamera",
    (DeviceKind.CAMERA, "uvc"): "devices.camera.uvc:UvcCamera",
    (DeviceKind.CAMERA, "mjpeg"): "devices.camera.mjpeg:MjpegCamera",
    (DeviceKind.CAMERA, "file"): "devices.camera.file:FileCamera",
    (DeviceKind.BARCODE, "sim"): "devices.barcode.sim:SimulatedGun",
    (DeviceKind.BARCODE, "serial"): "devices.barcode.serial_gun:SerialGun",
    (DeviceKind.PHONE, "lan"): "devices.phone.lan:LanPhone",
    (DeviceKind.STICK, "folder"): "devices.stick.folder:FolderStick",
    (DeviceKind.PRINTER, "sim"): "devices.printer.sim:SimulatedPrinter",
    (DeviceKind.PRINTER, "ipp"): "devices.printer.ipp.driver:IppPrinter",
    (DeviceKind.PRINTER, "cups"): "devices.printer.cups.driver:CupsPrinter",
    (DeviceKind.PRINTER, "escpos"): "devices.printer.escpos:EscPosPrinter",
}
_SETS_TYPE = frozenset({(DeviceKind.PRINTER, "escpos")})


def sets_type(kind: DeviceKind, driver: str) -> bool:
    """Whether a shipped driver is a roll printer that takes lines instead of a PDF."""
    return (kind, driver) in _SETS_TYPE


def where_is(kind: DeviceKind, driver: str) -> str:
    """`module:Class` of a shipped driver or of one that an installed package offers as `jinban.<kind>`.

    Raises:
        KioskError: `CONFIG_INVALID` when nothing of that name is installed.
    """
    shipped = _SHIPPED.get((kind, driver))
    if shipped is not None:
        return shipped
    from importlib.metadata import entry_points  # noqa: PLC0415 - slow to import, and no shipped driver needs it

    for entry in entry_points(group=f"jinban.{kind}", name=driver):
        return entry.value
    raise KioskError(Failure.CONFIG_INVALID, device=str(kind), reason="unknown_driver")


def load(kind: DeviceKind, driver: str) -> Callable[[Setup], Any]:
    """Import a driver's class. Called in the driver's own process.

    Raises:
        KioskError: `CONFIG_INVALID` when nothing of that name is installed.
        ImportError, AttributeError: the package is broken.
    """
    module, _, name = where_is(kind, driver).partition(":")
    factory: Callable[[Setup], Any] = getattr(importlib.import_module(module), name)
    return factory
