"""Where the product's own sample pages lie: synthetic, marked, and good enough to be scanned."""

from importlib.resources import files
from pathlib import Path


def sample_folder() -> Path:
    """The folder of the shipped sample pages."""
    return Path(str(files("devices.scanner.samples")))


def sample_page() -> Path:
    """One of them."""
    return min(sample_folder().glob("*.jpg"))
