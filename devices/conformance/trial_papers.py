"""Papers for trials: one small page drawn without any library, or a few lines for a printer that sets its own type."""

from devices.contract import Paper
from kiosk.model.devices import PageSize
from kiosk.model.roll import Align, Cut, Rule, Text

_OBJECTS = (
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>",
)
_DRAWING = b"72 770 451 2 re f 72 700 100 40 re S"


def trial_paper(size: PageSize, *, lines: bool) -> Paper:
    """One page with a line and a box on it, or a strip with two lines."""
    if lines and size.on_roll:
        return Paper(b"", "trial", size, (Text("打印测试 trial", Align.CENTRE), Rule(), Cut()))
    return Paper(_pdf(), "trial", size)


def _pdf() -> bytes:
    stream = b"<</Length %d>>stream\n%s\nendstream" % (len(_DRAWING), _DRAWING)
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate([*_OBJECTS, stream], start=1):
        places.append(len(out))
        out += b"%d 0 obj%sendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, table)
    return bytes(out)
