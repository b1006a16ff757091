"""Is there anything to show a screen on: asked before Qt is, which would end the process without a word of ours."""

import os

_NEEDS_A_SERVER = ("xcb", "wayland", "wayland-egl")


def has_display() -> bool:
    """A display server, or a Qt platform that needs none (eglfs and linuxfb on a terminal, offscreen in tests)."""
    platform = os.environ.get("QT_QPA_PLATFORM", "").partition(";")[0].partition(":")[0]
    if platform and platform not in _NEEDS_A_SERVER:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
