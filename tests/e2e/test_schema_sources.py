"""One table of behaviour, the same whatever the schema comes from: reflection v1, v1alpha, .proto files, descriptor
sets, and what stands behind what."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from proto_types import descriptor_set
from rpcctl_testing import INPUT, SCHEMA, TEST_PROTO_DIR, USAGE, RpcctlTest, status_code
from server_process import PythonServer

OFFICE, VAULT = "post/v1/office.proto", "post/v1/vault.proto"

# Words, and what they print.
ANSWERS = (
    (("list", "PostOffice"), "post.v1.PostOffice.Correspond\npost.v1.PostOffice.Deposit\npost.v1.PostOffice.Send\n"
                             "post.v1.PostOffice.Track\n"),
    (("list", "vault", "-l"), "post.v1.Vault.Exchange(stream post.v1.Parcel) returns (stream post.v1.Parcel)\n"
                              "post.v1.Vault.Keep(post.v1.Parcel) returns (post.v1.Parcel)\n"
                              "post.v1.Vault.Open(post.v1.Parcel) returns (stream post.v1.Parcel)\n"),
    (("describe", "PostOffice.Send"), "// method post.v1.PostOffice.Send, in post/v1/office.proto\n"
                                      "// Takes one letter in.\nrpc Send(Letter) returns (Receipt);\n"),
    (("describe", "post.v1.Receipt", "CLASS_FIRST"),
     "// message post.v1.Receipt, in post/v1/office.proto\nmessage Receipt {\n"
     "  // 64 bits, to be printed as a string.\n  int64 number = 1;\n  Letter letter = 2;\n}\n\n"
     "// enum value post.v1.CLASS_FIRST, in post/v1/letter.proto\nCLASS_FIRST = 1;\n"),
    (("describe", "Letter.return_to"), "// oneof post.v1.Letter.return_to, in post/v1/letter.proto\n"
                                       "oneof return_to {\n  string sender = 6;\n  int32 box = 7;\n}\n"),
    (("describe", "Letter.posted", "-o", "json"),
     '{\n  "name": "posted",\n  "number": 4,\n  "label": "LABEL_OPTIONAL",\n  "type": "TYPE_MESSAGE",\n'
     '  "typeName": ".google.protobuf.Timestamp",\n  "jsonName": "posted"\n}\n'),
    (("describe", "google.protobuf.Any.type_url"),
     "// field google.protobuf.Any.type_url, in google/protobuf/any.proto\nstring type_url = 1;\n"),
    (("call", "PostOffice.Send", "recipient=Ada", "class=first", "posted=2026-11-22"),
     '{"number":"9007199254740993","letter":{"recipient":"Ada","class":"CLASS_FIRST",'
     '"posted":"2026-11-22T00:00:00Z"}}\n'),
    (("call", "post.v1.PostOffice/Track", "letter.recipient=Ada", "-f", "{place}"), "Counter\nVan\nDoor of Ada\n"),
    (("call", "deposit", "recipient=Ada", ",", "recipient=Bob"), '{"count":2,"recipients":["Ada","Bob"]}\n'),
    (("call", "Correspond", "-d", '{"recipient":"Ada","sender":"Ann"}', "-f", "{recipient}"), "Ann\n"),
    (("call", "Vault.Keep", "content.@type=post.v1.Parcel", "--dry-run"),
     '{"content":{"@type":"type.googleapis.com/post.v1.Parcel"}}\n'),
)

# Words, the exit code, the error and its hint; {source} stands for how the schema's source is called.
REFUSALS = (
    (("call", "PostOffice.Sned"), SCHEMA, "no method 'Sned' in post.v1.PostOffice", "did you mean 'Send'?"),
    (("call", "post.v1.PostOfice.Send"), SCHEMA, "no service 'post.v1.PostOfice' is known to {source}",
     "did you mean 'post.v1.PostOffice'?"),
    (("list", "Valut"), SCHEMA, "no service 'Valut' is known to {source}", "did you mean 'post.v1.Vault'?"),
    (("describe", "post.v1.Leter"), SCHEMA, "no symbol 'post.v1.Leter' is known to {source}",
     "did you mean 'post.v1.Letter'?"),
    (("call", "PostOffice"), USAGE, "'post.v1.PostOffice' is a service, a method is needed", "it has"),
    (("call", "PostOffice.Send", "recipent=Ada"), INPUT, "recipent: no such field in Letter",
     "did you mean 'recipient'?"),
    (("call", "PostOffice.Send", "class=third"), INPUT, None, None),
    (("call", "PostOffice.Send", "sender=a", "box=1"), INPUT, None, None),
    (("call", "Vault.Keep", "content.@type=post.v1.Crown"), INPUT,
     "content.@type: no message type is called 'post.v1.Crown'",
     "@type takes the full name of a type that the schema has: pkg.Type"),
    (("call", "PostOffice.Track", "-f", "{plac}"), USAGE, "--format: plac: no such field in post.v1.Event",
     "did you mean 'place'?"),
    (("call", "PostOffice.Send"), status_code(9), "FAILED_PRECONDITION (9): a letter needs a recipient", ""),
)


class Table:
    """Both tables; `words` choose the source, which is called `source`."""

    reflection = "none"
    words = ()
    source = ""

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(PythonServer(cls.reflection))

    def test_answers(self):
        for words, expected in ANSWERS:
            with self.subTest(words=words):
                self.prints(expected, *words, *self.words, target=self.server.target)

    def test_refusals(self):
        for words, code, message, hint in REFUSALS:
            with self.subTest(words=words):
                outcome = self.fails(code, *words, *self.words, target=self.server.target)
                self.assertEqual(outcome.out, b"")
                if message is not None:
                    self.assertEqual(outcome.error(), message.format(source=self.source or self.named_server()))
                    self.assertEqual(outcome.hint(), hint)

    def test_its_services_are_listed(self):
        lines = self.succeeds("list", *self.words, target=self.server.target).lines
        self.assertLessEqual({"post.v1.PostOffice", "post.v1.Vault"}, set(lines))
        self.assertEqual(lines, sorted(set(lines)))

    def named_server(self):
        return f"the server at {self.server.target}"


class ReflectionTest(Table, RpcctlTest):
    reflection = "v1"


class OldReflectionTest(Table, RpcctlTest):
    reflection = "v1alpha"


class ProtoFilesTest(Table, RpcctlTest):
    words = ("--proto", TEST_PROTO_DIR / OFFICE, "--proto", TEST_PROTO_DIR / VAULT, "-I", TEST_PROTO_DIR)
    source = "the .proto files"


class FolderTest(Table, RpcctlTest):
    words = ("--proto", TEST_PROTO_DIR)
    source = "the .proto files"


class DescriptorSetTest(Table, RpcctlTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        path = cls.enterClassContext(descriptor_set([TEST_PROTO_DIR], [OFFICE, VAULT]))
        cls.words = ("--protoset", path)
        cls.source = f"the descriptor set '{path}'"


class SeveralSetsTest(Table, RpcctlTest):
    source = "the descriptor sets"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        sets = [cls.enterClassContext(descriptor_set([TEST_PROTO_DIR], [file])) for file in (VAULT, OFFICE)]
        cls.words = ("--protoset", sets[0], "--protoset", sets[1])


class MixedFilesTest(Table, RpcctlTest):
    """One service from a .proto file, the other from a descriptor set."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        path = cls.enterClassContext(descriptor_set([TEST_PROTO_DIR], [OFFICE]))
        cls.words = ("--protoset", path, "--proto", TEST_PROTO_DIR / VAULT, "-I", TEST_PROTO_DIR)
        cls.source = f"the .proto files or the descriptor set '{path}'"


