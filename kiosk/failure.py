"""Every expected way to go wrong. Anything else is a bug.

`kiosk/words/failures.toml` words each one three times (resident, staff, technician) in Chinese and English, and
`docs/failures.md` is drawn from it; a test keeps the three in step.
"""

from enum import Enum, StrEnum


class Retry(StrEnum):
    """What may help: time alone, the person at the screen, a member of staff or a technician."""

    AUTO = "auto"
    PERSON = "person"
    STAFF = "staff"
    TECHNICIAN = "technician"


class Failure(Enum):
    """One expected failure: a stable code and who can help."""

    # card and identity
    CARD_ABSENT = ("card.absent", Retry.PERSON)
    CARD_PULLED = ("card.pulled", Retry.PERSON)
    CARD_UNREADABLE = ("card.unreadable", Retry.PERSON)
    CARD_WRONG = ("card.wrong", Retry.PERSON)
    CARD_LIFT_FIRST = ("card.lift_first", Retry.PERSON)
    CARD_REJECTED = ("card.rejected", Retry.STAFF)
    CARD_NEEDS_VENDOR = ("card.needs_vendor", Retry.TECHNICIAN)
    CARD_SERVICE_DOWN = ("card.service_down", Retry.TECHNICIAN)
    READER_FAULTY = ("card.reader_faulty", Retry.TECHNICIAN)
    CARD_EXPIRED = ("card.expired", Retry.STAFF)
    CARD_OTHER_PERSON = ("card.other_person", Retry.PERSON)
    IDENTITY_INVALID = ("identity.invalid", Retry.PERSON)
    IDENTITY_TOO_WEAK = ("identity.too_weak", Retry.STAFF)
    # devices
    DEVICE_ABSENT = ("device.absent", Retry.TECHNICIAN)
    DEVICE_FORBIDDEN = ("device.forbidden", Retry.TECHNICIAN)
    DEVICE_DISTURBED = ("device.disturbed", Retry.TECHNICIAN)
    DEVICE_NEEDS_VENDOR = ("device.needs_vendor", Retry.TECHNICIAN)
    DEVICE_BUSY = ("device.busy", Retry.AUTO)
    DEVICE_HUNG = ("device.hung", Retry.TECHNICIAN)
    DEVICE_CRASHED = ("device.crashed", Retry.TECHNICIAN)
    DEVICE_CANCELLED = ("device.cancelled", Retry.PERSON)
    CODE_ABSENT = ("barcode.absent", Retry.PERSON)
    SCANNER_JAM = ("scanner.jam", Retry.STAFF)
    SCANNER_EMPTY = ("scanner.empty", Retry.PERSON)
    SCANNER_BLANK = ("scanner.blank", Retry.PERSON)
    SCANNER_SHORT_PAGE = ("scanner.short_page", Retry.PERSON)
    SCANNER_COVER_OPEN = ("scanner.cover_open", Retry.STAFF)
    PAGE_NOT_FOUND = ("page.not_found", Retry.PERSON)
    PAGE_BLURRED = ("page.blurred", Retry.PERSON)
    PAGE_CUT_OFF = ("page.cut_off", Retry.PERSON)
    PAGE_OTHER_FORM = ("page.other_form", Retry.PERSON)
    PAGE_OTHER_NUMBER = ("page.other_number", Retry.PERSON)
    PAGE_TOO_DARK = ("page.too_dark", Retry.PERSON)
    PRINTER_PAPER_LOW = ("printer.paper_low", Retry.STAFF)
    PRINTER_COVER_OPEN = ("printer.cover_open", Retry.STAFF)
    PRINTER_BUSY = ("printer.busy", Retry.AUTO)
    PRINTER_TONER_LOW = ("printer.toner_low", Retry.STAFF)
    PRINTER_STOPPED = ("printer.stopped", Retry.STAFF)
    PRINTER_PAPER_OUT = ("printer.paper_out", Retry.STAFF)
    PRINTER_OFFLINE = ("printer.offline", Retry.STAFF)
    PRINTER_JAM = ("printer.jam", Retry.STAFF)
    PRINT_UNCERTAIN = ("printer.uncertain", Retry.STAFF)
    PRINT_REFUSED = ("printer.refused", Retry.TECHNICIAN)
    # catalogue
    ITEM_UNKNOWN = ("item.unknown", Retry.PERSON)
    ITEM_WITHDRAWN = ("item.withdrawn", Retry.STAFF)
    ITEM_CHANGED = ("item.changed", Retry.PERSON)
    CATALOGUE_ABSENT = ("catalogue.absent", Retry.TECHNICIAN)
    CATALOGUE_NOT_GENUINE = ("catalogue.not_genuine", Retry.TECHNICIAN)
    CATALOGUE_BROKEN = ("catalogue.broken", Retry.TECHNICIAN)
    CATALOGUE_OLDER = ("catalogue.older", Retry.TECHNICIAN)
    # application
    ANSWERS_INVALID = ("application.answers_invalid", Retry.PERSON)
    CONDITIONS_NOT_MET = ("application.conditions_not_met", Retry.PERSON)
    MATERIALS_MISSING = ("application.materials_missing", Retry.PERSON)
    MATERIAL_UNKNOWN = ("application.material_unknown", Retry.PERSON)
    MEMBERS_INVALID = ("application.members_invalid", Retry.PERSON)
    AGENT_INVALID = ("application.agent_invalid", Retry.PERSON)
    LICENCE_CODE_UNKNOWN = ("licence.code_unknown", Retry.PERSON)
    LICENCE_OF_OTHER_KIND = ("licence.other_kind", Retry.PERSON)
    SIGNATURE_MISSING = ("application.signature_missing", Retry.PERSON)
    CASE_UNKNOWN = ("case.unknown", Retry.PERSON)
    FEEDBACK_UNKNOWN = ("feedback.unknown", Retry.PERSON)
    CASE_ILLEGAL_MOVE = ("case.illegal_move", Retry.STAFF)
    CASE_CLOSED = ("case.closed", Retry.STAFF)
    DRAFT_LOCKED = ("draft.locked", Retry.PERSON)
    VISIT_ILLEGAL_STEP = ("visit.illegal_step", Retry.PERSON)
    # files
    FILE_MISSING = ("file.missing", Retry.PERSON)
    FILE_OUTSIDE = ("file.outside", Retry.PERSON)
    FILE_TOO_LARGE = ("file.too_large", Retry.PERSON)
    FILE_KIND_UNKNOWN = ("file.kind_unknown", Retry.PERSON)
    FILE_CUT_OFF = ("file.cut_off", Retry.PERSON)
    FILE_UNSAFE = ("file.unsafe", Retry.PERSON)
    STICK_ABSENT = ("file.stick_absent", Retry.PERSON)
    HANDOVER_UNREACHABLE = ("file.handover_unreachable", Retry.STAFF)
    LINE_BROKEN = ("apply.line_broken", Retry.PERSON)
    LINE_TOO_LONG = ("apply.line_too_long", Retry.PERSON)
    REF_REUSED = ("apply.ref_reused", Retry.PERSON)
    # storage
    STORE_FULL = ("store.full", Retry.TECHNICIAN)
    STORE_BUSY = ("store.busy", Retry.AUTO)
    STORE_NEWER = ("store.newer", Retry.TECHNICIAN)
    STORE_WRONG_KEY = ("store.wrong_key", Retry.TECHNICIAN)
    STORE_CORRUPT = ("store.corrupt", Retry.TECHNICIAN)
    STORE_UNREADABLE = ("store.unreadable", Retry.TECHNICIAN)
    KEY_ABSENT = ("key.absent", Retry.TECHNICIAN)
    KEY_EXPOSED = ("key.exposed", Retry.TECHNICIAN)
    TPM_ABSENT = ("tpm.absent", Retry.TECHNICIAN)
    TPM_BUSY = ("tpm.busy", Retry.AUTO)
    TPM_OTHER = ("tpm.other", Retry.TECHNICIAN)
    TPM_CLEARED = ("tpm.cleared", Retry.TECHNICIAN)
    TPM_REFUSED = ("tpm.refused", Retry.TECHNICIAN)
    BLOB_DAMAGED = ("blob.damaged", Retry.STAFF)
    JOURNAL_BROKEN = ("journal.broken", Retry.TECHNICIAN)
    BACKUP_DAMAGED = ("backup.damaged", Retry.TECHNICIAN)
    BACKUP_OTHER_KEY = ("backup.other_key", Retry.TECHNICIAN)
    # terminal
    NOT_PROVISIONED = ("terminal.not_provisioned", Retry.TECHNICIAN)
    ALREADY_PROVISIONED = ("terminal.already_provisioned", Retry.TECHNICIAN)
    TERMINAL_STOPPED = ("terminal.stopped", Retry.TECHNICIAN)
    AGENT_ALREADY_RUNNING = ("terminal.agent_running", Retry.TECHNICIAN)
    AGENT_FAULTY = ("terminal.agent_faulty", Retry.TECHNICIAN)
    CHANNEL_TAKEN = ("terminal.channel_taken", Retry.TECHNICIAN)
    CONFIG_INVALID = ("terminal.config_invalid", Retry.TECHNICIAN)
    PLATFORM_ROOT_WRONG = ("enrolment.root_wrong", Retry.TECHNICIAN)
    ENROLMENT_CODE_REFUSED = ("enrolment.code_refused", Retry.TECHNICIAN)
    # line
    LINK_DOWN = ("link.down", Retry.AUTO)
    LINK_STALLED = ("link.stalled", Retry.AUTO)
    LINK_NOT_PLATFORM = ("link.not_platform", Retry.TECHNICIAN)
    LINK_REFUSED = ("link.refused", Retry.TECHNICIAN)
    LINK_BUSY = ("link.busy", Retry.AUTO)
    SCANS_WAIT = ("link.scans_wait", Retry.AUTO)
    RECORD_NOT_GENUINE = ("link.record_not_genuine", Retry.TECHNICIAN)
    PLATFORM_OLDER = ("link.platform_older", Retry.AUTO)
    POSTING_UNREADABLE = ("link.posting_unreadable", Retry.TECHNICIAN)
    EVENT_CONFLICT = ("link.event_conflict", Retry.STAFF)
    INTAKE_REFUSED = ("link.intake_refused", Retry.STAFF)
    TERMINAL_REVOKED = ("link.terminal_revoked", Retry.TECHNICIAN)
    # the memory stick between terminal and platform
    COURIER_UNREGISTERED = ("courier.unregistered", Retry.TECHNICIAN)
    COURIER_FOREIGN = ("courier.foreign", Retry.STAFF)
    COURIER_NOTHING = ("courier.nothing_here", Retry.STAFF)
    COURIER_FULL = ("courier.full", Retry.STAFF)
    COURIER_TORN = ("courier.torn", Retry.STAFF)
    COURIER_NOT_GENUINE = ("courier.not_genuine", Retry.TECHNICIAN)
    COURIER_UNREADABLE = ("courier.unreadable", Retry.STAFF)
    # papers
    PAPER_NOT_GENUINE = ("paper.not_genuine", Retry.STAFF)
    PAPER_SIGNER_UNKNOWN = ("paper.signer_unknown", Retry.STAFF)
    # staff
    PIN_WRONG = ("staff.pin_wrong", Retry.PERSON)
    PIN_LOCKED = ("staff.pin_locked", Retry.STAFF)
    STAFF_FORBIDDEN = ("staff.forbidden", Retry.STAFF)
    STAFF_UNKNOWN = ("staff.unknown", Retry.STAFF)
    NOT_YET = ("command.not_yet", Retry.TECHNICIAN)

    @property
    def code(self) -> str:
        """Stable dotted code shown on screens, in JSON and in logs."""
        return self.value[0]

    @property
    def retry(self) -> Retry:
        """Who or what can help."""
        return self.value[1]

    @classmethod
    def of(cls, code: str) -> "Failure":
        """The member with this code.

        Raises:
            KeyError: no failure has that code.
        """
        return _BY_CODE[code]


_BY_CODE = {failure.code: failure for failure in Failure}


class KioskError(Exception):
    """An expected failure on its way to whoever can word it. `info` never holds a name, number, address or path."""

    def __init__(self, failure: Failure, **info: str | int) -> None:
        super().__init__(failure.code, info)
        self.failure = failure
        self.info = info

    def __str__(self) -> str:
        details = ", ".join(f"{key}={value}" for key, value in self.info.items())
        return f"{self.failure.code} ({details})" if details else self.failure.code
