"""Every example of the documentation prints what the page says it prints.

An example is a fenced `console` block: a line that begins with "$ " is a command, what follows is what it writes to
standard output and standard error. A command whose line ends in a backslash goes on in the next line. In expected
output "..." stands for anything within a line. The commands of a page run in one folder, from top to bottom, with
`docs` and `proto` of the project in it and the reference server as the target."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from rpcctl_testing import ROOT, RPCCTL, environment
from server_process import ReferenceServer

PAGES = ("README.md", *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs").rglob("*.md")))
CAP_SECONDS = 10 * int(os.environ.get("RPCCTL_TEST_SLOWNESS", "1"))


class Example:
    """A command and what it is to print; `place` is where it stands."""

    def __init__(self, place, command):
        self.place = place
        self.command = command
        self.output = ""

    def matches(self, printed):
        pattern = ".*".join(re.escape(piece) for piece in self.output.split("..."))
        return re.fullmatch(pattern, printed) is not None


def examples(page, text):
    """The examples of a page, from top to bottom."""
    found = []
    in_block = continues = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("```"):
            in_block, continues = line == "```console", False
        elif in_block and continues:
            found[-1].command += "\n" + line
            continues = line.endswith("\\")
        elif in_block and line.startswith("$ "):
            found.append(Example(f"{page}:{number}", line[2:]))
            continues = line.endswith("\\")
        elif in_block and found:
            found[-1].output += line + "\n"
        elif in_block:
            raise ValueError(f"{page}:{number}: output without a command")
    return found


def run_in(folder, command, target):
    """What `command` prints in a shell that has rpcctl on its path."""
    path = f"{folder}/.bin:{os.environ.get('PATH', '/usr/bin:/bin')}"
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment(PATH=path, RPCCTL_TARGET=target),
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          timeout=CAP_SECONDS, check=False)
    return done.stdout.decode("utf-8")


class PagesTest(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(ReferenceServer())

    def folder_for_a_page(self):
        temporary = tempfile.TemporaryDirectory(prefix="rpcctl-docs-")
        self.addCleanup(temporary.cleanup)
        folder = pathlib.Path(temporary.name)
        (folder / ".bin").mkdir()
        (folder / ".bin" / "rpcctl").symlink_to(pathlib.Path(RPCCTL).resolve())
        for name in ("docs", "proto"):
            (folder / name).symlink_to(ROOT / name)
        return folder

    def check_page(self, page):
        folder = self.folder_for_a_page()
        for example in examples(page, (ROOT / page).read_text()):
            with self.subTest(place=example.place):
                printed = run_in(folder, example.command, self.server.target)
                if not example.matches(printed):
                    self.assertEqual(printed, example.output, f"{example.place}: {example.command}")

    def test_every_example_prints_what_the_page_says(self):
        for page in PAGES:
            self.check_page(page)

    def test_there_are_examples(self):
        for page in ("README.md", "docs/commands/call.md", "docs/guide.md"):
            self.assertGreater(len(examples(page, (ROOT / page).read_text())), 5, page)


    def test_links_lead_somewhere(self):
        for page in PAGES:
            text = (ROOT / page).read_text()
            for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
                with self.subTest(page=page, link=link):
                    self.assertTrue((ROOT / page).parent.joinpath(link).exists())

    def test_links_within_a_page_lead_to_its_headings(self):
        for page in PAGES:
            text = (ROOT / page).read_text()
            headings = {re.sub(r"[^\w -]", "", line.lstrip("#").strip().lower()).replace(" ", "-")
                        for line in text.splitlines() if line.startswith("#")}
            for link in re.findall(r"\]\(#([^)]+)\)", text):
                with self.subTest(page=page, link=link):
                    self.assertIn(link, headings)


class ReadingTest(unittest.TestCase):
    """The test of the test."""

    def read(self, text):
        return [(example.place, example.command, example.output) for example in examples("p", text)]

    def test_a_command_and_its_output(self):
        self.assertEqual(self.read("```console\n$ a b\nc\nd\n$ e\n```\n"), [("p:2", "a b", "c\nd\n"), ("p:5", "e", "")])

    def test_a_command_of_two_lines(self):
        self.assertEqual(self.read("```console\n$ a \\\n  b\nc\n```\n"), [("p:2", "a \\\n  b", "c\n")])

    def test_other_blocks_are_passed_over(self):
        self.assertEqual(self.read("$ a\n```sh\n$ b\n```\n```\n$ c\n```\n"), [])

    def test_output_without_a_command_is_refused(self):
        with self.assertRaises(ValueError):
            self.read("```console\nc\n```\n")

    def test_dots_stand_for_anything_within_a_line(self):
        example = Example("p:1", "a")
        example.output = "took ... ms\nend\n"
        self.assertTrue(example.matches("took 0.5 ms\nend\n"))
        self.assertFalse(example.matches("took 0.5 s\nend\n"))
        self.assertFalse(example.matches("took 0.5\n1 ms\nend\n"))

    def test_everything_else_is_compared_exactly(self):
        example = Example("p:1", "a")
        example.output = "a.c\n"
        self.assertFalse(example.matches("abc\n"))
        self.assertFalse(example.matches("a.c"))


if __name__ == "__main__":
    unittest.main()
