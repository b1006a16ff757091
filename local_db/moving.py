"""Taking the key of a data directory off its disk, into the TPM. Broken off anywhere, the directory still opens."""

from pathlib import Path

from kiosk.failure import Failure, KioskError
from kiosk.folders import flush
from local_db import keys, opening, tpmkey
from local_db.files import told
from local_db.keys import FileKey
from local_db.tpmkey import TpmKey


def move_to_tpm(data: Path, device: Path | None = None) -> None:
    """Seal `DATA/key` into the TPM, see that it comes back, and only then delete the file.

    The file counts, so that a key the platform's rescue key gave back goes into a new or cleared TPM the same way.

    Raises:
        KioskError: `KEY_ABSENT` without a file, `KEY_EXPOSED`; `STORE_WRONG_KEY` where it is not this database's key;
            a `TPM_…` failure. The file is then still there.
    """
    file = data / keys.FILE_NAME
    if not file.exists() and (data / tpmkey.FILE_NAME).exists():
        TpmKey(data).key()
        return
    key = FileKey(data).key()
    with told("database"):
        if not opening.key_fits(data / opening.FILE_NAME, key):
            raise KioskError(Failure.STORE_WRONG_KEY, role="key")
    TpmKey(data, device).keep(key)
    with told("key"):
        file.unlink()
        flush(data)
