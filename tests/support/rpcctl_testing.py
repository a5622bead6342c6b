"""Runs rpcctl from outside and checks the rules that hold for every one of its runs."""

import json
import os
import pathlib
import re
import signal
import sys
import tempfile
import unittest

from live_process import CAP_SECONDS, LiveProcess

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROTO_DIR = ROOT / "proto"
TEST_PROTO_DIR = ROOT / "tests" / "support" / "protos"
_BUILD = ROOT / "build" / "release" / "cmd"
# The program that is tested: rpcctl, or rpcctl-core, which does everything over gRPC's core.
RPCCTL = os.environ.get("RPCCTL", str(_BUILD / "rpcctl" / "rpcctl"))
# rpcctl-core, whichever is tested.
CORE = os.environ.get("RPCCTL_CORE", str(_BUILD / "libexec" / "rpcctl" / "rpcctl-core"))
FULL = str(pathlib.Path(CORE).parent / "rpcctl-full")
# How --transport calls what RPCCTL speaks through.
TRANSPORT = "grpc" if pathlib.Path(RPCCTL).name == "rpcctl-core" else "h2"

# Exit codes, as the contract has them.
USAGE, INPUT, SCHEMA, CONNECT, TLS, OUTPUT = 2, 3, 4, 5, 6, 7


def status_code(number):
    """The exit code for a call that ended with this gRPC status."""
    return 64 + number


def by_transport(*, h2, grpc):
    """What is expected where the transports differ; docs/architecture.md has a table of these places."""
    return {"h2": h2, "grpc": grpc}[TRANSPORT]


def only_over(transport, why):
    """Marks a test of what only one of the transports does, "h2" or "grpc"."""
    return unittest.skipUnless(TRANSPORT == transport, f"only over {transport}: {why}")


_CRASH_CODES = (132, 134, 136, 139)
_CRASH_SIGNALS = (signal.SIGILL, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGSEGV, signal.SIGSYS)
_SANITIZER = re.compile(rb"ERROR: \w+Sanitizer|runtime error:")
# Characters that move a cursor, hide or reorder text; the newline is looked at apart.
_UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
                     "\ufff9-\ufffb\U000e0000-\U000e007f]")
_ERROR_LINE = "rpcctl: error: "


def environment(**changes):
    """What rpcctl runs with: nothing of the developer's own settings."""
    kept = ("PATH", "LD_LIBRARY_PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TMPDIR")
    base = {name: os.environ[name] for name in kept if name in os.environ}
    # A cache folder that root cannot make either.
    base.update(HOME="/nonexistent", XDG_CACHE_HOME="/dev/null", TERM="xterm-256color", LC_ALL="C.UTF-8")
    base.update(changes)
    return {name: value for name, value in base.items() if value is not None}


class Outcome:
    """How a run ended and what it wrote."""

    def __init__(self, words, code, out, err):
        self.words = [str(word) for word in words]
        self.code = code if code >= 0 else 128 - code  # as a shell tells it
        self.signal = -code if code < 0 else 0
        self.out = out
        self.err = err

    @property
    def stdout(self):
        return self.out.decode("utf-8")

    @property
    def stderr(self):
        return self.err.decode("utf-8")

    @property
    def lines(self):
        return self.stdout.splitlines()

    def documents(self):
        """The JSON documents on stdout."""
        return list(_documents(self.stdout))

    def error(self):
        """The message of the error, without what belongs to it."""
        lines = [line for line in self.stderr.split("\n") if line.startswith(_ERROR_LINE)]
        return lines[0][len(_ERROR_LINE):] if lines else ""

    def belonging(self, label):
        """The lines "  hint: ..." or "  detail: ..." without their label."""
        start = f"  {label}: "
        return [line[len(start):] for line in self.stderr.split("\n") if line.startswith(start)]

    def hint(self):
        return "\n".join(self.belonging("hint"))

    def __str__(self):
        return (f"rpcctl {' '.join(self.words)[:500]}\n  exit {self.code}, signal {self.signal}"
                f"\n  stdout {self.out[:2000]!r}\n  stderr {self.err[:3000]!r}")


def _documents(text):
    decoder = json.JSONDecoder()
    text = text.strip()
    while text:
        value, end = decoder.raw_decode(text)
        yield value
        text = text[end:].lstrip()


def start(*words, target=None, env=None, wrapped_in=(), **ends):
    """rpcctl as a LiveProcess; `wrapped_in` are the words of a command that runs it."""
    changes = dict(env or {})
    if target is not None:
        changes.setdefault("RPCCTL_TARGET", target)
    ends.setdefault("stdin", "pipe")
    return LiveProcess([*wrapped_in, RPCCTL, *words], env=environment(**changes), **ends)