class FilesAndReflectionTest(Table, RpcctlTest):
    """One service from a file, the other from the server behind it."""

    reflection = "both"
    words = ("--proto", TEST_PROTO_DIR / VAULT, "-I", TEST_PROTO_DIR, "--reflection")

    def named_server(self):
        return f"the .proto files or the server at {self.server.target}"


class PrecedenceTest(RpcctlTest):
    """What is in two sources is taken from the first: .proto files, descriptor sets, the server."""

    NEWER = """syntax = "proto3";
package post.v1;
service PostOffice { rpc Send(Letter) returns (Letter); rpc Burn(Letter) returns (Letter); }
message Letter { string recipient = 1; string colour = 99; }
"""

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(PythonServer("both"))

    def newer(self, name):
        folder = self.temporary_folder()
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.NEWER)
        return ("--proto", path, "-I", folder)

    def ok(self, *words):
        return self.succeeds(*words, target=self.server.target).stdout

    def test_a_file_of_the_same_name_stands_in_for_the_servers(self):
        files = (*self.newer(OFFICE), "--reflection")
        self.assertEqual(self.ok("list", "PostOffice", *files), "post.v1.PostOffice.Burn\npost.v1.PostOffice.Send\n")
        self.assertIn("colour", self.ok("describe", "PostOffice.Send", "Letter", *files))
        self.assertEqual(self.ok("call", "PostOffice.Send", "recipient=a", "colour=red", "--dry-run", *files),
                         '{"recipient":"a","colour":"red"}\n')
        self.assertIn("post.v1.Vault.Keep\n", self.ok("list", "Vault", *files))

    def test_a_file_of_another_name_stands_in_where_it_declares_the_service(self):
        files = (*self.newer("mine.proto"), "--reflection")
        self.assertEqual(self.ok("call", "PostOffice.Burn", "colour=red", "--dry-run", *files), '{"colour":"red"}\n')
        self.assertEqual(self.ok("call", "Vault.Keep", "--dry-run", *files), "{}\n")

    def test_proto_files_come_before_descriptor_sets(self):
        with descriptor_set([TEST_PROTO_DIR], [OFFICE]) as path:
            words = ("--protoset", path, *self.newer(OFFICE))
            self.assertEqual(self.ok("list", "PostOffice", *words),
                             "post.v1.PostOffice.Burn\npost.v1.PostOffice.Send\n")

    def test_with_files_alone_the_server_is_not_asked(self):
        outcome = self.fails(SCHEMA, "list", "Vault", *self.newer(OFFICE), target=self.server.target)
        self.assertEqual(outcome.error(), "no service 'Vault' is known to the .proto files")

    def test_all_services_are_listed_together(self):
        lines = self.ok("list", *self.newer(OFFICE), "--reflection").splitlines()
        self.assertEqual(lines, sorted({*lines, "post.v1.PostOffice", "post.v1.Vault",
                                        "grpc.reflection.v1.ServerReflection"}))

    def test_v_tells_all_sources(self):
        files = self.newer(OFFICE)
        outcome = self.succeeds("list", *files, "--reflection", "-v", talks=True, target=self.server.target)
        self.assertIn(f"* schema: {files[1]} and reflection of {self.server.target}", outcome.stderr)


