"""A list model whose roles are the fields of one frozen dataclass."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import Field, fields
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from PySide6.QtCore import (
    Property,
    QAbstractListModel,
    QByteArray,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtQml import QmlElement

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1

log = logging.getLogger(__name__)

FIRST_ROLE = int(Qt.ItemDataRole.UserRole) + 1
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class _Dataclass(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


Row = TypeVar("Row", bound=_Dataclass)


@QmlElement
class Rows(QAbstractListModel, Generic[Row]):
    """Rows as QML sees them. Replaced whole by `show`; a row that changed alone goes through `change`."""

    countChanged = Signal()

    def __init__(self, kind: type[Row], parent: QObject | None = None) -> None:
        super().__init__(parent)
        names = [field.name for field in fields(kind)]
        self._roles = {FIRST_ROLE + number: name for number, name in enumerate(names)}
        self._rows: list[Row] = []

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows shown now."""
        return tuple(self._rows)

    def show(self, rows: Iterable[Row]) -> None:
        """Replace every row."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()
        self.countChanged.emit()

    def change(self, at: int, row: Row) -> None:
        """Replace one row in place, so that what is being typed in it keeps its focus."""
        self._rows[at] = row
        index = self.index(at, 0)
        self.dataChanged.emit(index, index)

    def merge(self, rows: Sequence[Row], key: Callable[[Row], object]) -> None:
        """Show `rows`, keeping every row whose key stays, so that the field being typed in is not taken away."""
        wanted = [key(row) for row in rows]
        for at in reversed(range(len(self._rows))):
            if key(self._rows[at]) not in wanted:
                self.beginRemoveRows(NOWHERE, at, at)
                del self._rows[at]
                self.endRemoveRows()
        if [key(row) for row in self._rows] != [name for name in wanted if name in {key(row) for row in self._rows}]:
            self.show(rows)
            return
        for at, row in enumerate(rows):
            if at < len(self._rows) and key(self._rows[at]) == wanted[at]:
                if self._rows[at] != row:
                    self.change(at, row)
            else:
                self.beginInsertRows(NOWHERE, at, at)
                self._rows.insert(at, row)
                self.endInsertRows()
        self.countChanged.emit()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """See QAbstractItemModel."""
        return 0 if parent.isValid() else len(self._rows)

    def roleNames(self) -> dict[int, QByteArray]:
        """See QAbstractItemModel."""
        return {role: QByteArray(name.encode()) for role, name in self._roles.items()}

    def data(self, index: Index, role: int = 0) -> Any:
        """See QAbstractItemModel. Never raises: an exception here can end the process."""
        try:
            value = getattr(self._rows[index.row()], self._roles[role])
        except (IndexError, KeyError):
            log.warning("no row %d or role %d", index.row(), role)
            return None
        return list(value) if isinstance(value, tuple) else value

    @Property(int, notify=countChanged)
    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows)
