"""Memory: large pieces are given back as soon as they are free, and what stays is not searched."""

import ctypes
import gc
from contextlib import suppress

MAPPED_FROM, ARENAS = (-3, 1_000_000), (-8, 2)
"""What glibc's `mallopt` is told: the bytes from which a piece is the kernel's own; for threads."""


def begin() -> None:
    """Before the code is read: all of it stays, and to look for garbage took a third of the time.

    Of a hash of a password nothing stays; glibc would learn to keep its twenty megabytes.
    """
    gc.disable()
    # Another C library has no such knobs.
    with suppress(AttributeError):
        for option, value in (MAPPED_FROM, ARENAS):
            ctypes.CDLL(None).mallopt(option, value)


SOUGHT_AFTER = 10_000
"""How many things more are made than given back, before garbage is sought."""


def settle() -> None:
    """Once all that a server needs is there: garbage is sought among what comes later alone."""
    gc.freeze()
    gc.set_threshold(SOUGHT_AFTER)
    gc.enable()
