"""Schemas made to blow a template up: it ends, says that it is cut, and the memory stays small."""

import pathlib
import sys
import unittest

from google.protobuf import descriptor_pb2

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from hostile_faults import EVIL
from hostile_reflection import FileAnswers, file_descriptor, serving
from hostile_server import HostileServer
from live_process import SLOWNESS
from rpcctl_testing import RpcctlTest, run_measured

INT32, MESSAGE, ENUM = 5, 11, 14
OPTIONAL, REQUIRED, REPEATED = 1, 2, 3
MOST_FIELDS = 1000
MOST_MIB = 150 * SLOWNESS
ODD_NAME = "\"}, $(touch x) // \\u0041"
NOTE = "rpcctl: note: evil.{} is too large for a template, which leaves fields out\n"


def message(name, count, inner=None, label=OPTIONAL):
    """A message with `count` fields: numbers, or messages of the type `inner`."""
    made = descriptor_pb2.DescriptorProto(name=name)
    for number in range(1, count + 1):
        field = made.field.add(name=f"f{number}", number=number if number < 19000 else number + 1000, label=label)
        field.type = MESSAGE if inner else INT32
        if inner:
            field.type_name = f".evil.{inner}"
    return made


class HostileTemplateTest(RpcctlTest):
    def templates(self, *messages, syntax="proto3", file=None):
        """Both forms for the first message, each with and without comments; a list of outcomes."""
        file = file or file_descriptor("evil.proto", package="evil", messages=messages, services=["Service"],
                                       syntax=syntax)
        server = self.enterContext(HostileServer(serving(FileAnswers(file))))
        outcomes = []
        for options in ((), ("--comments",), ("--as", "items"), ("--as", "items", "--comments")):
            outcome, peak = run_measured("template", "evil.Service.Do", *options, target=server.target,
                                         seconds=60 * SLOWNESS)
            self.assertEqual(outcome.code, 0, outcome)
            self.check_rules(outcome, talks=True)
            self.assertLess(peak, MOST_MIB)
            outcomes.append(outcome)
        return outcomes

    def are_cut(self, name, outcomes):
        for outcome in outcomes:
            self.assertIn(NOTE.format(name), outcome.stderr)
            self.assertIn(f"'rpcctl describe evil.{name}' shows all\n", outcome.stderr)
        self.assertLessEqual(len(outcomes[2].lines), MOST_FIELDS)
        self.assertLess(len(outcomes[0].out), 1 << 20)

    def test_a_message_of_100000_fields(self):
        outcomes = self.templates(message("Wide", 100000))
        self.are_cut("Wide", outcomes)
        self.assertEqual(outcomes[2].lines[0], "f1=0")

    def test_types_linked_20000_deep(self):
        chain = [message(f"M{number}", 1, f"M{number + 1}") for number in range(20000)]
        self.are_cut("M0", self.templates(*chain, message("M20000", 1)))

    def test_types_that_multiply(self):
        levels = [message(f"L{number}", 10, f"L{number + 1}", REPEATED) for number in range(60)]
        self.are_cut("L0", self.templates(*levels, message("L60", 10)))

    def test_types_that_all_hold_each_other(self):
        every = [descriptor_pb2.DescriptorProto(name=f"T{number}") for number in range(40)]
        for holder in every:
            for number in range(40):
                holder.field.add(name=f"t{number}", number=number + 1, label=OPTIONAL, type=MESSAGE,
                                 type_name=f".evil.T{number}")
        self.are_cut("T0", self.templates(*every))

    def test_required_fields_without_an_end(self):
        self.templates(message("R", 3, "R", REQUIRED), syntax="proto2")

    def test_a_oneof_and_an_enum_of_many_members(self):
        made = message("Many", 20000)
        made.oneof_decl.add(name="choice")
        for field in made.field:
            field.oneof_index = 0
        made.enum_type.add(name="E").value.extend(
            descriptor_pb2.EnumValueDescriptorProto(name=f"V{number}", number=number) for number in range(20000))
        made.field.add(name="e", number=100000, label=OPTIONAL, type=ENUM, type_name=".evil.Many.E")
        document, comments, items, both = self.templates(made)
        self.assertEqual(document.documents(), [{"f1": 0, "e": "V0"}])
        self.assertEqual(items.stdout, "f1=0\ne=V0\n")
        self.assertIn("or 19987 more", comments.stderr)
        self.assertIn("# e: enum evil.Many.E; V0, V1,", both.stdout)

    def test_names_and_comments_that_attack_a_terminal(self):
        made = message("Odd", 2)
        made.field[0].json_name = ODD_NAME
        file = file_descriptor("evil.proto", package="evil", messages=[made], services=["Service"])
        for index in range(2):
            file.source_code_info.location.add(path=[4, 0, 2, index], span=[1, 1, 1],
                                               leading_comments=EVIL + "\n$(touch x)\n" * 5000)
        document, comments, items, both = self.templates(file=file)
        self.assertEqual(document.documents(), [{ODD_NAME: 0, "f2": 0}])
        self.assertEqual(items.stdout, "f1=0\nf2=0\n")
        self.assertLess(len(comments.stderr), 2000)
        self.assertTrue(all(line.startswith("#") or line in ("f1=0", "f2=0") for line in both.lines))


if __name__ == "__main__":
    unittest.main()
