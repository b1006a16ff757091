"""How a check can end besides well."""


class NotConformingError(AssertionError):
    """The driver breaks its contract; the text says how."""


class NotTriedError(Exception):
    """This could not be tried: the device is not there, or nobody did what only a hand can do."""


class NotMeantError(NotTriedError):
    """This check means another kind of device."""
