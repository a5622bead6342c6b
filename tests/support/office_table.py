"""What every server of post.v1.PostOffice gets from rpcctl, and rpcctl from it: one table over all makes of servers."""

from rpcctl_testing import TEST_PROTO_DIR, start, status_code

OFFICE_PROTO = ("--proto", TEST_PROTO_DIR / "post/v1/office.proto", "-I", TEST_PROTO_DIR)


class AllKinds:
    """The tests of every server. `server_type` is made with `reflection`; `words` are what else the schema needs."""

    server_type = None
    reflection = "both"
    words = ()

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(cls.server_type(cls.reflection))

    def prints(self, expected, *words):
        return super().prints(expected, *words, *self.words, target=self.server.target)

    def test_unary(self):
        self.prints('{"number":"9007199254740993","letter":{"recipient":"Ada","class":"CLASS_FIRST"}}\n',
                    "call", "PostOffice.Send", "recipient=Ada", "class=first")
        self.assertEqual(self.server.next_call(), "/post.v1.PostOffice/Send OK")

    def test_server_streaming(self):
        self.prints('{"place":"Counter"}\n{"place":"Van"}\n{"place":"Door of Ada"}\n',
                    "call", "Track", "letter.recipient=Ada")
        self.assertEqual(self.server.next_call(), "/post.v1.PostOffice/Track OK")

    def test_client_streaming(self):
        self.prints('{"count":2,"recipients":["Ada","Bob"]}\n', "call", "Deposit", "recipient=Ada", ",",
                    "recipient=Bob")
        self.assertEqual(self.server.next_call(), "/post.v1.PostOffice/Deposit OK")

    def test_bidirectional_streaming(self):
        self.prints('{"recipient":"Ann","lines":["Thank you"],"sender":"Ada"}\n'
                    '{"recipient":"Ben","lines":["Thank you"],"sender":"Bob"}\n',
                    "call", "Correspond", "recipient=Ada", "sender=Ann", ",", "recipient=Bob", "sender=Ben")
        self.assertEqual(self.server.next_call(), "/post.v1.PostOffice/Correspond OK")

    def test_bidirectional_streaming_live(self):
        with start("call", "Correspond", "@-", "-f", "{recipient}", *self.words, target=self.server.target) as call:
            for name in ("Ann", "Ben"):
                call.write(b'{"sender":"%s"}\n' % name.encode())
                self.assertEqual(call.read_line(), name)
            call.close_stdin()
            self.assertEqual(call.wait(), 0)
        self.assertEqual(self.server.next_call(), "/post.v1.PostOffice/Correspond OK")

    def test_every_kind_of_field_goes_there_and_back(self):
        letter = ('{"recipient":"Ada","lines":["a","b"],"class":"CLASS_SECOND","posted":"2026-11-22T00:00:00Z",'
                  '"stamps":{"queen":"9007199254740993"},"box":7,"seal":"AP8="}')
        items = ("recipient=Ada", "lines=a", "lines=b", "class=CLASS_SECOND", "posted=2026-11-22",
                 "stamps.queen=9007199254740993", "box=7", "seal=hex:00ff")
        for request in (items, ("-d", letter)):
            with self.subTest(request=request):
                self.prints(f'{{"number":"9007199254740993","letter":{letter}}}\n', "call", "PostOffice/Send", *request)
                self.assertEqual(self.server.next_call(), "/post.v1.PostOffice/Send OK")

    def test_metadata_goes_there_and_comes_back(self):
        outcome = self.succeeds("call", "Send", "recipient=Ada", "-H", "x-shelf: 12", "-v", *self.words, talks=True,
                                target=self.server.target)
        self.assertIn("< x-shelf: 12\n", outcome.stderr)
        self.assertIn("< x-handled-by: clerk\n", outcome.stderr)
        self.assertEqual(self.server.next_call(), "/post.v1.PostOffice/Send OK")

    def test_an_error_with_details(self):
        outcome = self.fails(status_code(9), "call", "Send", *self.words, target=self.server.target)
        self.assertEqual(
            outcome.stderr,
            "rpcctl: error: FAILED_PRECONDITION (9): a letter needs a recipient\n"
            '  detail: google.rpc.BadRequest {"fieldViolations":[{"field":"recipient","description":"is empty"}]}\n')
        self.assertEqual(self.server.next_call(), "/post.v1.PostOffice/Send FAILED_PRECONDITION")

    def test_a_service_is_described(self):
        outcome = self.succeeds("describe", "PostOffice", "post.v1.Letter", *self.words, target=self.server.target)
        self.assertIn("rpc Correspond(stream Letter) returns (stream Letter);", outcome.stdout)
        self.assertIn("  map<string, int64> stamps = 5;\n", outcome.stdout)

    def test_the_methods_are_listed(self):
        self.prints("post.v1.PostOffice.Correspond\npost.v1.PostOffice.Deposit\npost.v1.PostOffice.Send\n"
                    "post.v1.PostOffice.Track\n", "list", "PostOffice")
