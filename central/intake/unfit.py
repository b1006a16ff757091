"""Why an event is not taken."""


class Unfit(Exception):  # noqa: N818 -- it reads as what it says
    """This event cannot be taken as it is. `field` and `reason` go back to the terminal; neither holds a value."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason
