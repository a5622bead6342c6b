"""Runs a command and writes the peak of its memory, in KiB, to a file: measure_peak.py FILE COMMAND...

A process of its own, because the peak of a child begins at the size of the process that started it."""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main():
    report, command = sys.argv[1], sys.argv[2:]
    child = os.fork()
    if child == 0:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        os.execv(command[0], command)
    _, status, usage = os.wait4(child, 0)
    with open(report, "w") as file:
        file.write(str(usage.ru_maxrss))
    code = os.waitstatus_to_exitcode(status)
    if code < 0:
        os.kill(os.getpid(), -code)
    os._exit(code)


main()
