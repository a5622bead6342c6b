"""TAB in fish, under a pseudo-terminal."""

import pathlib
import shutil
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import completion_cases


@completion_cases.with_cases
class FishTest(completion_cases.ShellTests):
    shell = "fish"


if __name__ == "__main__":
    if shutil.which("fish") is None:
        print("fish is not installed")
        sys.exit(77)
    unittest.main()
