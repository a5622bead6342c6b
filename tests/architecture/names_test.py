"""No two types of namespace rpcctl have one name: the linker would take either's functions for both."""

import collections
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
_TYPE = re.compile(r"^(?:class|struct|enum class)\s+(?:\[\[[^\]]*\]\]\s*)?(\w+)\b(?!::)[^;{]*\{", re.MULTILINE)
_ANONYMOUS = re.compile(r"^namespace \{$.*?^\}  // namespace$", re.MULTILINE | re.DOTALL)


def types_in(text):
    """The types that a text defines for others to see."""
    return _TYPE.findall(_ANONYMOUS.sub("", text))


def doubles(texts):
    """Names that are defined in more than one of `texts`, which are by path."""
    places = collections.defaultdict(set)
    for path, text in texts.items():
        for name in types_in(text):
            places[name].add(path)
    return {name: sorted(paths) for name, paths in places.items() if len(paths) > 1}


class NamesTest(unittest.TestCase):
    def test_every_type_has_a_name_of_its_own(self):
        # The reference server has a namespace of its own.
        files = [path for top in ("src", "cmd/rpcctl") for path in (ROOT / top).rglob("*") if path.suffix in (".h", ".cc")]
        self.assertEqual(doubles({str(path.relative_to(ROOT)): path.read_text() for path in files}), {})

    def test_doubles_are_found_and_anonymous_ones_left_out(self):
        header = "namespace rpcctl {\nclass Thing final : public Base {\n};\nstruct Later;\n}\n"
        hidden = "namespace rpcctl {\nnamespace {\nstruct Thing {\n};\n}  // namespace\nstruct Other {\n};\n}\n"
        self.assertEqual(doubles({"a.h": header, "b.cc": hidden}), {})
        self.assertEqual(doubles({"a.h": header, "b.h": "struct Thing {\n"}), {"Thing": ["a.h", "b.h"]})


if __name__ == "__main__":
    unittest.main()
