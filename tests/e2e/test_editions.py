"""Files of an edition, which the protobuf underneath does not know: from reflection, descriptor sets and .proto files."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from edition_shop import EDITION_2023, EDITION_2024, ShopTypes
from rpcctl_testing import INPUT, ROOT, SCHEMA, RpcctlTest
from server_process import EditionServer, ReferenceServer
from wire import bytes_field, close_group, number_field, open_group, varint

DATA = ROOT / "tests" / "support" / "editions"
DESCRIBED = """// message shop.v1.Order, in shop.proto: edition 2023, features.utf8_validation = NONE
message Order {
  int32 id = 1;
  int32 count = 2 [features.field_presence = IMPLICIT];
  string key = 3 [features.field_presence = LEGACY_REQUIRED, features.utf8_validation = VERIFY];
  repeated Line lines = 4 [features.message_encoding = DELIMITED];
  State state = 5;
  Mood mood = 6;
  repeated int32 sizes = 7 [features.repeated_field_encoding = EXPANDED];
  repeated int32 weights = 8;
  string note = 9;
  int32 priority = 10 [default = 3];
}
"""
KEY = bytes_field(3, "k")


def line(article):
    return open_group(4) + bytes_field(1, article) + close_group(4)


# Words, the request's bytes, and the response printed again.
MESSAGES = (
    (("key=k", "id=0", "count=0"), number_field(1, 0) + KEY, '{"id":0,"key":"k"}'),
    (("key=k", "count=2"), number_field(2, 2) + KEY, '{"count":2,"key":"k"}'),
    (("key=k", "lines.0.article=tea", "lines.1.article=jam"), KEY + line("tea") + line("jam"),
     '{"key":"k","lines":[{"article":"tea"},{"article":"jam"}]}'),
    (("-d", '{"key":"k","lines":[{"article":"tea"}],"state":"STATE_SHUT","mood":1}'),
     KEY + line("tea") + number_field(5, 1) + number_field(6, 1),
     '{"key":"k","lines":[{"article":"tea"}],"state":"STATE_SHUT","mood":"MOOD_GOOD"}'),
    (("-d", '{"key":"k","sizes":[1,2],"weights":[1,2]}'),
     KEY + number_field(7, 1) + number_field(7, 2) + bytes_field(8, b"\x01\x02"),
     '{"key":"k","sizes":[1,2],"weights":[1,2]}'),
    (("--in", "text", "-d", 'key: "k" lines { article: "tea" } count: 0 id: 5'), number_field(1, 5) + KEY + line("tea"),
     '{"id":5,"key":"k","lines":[{"article":"tea"}]}'),
)


class Editions:
    """With every schema source; `words` choose it."""

    words = ()

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(EditionServer(EDITION_2023))

    def echoes(self, *words, **how):
        return self.succeeds("call", "Shop.Echo", *words, *self.words, target=self.server.target, **how)

    def test_list(self):
        self.prints("shop.v1.Shop.Echo(shop.v1.Order) returns (shop.v1.Order)\n", "list", "Shop", "-l", *self.words,
                    target=self.server.target)

    def test_describe(self):
        self.prints(DESCRIBED, "describe", "shop.v1.Order", *self.words, target=self.server.target)

    def test_describe_as_json_shows_the_features_and_nothing_else(self):
        outcome = self.succeeds("describe", "Order.count", "State", "Order.weights", "-o", "json", *self.words,
                                target=self.server.target)
        count, state, weights = outcome.documents()
        self.assertEqual(count["options"], {"features": {"fieldPresence": "IMPLICIT"}})
        self.assertEqual(state["options"], {"features": {"enumType": "CLOSED"}})
        self.assertNotIn("options", weights)

    def test_calls(self):
        for words, wire, json in MESSAGES:
            with self.subTest(words=words):
                self.assertEqual(self.echoes(*words, "-o", "binary").out, varint(len(wire)) + wire)
                self.assertEqual(self.echoes(*words, "-o", "jsonl").stdout, json + "\n")

    def test_text_out(self):
        wire = KEY + line("tea") + number_field(2, 0)
        outcome = self.echoes("--in", "binary", "@-", "-o", "text", stdin=varint(len(wire)) + wire)
        self.assertEqual(outcome.stdout, 'key: "k"\nlines {\n  article: "tea"\n}\n')

    def test_what_a_request_may_not_be(self):
        for words, expected in ((("id=1",), "the required field key is not set"),
                                (("key=k", "state=7"), "state: expected enum shop.v1.State, found '7'"),
                                (("-d", '{"key":"k","state":7}'), "state: 7 is not a value of enum shop.v1.State")):
            with self.subTest(words=words):
                outcome = self.fails(INPUT, "call", "Shop.Echo", *words, *self.words, target=self.server.target)
                self.assertIn(expected, outcome.error())

    def test_an_open_enum_takes_any_number(self):
        wire = KEY + number_field(6, 77)
        for words in (("key=k", "mood=77"), ("-d", '{"key":"k","mood":77}')):
            self.assertEqual(self.echoes(*words, "-o", "binary").out, varint(len(wire)) + wire)

    def test_strings_are_checked_where_the_feature_says_so(self):
        for wire, good in ((KEY + bytes_field(9, b"\xff"), True), (bytes_field(3, b"\xff"), False)):
            words = ("call", "Shop.Echo", "--in", "binary", "@-", "-o", "binary", *self.words)
            stdin = varint(len(wire)) + wire
            if good:
                self.assertEqual(self.succeeds(*words, stdin=stdin, target=self.server.target).out, stdin)
            else:
                outcome = self.fails(INPUT, *words, stdin=stdin, target=self.server.target)
                self.assertIn("invalid UTF-8", outcome.error())

    def test_a_template_can_be_called(self):
        template = self.succeeds("template", "Shop.Echo", *self.words, target=self.server.target).stdout
        self.assertIn('"key"', template)
        self.echoes("-d", template)

    def test_export(self):
        folder = self.temporary_folder()
        self.succeeds("export", "shop.v1.Shop", "--to-dir", folder, *self.words, target=self.server.target)
        text = (folder / "shop.proto").read_text()
        self.assertTrue(text.startswith('edition = "2023";\n') or '\nedition = "2023";\n' in text, text)
        self.succeeds("export", "shop.v1.Shop", "--to", folder / "set", *self.words, target=self.server.target)
        for source in (("--proto", folder / "shop.proto"), ("--protoset", folder / "set")):
            self.prints(DESCRIBED, "describe", "shop.v1.Order", *source)


class ReflectionTest(Editions, RpcctlTest):
    pass


class ProtoTest(Editions, RpcctlTest):
    words = ("--proto", DATA / "shop.proto")

    def test_describe(self):
        self.prints(DESCRIBED, "describe", "shop.v1.Order", *self.words)


class DescriptorSetTest(Editions, RpcctlTest):
    def setUp(self):
        self.set = self.temporary_folder() / "shop.pb"
        self.set.write_bytes(ShopTypes().files.SerializeToString())
        self.words = ("--protoset", self.set)

    def test_export_keeps_every_byte(self):
        copy = self.set.with_name("copy.pb")
        self.succeeds("export", "--to", copy, *self.words)
        self.assertEqual(copy.read_bytes(), self.set.read_bytes())


class Edition2024Test(RpcctlTest):
    def test_its_descriptors_work(self):
        server = self.enterContext(EditionServer(EDITION_2024))
        outcome = self.succeeds("call", "Shop.Echo", "key=k", "lines.0.article=tea", "count=0", "-o", "jsonl",
                                target=server.target)
        self.assertEqual(outcome.stdout, '{"key":"k","lines":[{"article":"tea"}]}\n')
        self.assertIn("edition 2024", self.succeeds("describe", "Order", target=server.target).stdout)

    def test_an_edition_to_come_is_refused_by_name(self):
        server = self.enterContext(EditionServer(1002))
        outcome = self.fails(SCHEMA, "describe", "shop.v1.Shop", target=server.target)
        self.assertEqual(outcome.error(), "shop.proto: uses protobuf edition 2026")
        self.assertEqual(outcome.hint(), "known are the editions 2023 and 2024")

    def test_its_text_is_refused_with_the_way_out(self):
        file = self.temporary_folder() / "new.proto"
        file.write_text('// new\nedition = "2024";\nexport message M {}\n')
        outcome = self.fails(SCHEMA, "describe", "M", "--proto", file)
        self.assertEqual(outcome.error(),
                         f"{file}:2:11: the text of edition 2024 is not understood here, its descriptors are")
        self.assertIn("--protoset", outcome.hint())


class SourceTest(RpcctlTest):
    """.proto files of edition 2023."""

    def test_route_guide_is_called_as_its_server_has_it(self):
        server = self.enterContext(ReferenceServer())
        words = ("--proto", DATA / "route_guide.proto")
        self.prints('{"name":"Origin Buoy","location":{}}\n', "call", "GetFeature", *words, target=server.target)
        self.prints('{"location":{"latitude":1}}\n', "call", "GetFeature", "latitude=1", "longitude=0", *words,
                    target=server.target)
        outcome = self.succeeds("describe", "Point", *words)
        self.assertTrue(outcome.stdout.startswith(
            "// message routeguide.Point, in route_guide.proto: edition 2023, features.field_presence = IMPLICIT\n"))

    def test_mistakes_have_their_places(self):
        folder = self.temporary_folder()
        for text, error, hint in (
                ("message M {\n  required int32 a = 1;\n}", "3:3: the label 'required' does not exist in editions",
                 "it is written [features.field_presence = LEGACY_REQUIRED]"),
                ("message M { int32 a = 1 [features.field_presence = NO]; }",
                 "2:52: expected a value of features.field_presence, found 'NO'",
                 "its values are EXPLICIT, IMPLICIT and LEGACY_REQUIRED"),
                ("option features.enum_typ = OPEN;", "2:8: there is no feature 'enum_typ'",
                 "did you mean 'enum_type'?")):
            with self.subTest(text=text):
                file = folder / "a.proto"
                file.write_text(f'edition = "2023";\n{text}\n')
                outcome = self.fails(SCHEMA, "describe", "M", "--proto", file)
                self.assertEqual(outcome.error(), f"{file}:{error}")
                self.assertEqual(outcome.hint(), hint)

    def test_proto2_proto3_and_editions_import_each_other(self):
        folder = self.temporary_folder()
        (folder / "new.proto").write_text('edition = "2023";\nimport "three.proto";\nimport "two.proto";\n'
                                          "message New { Three three = 1; Two two = 2; }\nenum Open { O = 0; }\n"
                                          "message Extended { extensions 5; }\n")
        (folder / "three.proto").write_text('syntax = "proto3";\nmessage Three { optional int32 i = 1; }\n')
        (folder / "two.proto").write_text('syntax = "proto2";\nmessage Two { required int32 i = 1; }\n')
        (folder / "user.proto").write_text('syntax = "proto3";\nimport "new.proto";\n'
                                           "message User { New new = 1; Open open = 2; optional int32 i = 3; }\n")
        self.prints("// message User, in user.proto\nmessage User {\n  New new = 1;\n  Open open = 2;\n"
                    "  optional int32 i = 3;\n}\n", "describe", "User", "--proto", folder)


if __name__ == "__main__":
    unittest.main()
