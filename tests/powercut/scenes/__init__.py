"""The scenes, one file each; a module's `SCENE` is what it shows."""

from importlib import import_module
from typing import Final

from tests.local_db.older import RELEASED
from tests.powercut.scene import Scene

NAMES: Final = (
    "founding",
    "founding_platform",
    "visit",
    "retention",
    *(f"migration/{version}" for version in RELEASED[:-1]),
    "line",
    "courier",
)


def scene(name: str) -> Scene:
    """The scene of that name, or `name/variant` where a module shows several."""
    module, _, variant = name.partition("/")
    found = import_module(f"tests.powercut.scenes.{module}")
    made: Scene = found.variant(variant) if variant else found.SCENE
    return made
