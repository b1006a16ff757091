"""How a route finds the platform it speaks for."""

from typing import Any, TypeAlias

from litestar import Request
from litestar.datastructures import State

from central.office import Office

Asked: TypeAlias = Request[Any, Any, State]
"""A request to this platform."""


def office_of(request: Asked) -> Office:
    """The platform this application was made for."""
    office: Office = request.app.state["office"]
    return office
