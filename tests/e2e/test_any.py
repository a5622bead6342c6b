"""google.protobuf.Any whose content is of a type that the method's own files do not lead to."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from rpcctl_testing import INPUT, TEST_PROTO_DIR, USAGE, RpcctlTest, start, status_code
from server_process import PythonServer

_RING = '{"@type":"type.googleapis.com/post.v1.Ring","stone":"ruby","carats":3}'
_COIN = '{"@type":"type.googleapis.com/post.v1.Coin","year":"1933"}'
_FOLDER = ("-I", TEST_PROTO_DIR)
_VAULT = ("--proto", TEST_PROTO_DIR / "post/v1/vault.proto", *_FOLDER)
_ALL = (*_VAULT, "--proto", TEST_PROTO_DIR / "post/v1/valuables.proto", "--proto",
        TEST_PROTO_DIR / "post/v1/slip.proto")


def parcel(content):
    return f'{{"content":{content}}}'


class AnyContent:
    """With every schema source that knows the types; `words` choose it."""

    reflection = "both"
    words = ()
    knows_short_names = False  # of types that no service leads to

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(PythonServer(cls.reflection))

    def prints(self, expected, *words, **how):
        return super().prints(expected, *words, *self.words, target=self.server.target, **how)

    def test_from_items(self):
        self.prints(parcel(_RING) + "\n", "call", "Vault.Keep", "content.@type=post.v1.Ring", "content.stone=ruby",
                    "content.carats=3")

    def test_from_data(self):
        for words in (("-d", parcel(_RING)), (f"content:={_RING}",)):
            with self.subTest(words=words):
                self.prints(parcel(_RING) + "\n", "call", "Keep", *words)

    def test_the_type_may_come_last(self):
        data = '{"content":{"stone":"ruby","carats":3,"@type":"example.com/types/post.v1.Ring"}}'
        self.prints(parcel(_RING.replace("type.googleapis.com", "example.com/types")) + "\n", "call", "Keep", "-d", data)

    def test_one_inside_another(self):
        inner = f'{{"@type":"type.googleapis.com/post.v1.Parcel","content":{_COIN}}}'
        self.prints(parcel(inner) + "\n", "call", "Keep", "-d", parcel(inner))

    def test_several_types_in_one_message(self):
        data = f'{{"content":{_RING},"more":[{_COIN},{_RING},{_COIN}]}}'
        self.prints(data + "\n", "call", "Keep", "-d", data)

    def test_a_dry_run(self):
        self.prints(parcel(_RING) + "\n", "call", "Keep", "-d", parcel(_RING), "--dry-run")

    def test_responses_of_a_stream(self):
        self.prints("\n".join((
            parcel(_RING),
            parcel('{"@type":"type.googleapis.com/post.v1.Ring","stone":"opal"}'),
            parcel(f'{{"@type":"type.googleapis.com/post.v1.Parcel","content":{_COIN}}}'),
            parcel('{"@type":"type.googleapis.com/post.v1.Secret","@value":"CAE="}'),
            parcel('{"@type":"type.googleapis.com/post.v1.Ring","@value":"//8="}'))) + "\n", "call", "Vault.Open")

    def test_a_template(self):
        self.prints(_RING + "\n", "call", "Vault.Open", "-f", "{content}", "--limit", "1")

    def test_a_script_looks_inside(self):
        script = self.temporary_folder() / "vault.rpc"
        script.write_text(f"""case keeps a ring and a coin
  call Vault.Keep -d '{{"content":{_RING},"more":[{_COIN}]}}'
  expect .content.@type endswith /post.v1.Ring
  expect .content[post.v1.Ring].stone == ruby
  expect .content[post.v1.Ring].carats > 2
  expect .more[0][post.v1.Coin].year == 1933
  expect .more[0][post.v1.Ring] absent
""", encoding="utf-8")
        outcome = self.succeeds("test", script, *self.words, target=self.server.target)
        self.assertIn("1 passed, 0 failed", outcome.stdout)
        script.write_text(script.read_text(encoding="utf-8").replace(".stone", ".stnoe"), encoding="utf-8")
        outcome = self.fails(USAGE, "test", script, *self.words, target=self.server.target, talks=True)
        self.assertIn("vault.rpc:4:10: .content[post.v1.Ring].stnoe: no such field in post.v1.Ring", outcome.stderr)

    def test_a_short_name_in_a_script(self):
        """It means the same whether or not a line before it said the full one."""
        for before in ("", "  expect .content[post.v1.Ring] exists\n"):
            script = self.temporary_folder() / "vault.rpc"
            script.write_text(f"""case keeps a ring
  call Vault.Keep -d '{{"content":{_RING}}}'
{before}  expect .content[Ring].carats > 2
""", encoding="utf-8")
            with self.subTest(before=before):
                if self.knows_short_names:
                    self.succeeds("test", script, *self.words, target=self.server.target)
                    continue
                outcome = self.fails(USAGE, "test", script, *self.words, target=self.server.target, talks=True)
                self.assertIn(".content[Ring]: 'Ring' is no known type of a message\n", outcome.stderr)
                self.assertIn("a short name only finds what", outcome.stderr)

    def test_in_the_middle_of_a_live_stream(self):
        with start("call", "Exchange", "@-", "-o", "jsonl", *self.words, target=self.server.target) as call:
            for content in (_RING, _COIN, _RING, f'{{"@type":"type.googleapis.com/post.v1.Slip","example":{_COIN}}}'):
                call.write(parcel(content).encode())
                self.assertEqual(call.read_line(), parcel(content))
            call.close_stdin()
            self.assertEqual(call.wait(), 0)

    def test_an_error_detail(self):
        outcome = self.fails(status_code(9), "call", "Keep", *self.words, target=self.server.target)
        self.assertEqual(outcome.belonging("detail"),
                         [f'post.v1.Slip {{"reason":"nothing inside","example":{_COIN.replace("1933", "1840")}}}'])

    def test_a_type_that_nobody_knows(self):
        for words in (("content.@type=post.v1.Crown",), ("-d", '{"content":{"@type":"x/post.v1.Crown"}}')):
            with self.subTest(words=words):
                outcome = self.fails(INPUT, "call", "Keep", *words, *self.words, target=self.server.target)
                self.assertIn("post.v1.Crown", outcome.error())
                self.assertIn("content", outcome.error())

    def test_a_name_that_is_no_message(self):
        for name in ("post.v1.Vault", "post.v1.Vault.Keep", "post.v1.Ring.EngravingEntry", "post.v1", "", ".", "a..b"):
            with self.subTest(name=name):
                self.fails(INPUT, "call", "Keep", "-d", f'{{"content":{{"@type":"x/{name}"}}}}', *self.words,
                           target=self.server.target)


class ReflectionTest(AnyContent, RpcctlTest):
    pass


class OldReflectionTest(AnyContent, RpcctlTest):
    reflection = "v1alpha"


class FilesTest(AnyContent, RpcctlTest):
    reflection = "none"
    words = _ALL
    knows_short_names = True

    def test_only_the_files_that_were_given_are_known(self):
        outcome = self.fails(INPUT, "call", "Keep", "-d", parcel(_RING), *_VAULT, target=self.server.target)
        self.assertIn("post.v1.Ring", outcome.error())
        outcome = self.succeeds("call", "Vault.Open", *_VAULT, "--limit", "1", target=self.server.target)
        self.assertEqual(outcome.documents(), [{"content": {"@type": "type.googleapis.com/post.v1.Ring",
                                                            "@value": "CgRydWJ5EAM="}}])


if __name__ == "__main__":
    unittest.main()
