"""An interactive shell under a pseudo-terminal, with rpcctl's completion: keys go in, the line it edits comes out.

A key that the shell is told about writes its line to a file, so that nothing has to be guessed from what the terminal
shows; and since a shell takes its keys in order, that key is also what tests wait for."""

import fcntl
import os
import pathlib
import re
import struct
import termios

from live_process import CAP_SECONDS, Channel, Deadline, LiveProcess, wait_until
from rpcctl_testing import ROOT, RPCCTL, environment

COMPLETIONS = ROOT / "completions"
PROMPT = "%ready%"
TAB = "\t"
REPORT = "\x18\x07"  # Ctrl-X Ctrl-G
CLEAR = "\x01\x0b"  # to the beginning, and all behind it away
_ESCAPES = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[()][A-Z0-9]|[=>78M])|\r")

_BASH_RC = r"""
PS1='%ready%' HISTFILE= BASH_SILENCE_DEPRECATION_WARNING=1
bind 'set enable-bracketed-paste off'
bind 'set bell-style none'
bind 'set completion-query-items 0'
bind 'set page-completions off'
report() { printf '%s\0' "$READLINE_LINE" >>"$REPORT_FILE"; }
bind -x '"\C-x\C-g": report'
PATH=$TEST_PATH
source "$SCRIPT"
"""

_ZSH_RC = r"""
PS1='%%ready%%' HISTFILE= RPS1= PROMPT_EOL_MARK=
unsetopt zle_bracketed_paste beep prompt_sp
unset zle_bracketed_paste
bindkey -e
LISTMAX=100000
autoload -Uz compinit
compinit -u -D
report() { print -rn -- "$BUFFER"$'\0' >>"$REPORT_FILE"; }
zle -N report
bindkey '^X^G' report
PATH=$TEST_PATH
source "$SCRIPT"
"""

_FISH_RC = r"""
function fish_prompt; printf '%%ready%%'; end
function fish_right_prompt; end
function fish_greeting; end
function report; printf '%s\0' (commandline | string collect) >>$REPORT_FILE; end
bind \cx\cg report
bind \ca beginning-of-line
bind \ck kill-line
set -g fish_autosuggestion_enabled 0
set -gx PATH (string split : -- $TEST_PATH)
source $SCRIPT
"""

SHELLS = {
    "bash": (_BASH_RC, ".bashrc", "rpcctl.bash", ["bash", "--noprofile", "--rcfile", "{rc}", "-i"]),
    "zsh": (_ZSH_RC, ".zshrc", "_rpcctl", ["zsh", "-i"]),
    "fish": (_FISH_RC, "fish/config.fish", "rpcctl.fish", ["fish", "-i"]),
}


class ShellSession:
    """The shell `name` in a new folder `work` below `folder`, from which it sees rpcctl as `bin/rpcctl` and on its PATH.
    `settings` are more lines of its start-up file. Ends with its `with` block."""

    def __init__(self, name, folder, settings="", **env):
        rc, rc_name, script, words = SHELLS[name]
        self.name = name
        self.work = folder / "work"
        self.cache = folder / "cache"
        self._reports = folder / "reports"
        for place in (self.work / "bin", folder / "home" / "fish", self.cache):
            place.mkdir(parents=True)
        (self.work / "bin" / "rpcctl").symlink_to(RPCCTL)
        self._reports.touch()
        home = folder / "home"
        (home / rc_name).write_text(rc + settings)
        variables = environment(
            HOME=str(home), ZDOTDIR=str(home), XDG_CONFIG_HOME=str(home), XDG_DATA_HOME=str(home / "data"),
            XDG_CACHE_HOME=str(self.cache), REPORT_FILE=str(self._reports), SCRIPT=str(COMPLETIONS / script),
            TEST_PATH=f"{self.work}/bin:/usr/bin:/bin", COLUMNS="150", LINES="50", TERM="xterm", **env)
        self._begin([word.format(rc=home / rc_name) for word in words], variables)

    def _begin(self, words, variables):
        self._master, child = os.openpty()
        fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 150, 0, 0))
        # A shell needs a terminal that is its own, and a session that it leads.
        self.process = LiveProcess(["setsid", "--ctty", *words], stdin=child, stdout=child, stderr=child, env=variables,
                                   cwd=self.work)
        os.close(child)
        self._screen = Channel(self._master)
        self.wait_for(PROMPT)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.__exit__()
        self._screen.close()

    def type(self, keys):
        self.process.process.poll()
        os.set_blocking(self._master, True)
        os.write(self._master, keys.encode())
        os.set_blocking(self._master, False)

    def shown(self):
        """What was written to the terminal so far, without its escape sequences."""
        self._screen.pull()
        return _ESCAPES.sub("", self._screen.all.decode("utf-8", "replace"))

    def wait_for(self, text, seconds=3 * CAP_SECONDS):
        """Waits until the terminal was sent `text`."""
        try:
            wait_until(lambda: text in self.shown(), f"{text!r}", seconds)
        except AssertionError as hang:
            raise AssertionError(f"{hang}; {self.name} showed {self.shown()[-2000:]!r}") from None

    def line(self):
        """The line as it stands now."""
        seen = self._lines()
        self.type(REPORT)
        deadline = Deadline(3 * CAP_SECONDS)

        def reported():
            # A terminal that nobody reads would hold the shell up.
            self._screen.pull()
            lines = self._lines()
            return lines if len(lines) > len(seen) else None

        return wait_until(reported, f"line from {self.name}, which showed {self.shown()[-500:]!r}", deadline.left())[-1]

    def _lines(self):
        return self._reports.read_bytes().decode().split("\0")[:-1]

    def clear(self):
        self.type(CLEAR)
        line = self.line()
        assert line == "", f"{line!r} is left"

    def complete(self, *typed):
        """Types each of `typed` and a TAB behind it, on an empty line; returns the line."""
        for keys in typed:
            self.type(keys + TAB)
            line = self.line()
        self.clear()
        return line

    def lists(self, typed, tabs=2):
        """What the terminal is sent for `typed` and this many TABs."""
        begin = len(self.shown())
        self.type(typed)
        self.type(TAB * tabs)
        self.line()
        shown = self.shown()[begin:]
        self.clear()
        return shown
