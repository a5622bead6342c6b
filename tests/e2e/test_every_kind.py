"""A message with every kind of field goes through items, JSON, text format and binary, in and out: one outcome."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from proto_types import ProtoTypes
from rpcctl_testing import TEST_PROTO_DIR, RpcctlTest
from server_process import PythonServer

TYPES = ProtoTypes([TEST_PROTO_DIR], ["kinds.proto"])

ALL_ITEMS = (
    "d=1.5", "f=-inf", "i32=-3", "i64=-9223372036854775808", "u32=4294967295", "u64=18446744073709551615", "s32=-7",
    "s64=-8", "fx32=9", "fx64=10", "sfx32=-11", "sfx64=-12", "flag=true", "name=Grüße, you", "blob=hex:00ff", "mood=calm",
    "inner.label=x", "inner.inner.label=y", "maybe=0", "packed=1", "packed=-2", "loose=3", "loose=4", "tags=a", "tags=",
    "inners.0.label=first", "inners.1:={}", "moods=MOOD_ANGRY", "moods=1", "labels.env=prod", "labels[a.b/c]=x",
    "by_number.-5.label=minus five", "by_bool.true=angry", "text=chosen", "at=2026-11-22T10:30:00.5Z", "wait=1h30m",
    "mask=name,inner.label", 'object:={"a":[1,null,"x"],"b":{}}', 'value:=[true]', 'list:=["x",2.5]',
    "any.@type=kinds.Inner", "any.label=inside", "maybe_flag=false", "maybe_i64=0", "maybe_name=", "maybe_blob=text:hi",
    "maybe_d=nan", "empty:={}", "veryOdd=odd")
ALL_JSON = (
    '{"d":1.5,"f":"-Infinity","i32":-3,"i64":"-9223372036854775808","u32":4294967295,"u64":"18446744073709551615",'
    '"s32":-7,"s64":"-8","fx32":9,"fx64":"10","sfx32":-11,"sfx64":"-12","flag":true,"name":"Grüße, you","blob":"AP8=",'
    '"mood":"MOOD_CALM","inner":{"label":"x","inner":{"label":"y"}},"maybe":0,"packed":[1,-2],"loose":[3,4],'
    '"tags":["a",""],"inners":[{"label":"first"},{}],"moods":["MOOD_ANGRY","MOOD_CALM"],'
    '"labels":{"a.b/c":"x","env":"prod"},"byNumber":{"-5":{"label":"minus five"}},"byBool":{"true":"MOOD_ANGRY"},'
    '"text":"chosen","at":"2026-11-22T10:30:00.500Z","wait":"5400s","mask":"name,inner.label",'
    '"object":{"a":[1,null,"x"],"b":{}},"value":[true],"list":["x",2.5],'
    '"any":{"@type":"type.googleapis.com/kinds.Inner","label":"inside"},"maybeFlag":false,"maybeI64":"0","maybeName":"",'
    '"maybeBlob":"aGk=","maybeD":"NaN","empty":{},"veryOdd":"odd"}')

OLD_ITEMS = ("id=old", "closed=FIRST", "address.city=Rome", "stop.0.number=1", "stop.1.number=2", "with_default=41",
             "[kinds.old.weight]=5", "[kinds.old.marks]=a", "[kinds.old.marks]=b", "[kinds.old.Note.note].text=hi")
OLD_JSON = ('{"id":"old","closed":"FIRST","address":{"city":"Rome"},"stop":[{"number":1},{"number":2}],"withDefault":41,'
            '"[kinds.old.weight]":5,"[kinds.old.marks]":["a","b"],"[kinds.old.Note.note]":{"text":"hi"}}')


class EveryKindTest(RpcctlTest):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(PythonServer())

    def echo(self, method, form, *words, stdin=b""):
        """What comes back for `words`, in the output format `form`."""
        return self.succeeds("call", method, *words, "-o", form, stdin=stdin, target=self.server.target).out

    def parsed(self, type_name, delimited):
        """The message in binary output, by protobuf's own parser."""
        length = shift = at = 0
        while True:
            byte = delimited[at]
            length |= (byte & 0x7F) << shift
            at, shift = at + 1, shift + 7
            if byte < 0x80:
                break
        self.assertEqual(len(delimited), at + length)
        return TYPES.message(type_name).FromString(delimited[at:])

    def goes_through(self, method, type_name, items, document):
        forms = {name: self.echo(method, name, *items) for name in ("jsonl", "json", "text", "binary")}
        self.assertEqual(forms["jsonl"].decode(), document + "\n")
        wanted = self.parsed(type_name, forms["binary"])
        # The text is also what protobuf's own parser reads.
        from google.protobuf import text_format
        read = TYPES.message(type_name)()
        text_format.Parse(forms["text"].decode(), read, descriptor_pool=TYPES.pool)
        self.assertEqual(_comparable(read), _comparable(wanted))
        ways_in = {"items": items, "data": ("-d", document), "json": ("-d", "@-"), "text": ("--in", "text", "@-"),
                   "binary": ("--in", "binary", "@-")}
        for way, words in ways_in.items():
            for form, expected in forms.items():
                with self.subTest(way=way, form=form):
                    out = self.echo(method, form, *words, stdin=forms.get(way, b""))
                    if form == "binary":
                        self.assertEqual(_comparable(self.parsed(type_name, out)), _comparable(wanted))
                    else:
                        self.assertEqual(out, expected)

    def test_proto3(self):
        self.goes_through("Echo", "kinds.All", ALL_ITEMS, ALL_JSON)

    def test_proto2(self):
        self.goes_through("EchoOld", "kinds.old.Old", OLD_ITEMS, OLD_JSON)

    def test_items_of_it_make_it_again(self):
        for method, items, document in (("Echo", ALL_ITEMS, ALL_JSON), ("EchoOld", OLD_ITEMS, OLD_JSON)):
            with self.subTest(method=method):
                import shlex
                line = self.succeeds("call", method, "-d", document, "--as", "items", target=self.server.target).stdout
                words = shlex.split(line)
                self.assertEqual(words[:2], ["rpcctl", "call"])
                outcome = self.succeeds(*words[1:], "-o", "jsonl")
                self.assertEqual(outcome.stdout, document + "\n")


def _comparable(message):
    """NaN is not equal to itself; its text is."""
    return str(message)


if __name__ == "__main__":
    unittest.main()
