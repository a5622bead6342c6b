"""Every script in the documentation, a fenced `rpc` block, holds against the reference server; one that is marked `rpc wrong`
is refused before any call."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from rpcctl_testing import ROOT, USAGE, RpcctlTest
from server_process import ReferenceServer


def scripts(text):
    """The number of the line, the kind and the text of each block."""
    found = []
    block = None
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("```rpc"):
            block = (number, line[3:], [])
        elif line.startswith("```") and block:
            found.append((block[0], block[1], "\n".join(block[2]) + "\n"))
            block = None
        elif block:
            block[2].append(line)
    return found


class ScriptExamplesTest(RpcctlTest):
    def test_they_hold(self):
        count = 0
        with ReferenceServer() as server:
            for page in sorted((ROOT / "docs").rglob("*.md")):
                for number, kind, text in scripts(page.read_text(encoding="utf-8")):
                    count += 1
                    with self.subTest(place=f"{page}:{number}"):
                        path = self.temporary_folder() / "example.rpc"
                        path.write_text(text, encoding="utf-8")
                        if kind == "rpc wrong":
                            self.fails(USAGE, "test", path, target=server.target, talks=True)
                        else:
                            self.succeeds("test", path, target=server.target)
        self.assertGreater(count, 8)


if __name__ == "__main__":
    unittest.main()
