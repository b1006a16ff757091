"""One visit as a table: which event leads from which state to which, and what it needs, proves and spoils.

Reading this page top to bottom is reading the whole procedure. `BACK` and `RECOVER` return to the step before
(`RETURNS`), everything else has its one target in `TRANSITIONS`.
"""

from kiosk.visit.states import Mark, Purpose, VisitEvent, VisitState

_S, _E = VisitState, VisitEvent
Step = tuple[VisitState, VisitEvent]

CASE_STEPS: tuple[VisitState, ...] = (
    _S.KEPT,
    _S.WHO,
    _S.OTHER,
    _S.SCENARIO,
    _S.MEMBERS,
    _S.FORM,
    _S.NOTICE,
    _S.MATERIALS,
    _S.DELIVERY,
    _S.APPOINTMENT,
    _S.SIGNATURE,
    _S.READBACK,
)
"""The steps in which an application is open and may be kept for later."""

TRANSITIONS: dict[Step, VisitState] = {
    (_S.ATTRACT, _E.TOUCH): _S.HOME,
    (_S.HOME, _E.CHOOSE_ITEM): _S.GUIDE,
    (_S.ATTRACT, _E.TAP): _S.TAPPED,
    (_S.HOME, _E.TAP): _S.TAPPED,
    (_S.TAPPED, _E.MY_CASES): _S.CASES_CARD,
    (_S.TAPPED, _E.MAY_GET): _S.MAY_GET,
    (_S.HOME, _E.VERIFY): _S.VERIFY,
    (_S.HOME, _E.ARTICLES): _S.ARTICLES,
    (_S.HOME, _E.FEEDBACK): _S.FEEDBACK,
    (_S.GUIDE, _E.FEEDBACK): _S.FEEDBACK,
    (_S.FEEDBACK, _E.SHOW_CARD): _S.FEEDBACK_CARD,
    (_S.FEEDBACK_CARD, _E.CARD_READ): _S.FEEDBACK,
    (_S.ARTICLES, _E.CHOOSE_ITEM): _S.GUIDE,
    (_S.HOME, _E.MAY_GET): _S.MAY_GET,
    (_S.MAY_GET, _E.CHOOSE_ITEM): _S.GUIDE,
    (_S.GUIDE, _E.APPLY): _S.PURPOSE,
    (_S.PURPOSE, _E.CONSENT): _S.CARD,
    (_S.PURPOSE, _E.DECLINE): _S.GUIDE,
    (_S.CARD, _E.CARD_READ): _S.KEPT,
    (_S.CARD, _E.IDENTITY_STATED): _S.KEPT,
    (_S.KEPT, _E.RESUME): _S.FORM,
    (_S.KEPT, _E.START_NEW): _S.WHO,
    (_S.WHO, _E.FOR_MYSELF): _S.SCENARIO,
    (_S.WHO, _E.FOR_OTHER): _S.OTHER,
    (_S.OTHER, _E.OTHER_IDENTIFIED): _S.SCENARIO,
    (_S.SCENARIO, _E.SCENARIO_DONE): _S.MEMBERS,
    (_S.MEMBERS, _E.MEMBERS_DONE): _S.FORM,
    (_S.FORM, _E.FORM_DONE): _S.NOTICE,
    (_S.NOTICE, _E.CHANGE_ANSWERS): _S.FORM,
    (_S.NOTICE, _E.NOTICE_READ): _S.MATERIALS,
    (_S.MATERIALS, _E.CHANGE_ANSWERS): _S.FORM,
    (_S.MATERIALS, _E.MATERIALS_DONE): _S.DELIVERY,
    (_S.DELIVERY, _E.DELIVERY_CHOSEN): _S.APPOINTMENT,
    (_S.APPOINTMENT, _E.APPOINTMENT_CHOSEN): _S.SIGNATURE,
    (_S.SIGNATURE, _E.SIGNED): _S.READBACK,
    (_S.READBACK, _E.CHANGE_ANSWERS): _S.FORM,
    (_S.READBACK, _E.CHANGE_MATERIALS): _S.MATERIALS,
    (_S.READBACK, _E.CONFIRMED): _S.SUBMITTING,
    (_S.SUBMITTING, _E.NOT_SUBMITTED): _S.READBACK,
    (_S.SUBMITTING, _E.SUBMITTED): _S.RECEIPT,
    (_S.RECEIPT, _E.PRINT_DONE): _S.RECEIPT,
    (_S.RECEIPT, _E.NEXT): _S.PAYMENT,
    (_S.PAYMENT, _E.PAYMENT_SEEN): _S.RATING,
    (_S.RATING, _E.RATED): _S.GOODBYE,
    (_S.RATING, _E.SKIP): _S.GOODBYE,
    (_S.GOODBYE, _E.WIPED): _S.ATTRACT,
    (_S.GOODBYE, _E.IDLE): _S.ATTRACT,
    (_S.GOODBYE, _E.NEXT_RESIDENT): _S.HOME,
    # one's own cases
    (_S.HOME, _E.MY_CASES): _S.CASES_CARD,
    (_S.CASES_CARD, _E.CARD_READ): _S.MY_CASES,
    (_S.CASES_CARD, _E.IDENTITY_STATED): _S.MY_CASES,
    (_S.MY_CASES, _E.OPEN_CASE): _S.CASE,
    (_S.MY_CASES, _E.RESUME): _S.FORM,
    (_S.CASE, _E.CORRECT): _S.FORM,
    (_S.CASE, _E.PAY): _S.PAYMENT,
    (_S.CASE, _E.REBOOK): _S.REBOOK,
    (_S.REBOOK, _E.REBOOKED): _S.CASE,
    # staff
    (_S.ATTRACT, _E.STAFF): _S.STAFF_LOGIN,
    (_S.HOME, _E.STAFF): _S.STAFF_LOGIN,
    (_S.STAFF_LOGIN, _E.LOGGED_IN): _S.HOME,
    (_S.HOME, _E.OPEN_PRINTS): _S.OPEN_PRINTS,
    (_S.HOME, _E.SUPERVISE): _S.SUPERVISOR,
    (_S.SUPERVISOR, _E.RESUME): _S.FORM,
}

