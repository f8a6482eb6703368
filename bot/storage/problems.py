"""Why what is kept can't be opened, said so that whoever installs the bot can act on it."""

from pathlib import Path
from typing import Literal

from bot.refusal import Refusal

KeyCode = Literal[
    "lost",  # the database is there and its key file is not
    "unreadable",  # the system would not let the file be read
    "unwritable",  # the system would not let the file or its folder be written
    "malformed",  # not a key file, or damaged
    "wrong-length",  # a key is not 32 bytes long
    "changed",  # the file is not the one that was read before
    "used-up",  # all 256 key numbers are taken
    "wrong-file",  # a good key file that belongs to another database
    "outdated",  # an older copy of the right key file: a newer key is missing
]
DatabaseCode = Literal[
    "unopenable",  # the system would not let the file be opened
    "not-a-database",  # the file is something else
    "damaged",  # a database whose content is broken
    "newer",  # written by a newer Sixfold than this one
]


class StorageProblem(Refusal):
    """The database or its keys can't be used; nothing was changed.

    ``path`` is the file in question, which is also the value ``path`` of the sentence.
    """

    def __init__(self, key: str, path: Path) -> None:
        super().__init__(key, path=str(path))
        self.path = path


class KeyProblem(StorageProblem):
    """The key file can't be used. The sentence is called ``storage-key-<code>``."""

    def __init__(self, code: KeyCode, path: Path) -> None:
        super().__init__(f"storage-key-{code}", path)
        self.code = code


class DatabaseProblem(StorageProblem):
    """The database can't be used. The sentence is called ``storage-database-<code>``."""

    def __init__(self, code: DatabaseCode, path: Path) -> None:
        super().__init__(f"storage-database-{code}", path)
        self.code = code
