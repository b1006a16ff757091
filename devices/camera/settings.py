"""Numbers in the options of cameras."""

from collections.abc import Mapping

from kiosk.failure import Failure, KioskError


def number(options: Mapping[str, str], name: str, otherwise: str, least: float, most: float) -> float:
    """An option that is a number from `least` to `most`.

    Raises:
        KioskError: `CONFIG_INVALID` with its name.
    """
    try:
        value = float(options.get(name, otherwise))
    except ValueError:
        value = least - 1
    if not least <= value <= most:
        raise KioskError(Failure.CONFIG_INVALID, reason=name)
    return value