_NO_WAY_OUT = {_S.ATTRACT, _S.SUBMITTING, _S.GOODBYE}
_LEAVABLE = [state for state in VisitState if state not in _NO_WAY_OUT]

TRANSITIONS |= {(state, _E.IDLE): _S.GOODBYE for state in _LEAVABLE}
TRANSITIONS |= {(state, _E.FINISH): _S.GOODBYE for state in _LEAVABLE}
TRANSITIONS |= {(state, _E.HOME): _S.HOME for state in _LEAVABLE if state not in {_S.HOME, _S.FAULT}}
TRANSITIONS |= {(state, _E.KEEP): _S.GOODBYE for state in CASE_STEPS if state is not _S.KEPT}
TRANSITIONS |= {(state, _E.FAIL): _S.FAULT for state in VisitState if state is not _S.FAULT}

RETURNS: frozenset[Step] = frozenset(
    {(_S.FAULT, _E.RECOVER)}
    | {
        (state, _E.BACK)
        for state in (
            _S.GUIDE,
            _S.VERIFY,
            _S.ARTICLES,
            _S.FEEDBACK,
            _S.FEEDBACK_CARD,
            _S.MAY_GET,
            _S.PURPOSE,
            _S.CARD,
            *CASE_STEPS,
            _S.CASES_CARD,
            _S.MY_CASES,
            _S.CASE,
            _S.REBOOK,
            _S.PAYMENT,
            _S.STAFF_LOGIN,
            _S.OPEN_PRINTS,
            _S.SUPERVISOR,
        )
    }
)
"""Where the step before is returned to."""

REQUIRES: dict[Step, tuple[frozenset[Mark], ...]] = {
    (_S.CARD, _E.IDENTITY_STATED): (frozenset({Mark.STAFF}), frozenset({Mark.MAY_STATE})),
    (_S.CASES_CARD, _E.IDENTITY_STATED): (frozenset({Mark.STAFF}),),
    (_S.READBACK, _E.CONFIRMED): (frozenset({Mark.IDENTIFIED, Mark.NOTICE_READ, Mark.SIGNED}),),
    (_S.SUBMITTING, _E.SUBMITTED): (frozenset({Mark.NOTICE_READ, Mark.SIGNED, Mark.READ_BACK}),),
    (_S.GOODBYE, _E.NEXT_RESIDENT): (frozenset({Mark.STAFF}),),
    (_S.HOME, _E.OPEN_PRINTS): (frozenset({Mark.STAFF}),),
    (_S.HOME, _E.SUPERVISE): (frozenset({Mark.STAFF}),),
    (_S.SUPERVISOR, _E.RESUME): (frozenset({Mark.STAFF}),),
} | {
    (state, _E.KEEP): (frozenset({Mark.BY_CHIP}), frozenset({Mark.STAFF}))
    for state in CASE_STEPS
    if state is not _S.KEPT
}
"""Marks a step needs: at least one of the sets, whole."""

_OF_CASE = frozenset({Mark.CONSENTED, Mark.NOTICE_READ, Mark.SIGNED, Mark.READ_BACK, Mark.MAY_STATE})
_AFTER_ANSWERS = frozenset({Mark.NOTICE_READ, Mark.SIGNED, Mark.READ_BACK})
_AFTER_MATERIALS = frozenset({Mark.SIGNED, Mark.READ_BACK})
_OF_VISIT = frozenset(Mark) - {Mark.STAFF, Mark.KEPT}

