"""Building catalogue packages on the platform: reading the authoring folder, checks, pinyin, signing."""

from central.authoring.build import CatalogueViolationsError, build_package, with_sound
from central.authoring.pinyin import Sound, sound_of

__all__ = ["CatalogueViolationsError", "Sound", "build_package", "sound_of", "with_sound"]
