"""Files that are there whole or not at all."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a path to write a file at, which gets the name `path` when the block ends well.

    Until then it lies in a hidden folder beside it; that folder is all that a killed program
    leaves behind. No file is ever replaced. Raises OSError about `path`, FileExistsError where
    there is a file of that name, also one that came while the block ran.
    """
    try:
        _check_free(path)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
            made = Path(folder) / path.name
            yield made
            _to_disk(made)
            _name(made, path)
            _to_disk(path.parent)
    except OSError as error:
        if error.filename == str(path):
            raise
        raise OSError(error.errno, error.strerror or str(error), str(path)) from error


def _check_free(path: Path) -> None:
    if path.is_symlink() or path.exists():
        raise FileExistsError(errno.EEXIST, "It is there already; choose another name", str(path))
    if not path.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "There is no such folder; make it first", str(path))


def _name(made: Path, path: Path) -> None:
    try:
        os.link(made, path)
    except FileExistsError:
        _check_free(path)
        raise
    except OSError:  # a drive without hard links
        _check_free(path)
        made.rename(path)


def _to_disk(path: Path) -> None:
    """Wait until the file, or the names in the folder, have reached the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
