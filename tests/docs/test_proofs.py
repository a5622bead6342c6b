"""docs/proofs.md names the tests that prove the command line: each exists and speaks of what it proves, and no option is
without one."""

import pathlib
import re
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from rpcctl_testing import ROOT, RPCCTL, environment

PAGE = ROOT / "docs" / "proofs.md"
_PROOF = re.compile(r"`(tests/[\w/.]+)(?:::([^`]+))?`")
_OPTION = re.compile(r"^  (?:(-\w), |    )(--[\w-]+)")
_FOLDED = re.compile(r"^  --[\w-]+,")  # a row of names that another page explains


def rows():
    """The rows of all tables: (section, first cell, [(file, test)])."""
    section, found = "", []
    for line in PAGE.read_text().splitlines():
        if line.startswith("## "):
            section = line[3:]
        if line.startswith("| ") and not line.startswith("| ---"):
            cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            if not set("".join(cells)) <= set("-"):
                found.append((section, cells[0], _PROOF.findall(cells[-1])))
    return [row for row in found if row[2] or row[1] not in ("option", "what")]


def help_of(*words):
    return subprocess.run([RPCCTL, *words, "--help"], env=environment(), capture_output=True, text=True,
                          check=True).stdout


def commands():
    text = help_of()
    block = text[text.index("Commands:\n"):text.index("\nOptions:")]
    return [line.split()[0] for line in block.splitlines()[1:] if line.strip()]


def options():
    """Every option of every command, by its long name."""
    found = {}
    for command in commands():
        for line in help_of(command).splitlines():
            if _FOLDED.match(line):
                found.update({name: None for name in re.findall(r"--[\w-]+", line)})
            match = _OPTION.match(line)
            if match and match[2] != "--help":
                found.setdefault(match[2], match[1])
    return found


def test_text(file, test):
    """What stands in the test of this name, or in the whole file; None where there is no such test."""
    path = ROOT / file
    if not path.is_file():
        return None
    text = path.read_text()
    if not test:
        return text
    start = re.compile(rf'def {re.escape(test)}\(|TEST_CASE\(\s*"{re.escape(test)}"')
    found = start.search(text)
    if not found:
        return None
    after = re.compile(r"\n    def |\nclass |\nTEST_CASE|\ndef ").search(text, found.end())
    return text[found.start():after.start() if after else len(text)]


class ProofsTest(unittest.TestCase):
    def test_every_proof_exists(self):
        self.assertGreater(len(rows()), 50)
        for section, what, proofs in rows():
            with self.subTest(section=section, what=what):
                self.assertTrue(proofs, "no test is named")
                for file, test in proofs:
                    self.assertIsNotNone(test_text(file, test), f"there is no {file}::{test}")

    def test_every_option_has_one_that_uses_it(self):
        table = {}
        for section, what, proofs in rows():
            if section == "Options":
                for name in re.findall(r"--[\w-]+", what):
                    table[name] = proofs
        known = options()
        self.assertGreater(len(known), 20)
        self.assertEqual(sorted(set(table) - set(known)), [], "rows for options that there are not")
        for name, short in known.items():
            with self.subTest(option=name):
                self.assertIn(name, table, "no row in docs/proofs.md")
                texts = [test_text(file, test) or "" for file, test in table[name]]
                used = re.compile(re.escape(name) + r"(?![\w-])")
                self.assertTrue(any(used.search(text) or (short and f'"{short}"' in text) for text in texts),
                                "the test does not use it")

    def test_the_check_itself_sees_what_is_missing(self):
        self.assertIsNone(test_text("tests/docs/test_proofs.py", "test_that_is_not_there"))
        self.assertIsNone(test_text("tests/no/such/file.py", ""))
        own = test_text("tests/docs/test_proofs.py", "test_the_check_itself_sees_what_is_missing")
        self.assertIn("only in this test", own)
        self.assertNotIn("def test_every_" + "proof_exists", own)


if __name__ == "__main__":
    unittest.main()
