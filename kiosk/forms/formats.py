"""String formats a form's schema may name besides those of JSON Schema itself."""

import re
from collections.abc import Callable
from typing import Final

from kiosk.identity.codes import parse_uscc
from kiosk.identity.ids import parse_id_number
from kiosk.identity.reasons import fault

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0[0-9]{2,3}-?[0-9]{7,8}(-[0-9]{1,6})?")


def is_id_number(text: str) -> bool:
    """Whether this is a well-formed number of any identity document (`kiosk.identity.ids`)."""
    return fault(lambda number: parse_id_number(number, None), text) is None


def is_phone(text: str) -> bool:
    """A mainland mobile number, or a landline with area code."""
    return bool(_MOBILE.fullmatch(text) or _LANDLINE.fullmatch(text))


def is_credit_code(text: str) -> bool:
    """A unified social credit code."""
    return fault(parse_uscc, text) is None


FORMATS: Final[dict[str, Callable[[str], bool]]] = {
    "id-number": is_id_number,
    "phone": is_phone,
    "credit-code": is_credit_code,
}
STANDARD_FORMATS: Final = frozenset({"date", "email"})