SPOILS: dict[VisitEvent, frozenset[Mark]] = {
    _E.CHOOSE_ITEM: _OF_CASE,
    _E.OPEN_CASE: _OF_CASE,
    _E.CORRECT: _AFTER_ANSWERS,
    _E.RESUME: _AFTER_ANSWERS,
    _E.START_NEW: _AFTER_ANSWERS,
    _E.FOR_MYSELF: _AFTER_ANSWERS,
    _E.FOR_OTHER: _AFTER_ANSWERS,
    _E.OTHER_IDENTIFIED: _AFTER_ANSWERS,
    _E.SCENARIO_DONE: _AFTER_ANSWERS,
    _E.MEMBERS_DONE: _AFTER_ANSWERS,
    _E.FORM_DONE: _AFTER_ANSWERS,
    _E.MATERIALS_DONE: _AFTER_MATERIALS,
    _E.DELIVERY_CHOSEN: _AFTER_MATERIALS,
    _E.APPOINTMENT_CHOSEN: _AFTER_MATERIALS,
    _E.CHANGE_ANSWERS: _AFTER_ANSWERS,
    _E.CHANGE_MATERIALS: _AFTER_MATERIALS,
    _E.NOT_SUBMITTED: frozenset({Mark.READ_BACK}),
    _E.SUBMITTED: _OF_CASE,
    _E.NEXT_RESIDENT: _OF_VISIT | {Mark.KEPT},
}
"""What an event makes worthless: whatever was read or signed before it."""

PROVES: dict[VisitEvent, frozenset[Mark]] = {
    _E.LOGGED_IN: frozenset({Mark.STAFF}),
    _E.CARD_READ: frozenset({Mark.IDENTIFIED, Mark.BY_CHIP}),
    _E.IDENTITY_STATED: frozenset({Mark.IDENTIFIED}),
    _E.CONSENT: frozenset({Mark.CONSENTED}),
    _E.NOTICE_READ: frozenset({Mark.NOTICE_READ}),
    _E.SIGNED: frozenset({Mark.SIGNED}),
    _E.CONFIRMED: frozenset({Mark.READ_BACK}),
    _E.KEEP: frozenset({Mark.KEPT}),
}
"""What an event establishes."""

PURPOSES: dict[VisitEvent, Purpose] = {
    _E.CHOOSE_ITEM: Purpose.BROWSE,
    _E.APPLY: Purpose.APPLY,
    _E.RESUME: Purpose.APPLY,
    _E.MY_CASES: Purpose.MY_CASES,
    _E.OPEN_CASE: Purpose.MY_CASES,
    _E.CORRECT: Purpose.CORRECT,
    _E.STAFF: Purpose.STAFF,
    _E.LOGGED_IN: Purpose.BROWSE,
    _E.HOME: Purpose.BROWSE,
    _E.NEXT_RESIDENT: Purpose.BROWSE,
}
"""What an event says of why the person is here."""

ASKED: dict[VisitState, VisitEvent] = {
    _S.KEPT: _E.START_NEW,
    _S.WHO: _E.FOR_MYSELF,
    _S.SCENARIO: _E.SCENARIO_DONE,
    _S.MEMBERS: _E.MEMBERS_DONE,
    _S.FORM: _E.FORM_DONE,
    _S.MATERIALS: _E.MATERIALS_DONE,
    _S.DELIVERY: _E.DELIVERY_CHOSEN,
    _S.APPOINTMENT: _E.APPOINTMENT_CHOSEN,
    _S.PAYMENT: _E.PAYMENT_SEEN,
}
"""Steps passed by the event beside them when they have nothing to ask (`Visit.asks`)."""

KNOWN: dict[VisitState, tuple[Mark, VisitState]] = {
    _S.PURPOSE: (Mark.CONSENTED, _S.CARD),
    _S.CARD: (Mark.IDENTIFIED, _S.KEPT),
    _S.CASES_CARD: (Mark.IDENTIFIED, _S.MY_CASES),
}
"""Steps not asked twice in one visit: the mark that answers them, and where that leads."""

NOT_RETURNED_TO: frozenset[VisitState] = frozenset(
    {_S.ATTRACT, _S.TAPPED, _S.PURPOSE, _S.CARD, _S.CASES_CARD, _S.FEEDBACK_CARD, _S.KEPT, _S.STAFF_LOGIN}
    | {_S.SUBMITTING, _S.GOODBYE}
)
"""Steps that `BACK` passes over: what they asked is answered, or must be asked anew by its own way."""

FORGETS: frozenset[VisitState] = frozenset({_S.ATTRACT, _S.HOME, _S.RECEIPT, _S.RATING, _S.GOODBYE})
"""States on entering which there is nothing to go back to."""
