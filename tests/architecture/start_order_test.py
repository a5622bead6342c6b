"""cmd/rpcctl/start_order.txt still says what a start runs: most of what it names is in rpcctl."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from rpcctl_testing import RPCCTL

LIST = pathlib.Path(__file__).resolve().parents[2] / "cmd/rpcctl/start_order.txt"
# Of our own functions; what the compiler made of one (".isra.0") is not counted.
ENOUGH = 0.8


def missing(program, names):
    # A table of symbols keeps their names each before a NUL.
    there = set(pathlib.Path(program).read_bytes().split(b"\0"))
    return [name for name in names if name.encode() not in there]


class StartOrderTest(unittest.TestCase):
    def test_most_of_the_functions_are_there(self):
        sections = [line.split(".")[2] for line in LIST.read_text().splitlines() if line.startswith(".text.")]
        ours = [name for name in sections if "6rpcctl" in name]
        self.assertGreater(len(ours), 100)
        gone = missing(RPCCTL, ours)
        self.assertLess(len(gone), (1 - ENOUGH) * len(ours), f"'./dev order' writes it anew; gone are {gone[:20]}")


if __name__ == "__main__":
    unittest.main()