class BrokenFileTest(RpcctlTest):
    """A broken .proto is told with its path, line and column, whatever is wrong with it."""

    CASES = (("message M {\n  string s = 1\n}\n", ":4:1: Expected \";\""),
             ("message M {\n  Missing m = 1;\n}\n", ":3:3: \"Missing\" is not defined"),
             ("message M { string a = 1;\n  string b = 1; }\n", ":3:14: Field number 1 has already been used"),
             ("import \"nowhere.proto\";\nmessage M {}\n", ":2:1: import \"nowhere.proto\" is not found"),
             ("message M {}\nmessage M {}\n", ":3:9: \"M\" is already defined"),
             ("service S {\n  rpc Do(Missing) returns (Missing);\n}\n", ":3:10: \"Missing\" is not defined"))

    def test_the_place_is_told(self):
        for text, expected in self.CASES:
            with self.subTest(text=text):
                path = self.temporary_folder() / "api" / "v1" / "broken.proto"
                path.parent.mkdir(parents=True)
                path.write_text('syntax = "proto3";\n' + text)
                for words in (("describe", "M"), ("describe", "S")):
                    outcome = self.fails(SCHEMA, *words, "--proto", path, target="127.0.0.1:1")
                    if "no symbol" in outcome.error():
                        continue
                    self.assertTrue(outcome.error().startswith(f"{path}{expected}"), outcome)
                    break
                else:
                    self.fail("the broken file was not told")


if __name__ == "__main__":
    unittest.main()
