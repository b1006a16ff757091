"""Takes one described application through the desk, exactly as a visit at the screen does."""

from dataclasses import replace
from pathlib import Path

from kiosk.cli.applications import (
    AgentLine,
    ApplicationLine,
    MaterialLine,
    MemberLine,
    PersonLine,
    content_digest,
    resolved,
)
from kiosk.cli.samples import sample_folder
from kiosk.desk.desk import Desk
from kiosk.desk.session import Session
from kiosk.desk.submitting import unpledged
from kiosk.failure import Failure, KioskError
from kiosk.identity.ids import parse_id_number
from kiosk.model.afterwards import DeliveryChoice, Slot
from kiosk.model.case import Channel, MaterialSource
from kiosk.model.people import Assurance, IdType, Member, Person
from kiosk.model.values import JsonObject
from kiosk.ports import Store
from kiosk.rules import reason_words


class Applying:
    """One run over an applications file. `missing` says what the last refused application lacked."""

    def __init__(self, desk: Desk, store: Store, folder: Path) -> None:
        self._desk = desk
        self._store = store
        self._folder = folder
        self._shipped = sample_folder()
        self.missing: list[JsonObject] = []

    def take(self, application: ApplicationLine) -> str:
        """The submission number under which the application was taken, or was taken before under the same ref.

        Raises:
            KioskError: why it was not taken; nothing of it stays.
        """
        self.missing = []
        files = self._read_files(application)
        ref = self._ref(application, files)
        if ref is not None and (known := self._store.cases.by_ref(ref[0])) is not None:
            if known[1] != ref[1]:
                raise KioskError(Failure.REF_REUSED)
            return known[0]
        session = self._desk.open_session()
        try:
            return self._through_the_desk(session, application, files, ref)
        except BaseException:
            if not session.wiped and session.draft is not None:
                self._desk.cancel(session)
            raise
        finally:
            session.wipe()

    def _through_the_desk(
        self, session: Session, application: ApplicationLine, files: dict[str, bytes], ref: tuple[str, bytes] | None
    ) -> str:
        desk = self._desk
        item = desk.item(application.item)
        self._identify(session, application)
        desk.open_case(session, item.code, Channel.APPLY)
        for scenario, choice in self._scenarios(application).items():
            desk.choose(session, scenario, choice)
        if application.members:
            desk.set_members(session, [self._member(line) for line in application.members])
        self._answer(session, application)
        for condition in application.confirmed:
            desk.confirm_condition(session, condition)
        self._add_materials(session, application, files)
        self._arrange(session, application)
        told = desk.notice(session)
        self.missing = [
            {
                "subject": str(line.subject),
                "ref": line.ref,
                **({"member": line.member} if line.member else {}),
                "title": line.title,
                "reason": line.reason or (reason_words(line.reason_code) if line.reason_code else ""),
            }
            for line in (*told.blocking, *unpledged(told))
        ]
        return desk.submit(session, ref).submission_no

    def _arrange(self, session: Session, application: ApplicationLine) -> None:
        delivery, wish = application.delivery, application.appointment
        if delivery is not None:
            choice = DeliveryChoice(delivery.way, delivery.name, delivery.phone, delivery.address)
            self._desk.set_delivery(session, choice)
        if wish is not None:
            self._desk.set_appointment(session, Slot(wish.day, wish.begins, wish.ends))

    def _identify(self, session: Session, application: ApplicationLine) -> None:
        self._desk.state_identity(session, _person(application.agent or application.applicant), Assurance.STATED)
        if application.agent is not None:
            agent = application.agent
            powers = agent.powers or self._desk.item(application.item).agent.powers
            self._desk.state_other(session, _person(application.applicant), agent.kind, agent.relation, powers)
        if session.applicant is not None and any(line.original_seen for line in application.materials):
            # Whoever wrote the file says so and answers for it; nothing here read a chip.
            session.applicant = replace(session.applicant, assurance=Assurance.PAPER_SEEN)

    def _scenarios(self, application: ApplicationLine) -> dict[str, str]:
        chosen = application.scenario
        if chosen is None:
            return {}
        if isinstance(chosen, dict):
            return chosen
        item = self._desk.item(application.item)
        found = [one.id for one in item.scenarios if chosen in {choice.id for choice in one.choices}]
        if not found:
            raise KioskError(Failure.ANSWERS_INVALID, first="scenario")
        return {found[0]: chosen}

    def _answer(self, session: Session, application: ApplicationLine) -> None:
        known = {field.name for form in self._desk.rules(application.item).case_forms for field in form.fields}
        stray = [name for name in application.answers if name not in known]
        if stray:
            raise KioskError(Failure.ANSWERS_INVALID, reason="not_asked", count=len(stray))
        self._desk.answer(session, application.answers)

    def _member(self, line: MemberLine) -> Member:
        return Member(line.ref, _person(line), line.relation, dict(line.answers))

    def _add_materials(self, session: Session, application: ApplicationLine, files: dict[str, bytes]) -> None:
        lines = list(application.materials)
        agent = application.agent
        if agent is not None and agent.mandate:
            mandate = self._desk.item(application.item).agent.mandate_material
            if not mandate:
                raise KioskError(Failure.MATERIAL_UNKNOWN, reason="mandate")
            lines.append(MaterialLine(material=mandate, files=(agent.mandate,)))
        for line in lines:
            if not line.files:
                self._desk.pledge(session, line.material, line.member)
                continue
            pages = [(files[name], Path(name).suffix) for name in line.files]
            self._desk.add_pages(
                session, line.material, line.member, pages, MaterialSource.FILE, original_seen=line.original_seen
            )

    def _read_files(self, application: ApplicationLine) -> dict[str, bytes]:
        names = {name for line in application.materials for name in line.files}
        if application.agent is not None and application.agent.mandate:
            names.add(application.agent.mandate)
        return {name: self._read(name) for name in names}

    def _read(self, name: str) -> bytes:
        path = resolved(name, self._folder, self._shipped)
        try:
            if path.stat().st_size > self._desk.largest_file_bytes:
                raise KioskError(Failure.FILE_TOO_LARGE)
            return path.read_bytes()
        except OSError as error:
            raise KioskError(Failure.FILE_MISSING) from error

    def _ref(self, application: ApplicationLine, files: dict[str, bytes]) -> tuple[str, bytes] | None:
        return (application.ref, content_digest(application, files)) if application.ref else None


def _person(line: PersonLine | AgentLine | MemberLine) -> Person:
    number = parse_id_number(line.id_no, None, line.id_type)
    return Person(
        id_type=number.kind if line.id_type is None else IdType(line.id_type),
        id_no=number.number,
        name=line.name,
        phone=line.phone,
        address=line.address,
    )
