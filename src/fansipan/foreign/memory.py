"""The memory that a process holds, on Linux, macOS and Windows."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from pathlib import Path


def memory_of(process: int) -> int:
    """The resident set of a process in bytes; 0 where it has ended or the system does not tell."""
    try:
        if sys.platform == "win32":
            return _on_windows(process)
        if sys.platform == "linux":
            return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf(
                "SC_PAGE_SIZE"
            )
        told = subprocess.run(["/bin/ps", "-o", "rss=", "-p", str(process)], capture_output=True, check=False)
        return int(told.stdout or b"0") * 1024
    except (OSError, ValueError, IndexError):
        return 0


def _on_windows(process: int) -> int:
    """The working set (GetProcessMemoryInfo)."""
    size = ctypes.c_size_t
    counters = type(
        "Counters",
        (ctypes.Structure,),
        {
            "_fields_": [
                ("cb", ctypes.c_ulong),
                ("faults", ctypes.c_ulong),
                *((name, size) for name in ("peak", "working", "a", "b", "c", "d", "pagefile", "e")),
            ]
        },
    )()
    counters.cb = ctypes.sizeof(counters)
    kernel = ctypes.CDLL("kernel32")
    handle = ctypes.c_void_p(kernel.OpenProcess(0x1010, False, process))
    try:
        kernel.K32GetProcessMemoryInfo(handle, ctypes.byref(counters), counters.cb)
    finally:
        kernel.CloseHandle(handle)
    return int(counters.working)
