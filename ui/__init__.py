"""The screen: PySide6 and nowhere else. QML screens, thin controllers, models.

May import `kiosk`; reaches devices, line and database only through the ports `kiosk.cli` hands in.
"""

import ui.unread  # noqa: F401 - before anything else is imported: see there
