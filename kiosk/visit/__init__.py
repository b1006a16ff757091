"""One visit: a transition table (state × event → state) and the idle clock. It holds no personal data."""

from kiosk.visit.idle import Idle, IdleClock, Phase
from kiosk.visit.states import Mark, Purpose, VisitEvent, VisitState
from kiosk.visit.visit import Visit

__all__ = ["Idle", "IdleClock", "Mark", "Phase", "Purpose", "Visit", "VisitEvent", "VisitState"]
