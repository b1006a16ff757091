"""Values as JSON knows them: form answers and form schemas, whose shape only the catalogue knows."""

from typing import Any, TypeAlias

JsonObject: TypeAlias = dict[str, Any]
