"""The most memory that this process has used."""

import resource
import sys
from pathlib import Path


def peak_megabytes() -> float:
    """Return the peak of the memory of this process in megabytes.

    On Linux the kernel's own count is read, because the resource usage of a process
    starts from that of its parent.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        for line in status.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    scale = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale
