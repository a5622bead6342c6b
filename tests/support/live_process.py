"""A child process that tests talk to while it runs, every wait with a deadline."""

import errno
import os
import pty
import selectors
import signal
import subprocess
import termios
import time
import tty

# Sanitizer builds are slower: the caps, and nothing else, grow by this factor.
SLOWNESS = float(os.environ.get("RPCCTL_TEST_SLOWNESS", "1"))
CAP_SECONDS = 10 * SLOWNESS


class Hang(AssertionError):
    """Something did not happen within the cap."""


class Deadline:
    """A point in time after which waiting is a failure."""

    def __init__(self, seconds=CAP_SECONDS):
        self.end = time.monotonic() + seconds

    def left(self):
        return max(0.0, self.end - time.monotonic())

    def passed(self):
        return self.left() <= 0


def wait_until(condition, what, seconds=CAP_SECONDS):
    """Asks `condition` until it holds; returns what it returned."""
    deadline = Deadline(seconds)
    while True:
        answer = condition()
        if answer:
            return answer
        if deadline.passed():
            raise Hang(f"within {seconds:g} s there was no {what}")
        time.sleep(0.005)


class Channel:
    """The reading end of a pipe or terminal: collects bytes, hands out lines."""

    def __init__(self, descriptor):
        self.descriptor = descriptor
        self.all = b""  # everything that ever came
        self.rest = b""  # what read_line has not handed out
        self.ended = False
        os.set_blocking(descriptor, False)

    def pull(self):
        """Takes what is there."""
        try:
            chunk = os.read(self.descriptor, 1 << 16)
        except BlockingIOError:
            return
        except OSError as error:
            if error.errno != errno.EIO:  # how a terminal says that its last writer is gone
                raise
            chunk = b""
        self.all += chunk
        self.rest += chunk
        self.ended = self.ended or not chunk

    def close(self):
        self.ended = True
        if self.descriptor >= 0:
            os.close(self.descriptor)
        self.descriptor = -1


def _terminal():
    """A pseudo-terminal that changes no byte: (its master, the child's end)."""
    master, child = pty.openpty()
    tty.setraw(child, termios.TCSANOW)
    return master, child


class LiveProcess:
    """A running child. `stdin` is "pipe", "terminal", "closed" or something for subprocess; `stdout` and
    `stderr` are "pipe", "terminal", "closed" or a file. Killed, if need be, when the `with` block ends."""

    def __init__(self, arguments, *, stdin="pipe", stdout="pipe", stderr="pipe", env=None, cwd=None,
                 ignored_signals=()):
        self.arguments = [str(argument) for argument in arguments]
        self._given = []  # ends that only the child needs
        self._input = -1
        self.out = self.err = None
        child_in = self._input_end(stdin)
        child_out, self.out = self._output_end(stdout)
        child_err, self.err = self._output_end(stderr)
        closed = [number for number, end in enumerate((stdin, stdout, stderr)) if end == "closed"]
        prepare = self._preparation(closed, ignored_signals)
        self.process = subprocess.Popen(self.arguments, stdin=child_in, stdout=child_out, stderr=child_err,
                                        env=env, cwd=cwd, preexec_fn=prepare)
        for end in self._given:
            os.close(end)

    @staticmethod
    def _preparation(closed, ignored_signals):
        if not closed and not ignored_signals:
            return None

        def prepare():
            for number in ignored_signals:
                signal.signal(number, signal.SIG_IGN)
            for descriptor in closed:
                os.close(descriptor)

        return prepare

    def _input_end(self, kind):
        if kind == "pipe":
            child, self._input = os.pipe()
        elif kind == "terminal":
            self._input, child = _terminal()
        else:
            return subprocess.DEVNULL if kind == "closed" else kind
        self._given.append(child)
        return child

    def _output_end(self, kind):
        if kind == "pipe":
            reader, child = os.pipe()
        elif kind == "terminal":
            reader, child = _terminal()
        else:
            return (subprocess.DEVNULL if kind == "closed" else kind), None
        self._given.append(child)
        return child, Channel(reader)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.close_stdin()
        for channel in (self.out, self.err):
            if channel is not None:
                channel.close()

    @property
    def pid(self):
        return self.process.pid

    def write(self, data):
        """Writes all of `data` to the child, reading along so that neither side blocks the other."""
        view = memoryview(data)
        os.set_blocking(self._input, False)
        deadline = Deadline()
        while view:
            try:
                view = view[os.write(self._input, view):]
            except BlockingIOError:
                self._pull(deadline, f"reader for {len(view)} bytes", writing=True)

    def close_stdin(self):
        if self._input >= 0:
            os.close(self._input)
        self._input = -1

    def send_signal(self, number):
        self.process.send_signal(number)

    def read_line(self, channel=None, seconds=CAP_SECONDS):
        """The next line of stdout (or of `channel`) without its end; None when there will be none."""
        channel = channel or self.out
        deadline = Deadline(seconds)
        while b"\n" not in channel.rest:
            if channel.ended:
                return None
            self._pull(deadline, f"line from {' '.join(self.arguments[:3])}; so far {channel.all[-500:]!r}")
        line, _, channel.rest = channel.rest.partition(b"\n")
        return line.decode("utf-8")

    def wait(self, seconds=CAP_SECONDS):
        """Waits for the end and collects all output; returns the exit code, minus the signal's number."""
        deadline = Deadline(seconds)
        open_channels = lambda: [c for c in (self.out, self.err) if c is not None and not c.ended]
        while open_channels():
            self._pull(deadline, f"end of {' '.join(self.arguments)}")
        return self._reap(deadline)

    def _reap(self, deadline):
        try:
            return self.process.wait(deadline.left() + 0.1)
        except subprocess.TimeoutExpired:
            raise Hang(f"there was no end of {' '.join(self.arguments)}") from None

    def _pull(self, deadline, what, writing=False):
        with selectors.DefaultSelector() as selector:
            for channel in (self.out, self.err):
                if channel is not None and not channel.ended:
                    selector.register(channel.descriptor, selectors.EVENT_READ, channel)
            if writing:
                selector.register(self._input, selectors.EVENT_WRITE, None)
            ready = selector.select(deadline.left())
        if not ready:
            raise Hang(f"there was no {what}")
        for key, _ in ready:
            if key.data is not None:
                key.data.pull()
