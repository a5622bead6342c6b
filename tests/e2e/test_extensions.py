"""Extensions of proto2 that the method's own files do not lead to, through every schema source."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from proto_types import descriptor_set
from rpcctl_testing import INPUT, TEST_PROTO_DIR, USAGE, RpcctlTest, start
from server_process import PythonServer

WHOLE = ('{"motif":"Queen","[post.v1.worth]":7,"[post.v1.Postmark.postmark]":{"place":"Ayr"},'
         '"[post.v1.flaws]":["torn","bent"]}')
ITEMS = ("motif=Queen", "[post.v1.worth]=7", "[post.v1.Postmark.postmark].place=Ayr", "[post.v1.flaws]=torn",
         "[post.v1.flaws]=bent")
ALBUM, POSTMARK = "post/v1/album.proto", "post/v1/postmark.proto"


class Extensions:
    """With every schema source that knows them; `words` choose it."""

    reflection = "both"
    words = ()

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(PythonServer(cls.reflection))

    def prints(self, expected, *words, **how):
        return super().prints(expected, *words, *self.words, target=self.server.target, **how)

    def test_from_items(self):
        self.prints(WHOLE + "\n", "call", "Album.Stick", *ITEMS)

    def test_from_data(self):
        self.prints(WHOLE + "\n", "call", "Album.Stick", "-d", WHOLE)

    def test_items_over_data(self):
        self.prints(WHOLE + "\n", "call", "Album.Stick", "-d", WHOLE.replace(":7,", ":1,"), "[post.v1.worth]=7")

    def test_inside_another_message(self):
        self.prints(f'{{"copyOf":{WHOLE}}}\n', "call", "Album.Stick", f"copy_of:={WHOLE}")
        self.prints('{"copyOf":{"[post.v1.worth]":7}}\n', "call", "Album.Stick", "copy_of[post.v1.worth]=7")

    def test_a_dry_run(self):
        self.prints(WHOLE + "\n", "call", "Album.Stick", "--dry-run", *ITEMS)

    def test_in_responses_that_nobody_has_named_them_in(self):
        self.prints(f'{WHOLE}\n{{"copyOf":{WHOLE}}}\n{{"motif":"King"}}\n', "call", "Album.Browse")

    def test_a_template(self):
        self.prints("7 Ayr\n", "call", "Album.Browse", "--limit", "1", "-f",
                    "{[post.v1.worth]} {[post.v1.Postmark.postmark].place}")

    def test_in_the_middle_of_a_live_stream(self):
        with start("call", "Album.Swap", "@-", *self.words, target=self.server.target) as call:
            for document in ('{"motif":"King"}', WHOLE, WHOLE):
                call.write(document.encode())
                self.assertEqual(call.read_line(), document)
            call.close_stdin()
            self.assertEqual(call.wait(), 0)

    def test_one_that_nobody_knows(self):
        for words in (("[post.v1.price]=7",), ("-d", '{"[post.v1.price]":7}'), ("[post.v1.Stamp.motif]=x",)):
            with self.subTest(words=words):
                outcome = self.fails(INPUT, "call", "Album.Stick", *words, *self.words, target=self.server.target)
                self.assertIn("[post.v1.", outcome.error())
        outcome = self.fails(USAGE, "call", "Album.Browse", "-f", "{[post.v1.price]}", *self.words,
                             target=self.server.target)
        self.assertIn("post.v1.price", outcome.error())

    def test_it_is_described(self):
        self.prints("// extension post.v1.worth, in post/v1/postmark.proto\n"
                    "extend Stamp {\n  optional int32 worth = 100;\n}\n", "describe", "post.v1.worth")


class ReflectionTest(Extensions, RpcctlTest):
    pass


class OldReflectionTest(Extensions, RpcctlTest):
    reflection = "v1alpha"


class FilesTest(Extensions, RpcctlTest):
    reflection = "none"
    words = ("--proto", TEST_PROTO_DIR / ALBUM, "--proto", TEST_PROTO_DIR / POSTMARK, "-I", TEST_PROTO_DIR)


class DescriptorSetTest(Extensions, RpcctlTest):
    reflection = "none"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        path = cls.enterClassContext(descriptor_set([TEST_PROTO_DIR], [POSTMARK, ALBUM]))
        cls.words = ("--protoset", path)


class TwoSourcesTest(Extensions, RpcctlTest):
    """The service from a file, the extensions from the server behind it."""

    words = ("--proto", TEST_PROTO_DIR / ALBUM, "-I", TEST_PROTO_DIR, "--reflection")

    def test_without_the_server_they_are_unknown(self):
        outcome = self.fails(INPUT, "call", "Album.Stick", "[post.v1.worth]=7", *self.words[:-1],
                             target=self.server.target)
        self.assertEqual(outcome.error(), "[post.v1.worth]: no such extension of Stamp")
        outcome = self.succeeds("call", "Album.Browse", *self.words[:-1], "--limit", "1", target=self.server.target)
        self.assertEqual(outcome.stdout, '{"motif":"Queen"}\n')


if __name__ == "__main__":
    unittest.main()