def run(*words, stdin=b"", target=None, env=None, tty=False, seconds=CAP_SECONDS, **ends):
    """Runs rpcctl to its end. `stdin` is what it can read, or an end as LiveProcess takes it. With `tty` stdin,
    stdout and stderr are terminals, each its own. A run that takes longer than the cap is killed and fails the
    test."""
    kind = "terminal" if tty else "pipe"
    ends.setdefault("stdout", kind)
    ends.setdefault("stderr", kind)
    end_of_stdin = kind if isinstance(stdin, bytes) else stdin
    with start(*words, target=target, env=env, stdin=end_of_stdin, **ends) as process:
        if end_of_stdin == "pipe":
            _feed(process, stdin)
        code = process.wait(seconds)
        collected = lambda channel: channel.all if channel is not None else b""
        return Outcome(words, code, collected(process.out), collected(process.err))


def run_measured(*words, **how):
    """The same; also gives the peak of its memory in MiB."""
    with tempfile.NamedTemporaryFile("r") as report:
        script = pathlib.Path(__file__).with_name("measure_peak.py")
        outcome = run(*words, wrapped_in=[sys.executable, "-S", script, report.name], **how)
        return outcome, int(report.read()) / 1024


def _feed(process, data):
    """Writes all of `data`, unless the child ends or closes its input before."""
    try:
        process.write(data)
    except BrokenPipeError:
        pass
    process.close_stdin()


def _is_json_call(words):
    """Whether what the command prints is JSON documents."""
    other = ("-f", "--format", "--help", "-h", "--version", "--as", "text", "binary")
    return words[:1] == ["call"] and not any(word in other for word in words)


def _is_binary(words):
    return any(pair == ("-o", "binary") for pair in zip(words, words[1:]))


class RpcctlTest(unittest.TestCase):
    """Assertions about runs of rpcctl. Every one of them checks the common rules too."""

    maxDiff = None

    def temporary_folder(self):
        folder = tempfile.TemporaryDirectory(prefix="rpcctl-test-")
        self.addCleanup(folder.cleanup)
        return pathlib.Path(folder.name)

    def check_rules(self, outcome, talks=False):
        """What holds for every run. With `talks` lines may stand on stderr before the error or without one."""
        self.assertNotIn(outcome.code, _CRASH_CODES, outcome)
        self.assertNotIn(outcome.signal, _CRASH_SIGNALS, outcome)
        self.assertIsNone(_SANITIZER.search(outcome.err), outcome)
        self.check_text_is_safe(outcome.err, outcome)
        self._check_stderr(outcome, talks)
        self._check_stdout(outcome)

    def check_text_is_safe(self, raw, outcome=None):
        """No control byte but the newline, no invisible or reordering character, valid UTF-8."""
        found = _UNSAFE.search(raw.decode("utf-8"))
        self.assertIsNone(found, f"{found!r} in {outcome or raw}")

    def _check_stderr(self, outcome, talks):
        text = outcome.stderr
        self.assertTrue(text == "" or text.endswith("\n"), outcome)
        lines = text.split("\n")[:-1]
        errors = [number for number, line in enumerate(lines) if line.startswith(_ERROR_LINE)]
        failed = outcome.code != 0 and not outcome.signal
        self.assertEqual(len(errors), 1 if failed else 0, outcome)
        if not failed:
            self.assertTrue(talks or not lines, outcome)
            return
        self.assertTrue(talks or errors[0] == 0, outcome)
        for line in lines[errors[0] + 1:]:
            self.assertTrue(line.startswith("  "), f"{line!r} after the error in {outcome}")

    def _check_stdout(self, outcome):
        if _is_binary(outcome.words):
            return
        self.check_text_is_safe(outcome.out, outcome)
        self.assertTrue(outcome.stdout == "" or outcome.stdout.endswith("\n"), outcome)
        if _is_json_call(outcome.words):
            outcome.documents()

    def succeeds(self, *words, talks=False, **how):
        outcome = run(*words, **how)
        self.assertEqual(outcome.code, 0, outcome)
        self.check_rules(outcome, talks)
        return outcome

    def fails(self, code, *words, talks=False, **how):
        outcome = run(*words, **how)
        self.assertEqual(outcome.code, code, outcome)
        self.check_rules(outcome, talks)
        return outcome

    def prints(self, expected, *words, **how):
        """Success with exactly this on stdout."""
        outcome = self.succeeds(*words, **how)
        self.assertEqual(outcome.stdout, expected, outcome)
        return outcome

    def refuses(self, code, message, hint, *words, **how):
        """Failure with exactly this message and hint, and nothing on stdout."""
        outcome = self.fails(code, *words, **how)
        self.assertEqual(outcome.error(), message, outcome)
        self.assertEqual(outcome.hint(), hint, outcome)
        self.assertEqual(outcome.out, b"", outcome)
        return outcome
