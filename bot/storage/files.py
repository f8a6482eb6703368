"""Files that only their owner may read, written whole or not at all."""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

OWNER_ONLY = 0o600
OWNER_ONLY_FOLDER = 0o700


@contextmanager
def locked(folder: Path) -> Generator[None]:
    """Let one process at a time do what follows in ``folder``; the others wait. It can't be nested."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        # On the folder itself, so that no lock file is left lying about and a read-only folder does too.
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def held(path: Path) -> Generator[bool]:
    """Hold the lock file ``path`` while the block runs: False, at once, where another process holds it.

    The file stays; the lock goes with its process, however that ends.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, OWNER_ONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)


def make_private_folder(folder: Path) -> None:
    """Make ``folder`` for its owner alone; one that is there is left as it is."""
    if not folder.is_dir():
        folder.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
        _sync(folder.parent)


def write_private(path: Path, content: bytes) -> None:
    """Put ``content`` in place of ``path``: after a crash at any moment, the old or the new file is whole.

    Raises OSError, and then the old file stands. Call it under ``locked``.
    """
    # A key file may be a link to a mounted secret: what it points at is replaced, not the link.
    target = Path(os.path.realpath(path))
    draft = target.with_name(f"{target.name}.new")
    draft.unlink(missing_ok=True)
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    _sync(target.parent)


def keep_private(path: Path) -> None:
    """Take away what others may do with ``path``, where the file system lets us."""
    with suppress(OSError):
        if path.stat().st_mode & 0o077:
            path.chmod(OWNER_ONLY)


def _sync(folder: Path) -> None:
    # Without this a power cut may forget that the file was ever put there.
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
