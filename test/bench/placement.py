"""Which core a process runs on.

Client and server of a synchronous call take turns, so one core is enough for
both, and a scheduler left alone mostly puts them there.  Where it does not,
each request pays for waking a sleeping core, which on virtual machines costs
more than the request itself.  Such a difference between two sides of a
comparison would hide what they do; hence both are put on the same core.
"""

import contextlib
import os


def children(pid):
    """Return the children of a process; none where Linux is not."""
    if not os.path.isdir("/proc/self/task"):
        return []
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
        return [int(word) for word in file.read().split()]


@contextlib.contextmanager
def on_one_core(pids):
    """Keep processes on one core, where the system knows how to."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = {pid: os.sched_getaffinity(pid) for pid in pids}
    core = {max(os.sched_getaffinity(0))}
    for pid in pids:
        os.sched_setaffinity(pid, core)
    try:
        yield
    finally:
        for pid, cores in before.items():
            with contextlib.suppress(ProcessLookupError):
                os.sched_setaffinity(pid, cores)
