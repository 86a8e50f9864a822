"""System calls that fail, or end the process, in one thread: what a broken disk does, for real.

Linux does it, by a filter (seccomp, https://docs.kernel.org/userspace-api/seccomp_filter.html)
that needs no rights. It lasts as long as the thread that took it on, and cannot be taken off.
"""

import ctypes
import platform
import struct
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

READS, WRITES, SYNCS = ("pread64",), ("pwrite64",), ("fsync", "fdatasync")
"""What SQLite calls to read a page, to write one, and to have them on the disk."""

_NUMBERS = {
    "x86_64": {"pread64": 17, "pwrite64": 18, "fsync": 74, "fdatasync": 75},
    "aarch64": {"pread64": 67, "pwrite64": 68, "fsync": 82, "fdatasync": 83},
}
_SET_NO_NEW_PRIVILEGES, _SET_SECCOMP, _MODE_FILTER = 38, 22, 2
_LOAD, _SKIP_UNLESS_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _FAIL, _KILL_PROCESS = 0x7FFF0000, 0x00050000, 0x80000000

T = TypeVar("T")


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def while_failing(calls: Sequence[str], errno: int, do: Callable[[], T]) -> T:
    """Do something in a thread in which these system calls fail with `errno`."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(_take_on, calls, _FAIL | errno).result()
        return pool.submit(do).result()


def kill_at(calls: Sequence[str]) -> None:
    """Have this thread end its whole process at the next of these calls, before it is made."""
    _take_on(calls, _KILL_PROCESS)


def _take_on(calls: Sequence[str], instead: int) -> None:
    numbers = _NUMBERS[platform.machine()]
    steps = [
        (_LOAD, 0, 0, 0),  # the number of the call
        *(
            step
            for call in calls
            for step in ((_SKIP_UNLESS_EQUAL, 0, 1, numbers[call]), (_RETURN, 0, 0, instead))
        ),
        (_RETURN, 0, 0, _ALLOW),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = _Program(len(steps), ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    for arguments in (
        (_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0),
        (_SET_SECCOMP, _MODE_FILTER, ctypes.byref(program), 0, 0),
    ):
        if libc.prctl(*arguments):
            raise OSError(ctypes.get_errno(), "prctl")
