"""The main job: rpcctl calls a server it has never seen, in all four kinds, live where the call is."""

import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from rpcctl_testing import RpcctlTest, start, status_code
from server_process import ReferenceServer

SEVEN_FEATURES = (
    ("Patriots Path, Mendham, NJ 07945, USA", 407838351, -746143763),
    ("101 New Jersey 10, Whippany, NJ 07981, USA", 408122808, -743999179),
    ("U.S. 6, Shohola, PA 18458, USA", 413628156, -749015468),
    ("5 Conners Road, Kingston, NY 12401, USA", 419999544, -740371136),
    ("Mid Hudson Psychiatric Center, New Hampton, NY 10958, USA", 414008389, -743951297),
    ("287 Flugertown Road, Livingston Manor, NY 12758, USA", 419611318, -746524769),
    ("4001 Tremley Point Road, Linden, NJ 07036, USA", 406109563, -742186778),
)
AREA = ("lo.latitude=400000000", "lo.longitude=-750000000", "hi.latitude=420000000", "hi.longitude=-730000000")
TEMPLATE = "Feature called {name} at latitude: {location.latitude} longitude: {location.longitude}"


class MainJobTest(RpcctlTest):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(ReferenceServer())

    def prints(self, expected, *words, **how):
        return super().prints(expected, *words, target=self.server.target, **how)

    def call(self, *words, **how):
        return self.succeeds("call", *words, target=self.server.target, **how)

    # ---- as the README has it ----

    def test_the_first_call_works_as_typed(self):
        self.prints('{"message":"Hello, you!"}\n', "call", "Greeter.SayHello", "name=you")

    def test_an_error_of_the_server_comes_with_its_message_and_detail(self):
        outcome = self.fails(status_code(3), "call", "Greeter.SayHello", "name=abcdefghijk", target=self.server.target)
        self.assertEqual(outcome.out, b"")
        self.assertEqual(
            outcome.stderr,
            "rpcctl: error: INVALID_ARGUMENT (3): Length of `Name` cannot be more than 10 characters\n"
            '  detail: google.rpc.BadRequest {"fieldViolations":[{"field":"name",'
            '"description":"Length of `Name` cannot be more than 10 characters"}]}\n')

    def test_the_feature_stream_prints_the_seven_among_others(self):
        lines = self.call("RouteGuide.ListFeatures", *AREA, "-f", TEMPLATE).lines
        for name, latitude, longitude in SEVEN_FEATURES:
            self.assertIn(f"Feature called {name} at latitude: {latitude} longitude: {longitude}", lines)
        self.assertGreater(len(lines), len(SEVEN_FEATURES))

    def test_the_feature_stream_holds_nothing_outside_its_area(self):
        for feature in self.call("RouteGuide.ListFeatures", *AREA).documents():
            place = feature["location"]
            self.assertTrue(400000000 <= place["latitude"] <= 420000000, feature)
            self.assertTrue(-750000000 <= place["longitude"] <= -730000000, feature)

    # ---- the four kinds ----

    def test_unary(self):
        self.prints('{"reply":"This is Ada (id 7), who has a ponycopter."}\n',
                    "call", "HelloService.Introduce", "name=Ada", "id=7", "has_ponycopter=true")

    def test_unary_without_a_request_sends_an_empty_message(self):
        self.prints('{"message":"Hello, !"}\n', "call", "Greeter.SayHello")

    def test_server_streaming(self):
        self.prints("".join(f'{{"message":"Hello, you! ({number} of 5)"}}\n' for number in range(1, 6)),
                    "call", "Greeter.SayHelloStreamReply", "name=you")

    def test_client_streaming(self):
        self.prints('{"reply":"Hello, Ann, Bob, Cy!"}\n',
                    "call", "LotsOfGreetings", "greeting=Ann", ",", "greeting=Bob", ",", "greeting=Cy")

    def test_client_streaming_without_a_request_sends_no_message(self):
        self.prints('{"reply":"Hello, nobody!"}\n', "call", "LotsOfGreetings")

    def test_client_streaming_counts_what_it_got(self):
        [name, latitude, longitude] = SEVEN_FEATURES[0]
        known = (f"latitude={latitude}", f"longitude={longitude}")
        outcome = self.call("RecordRoute", *known, ",", *known, ",", "latitude=1", "longitude=1")
        summary = outcome.documents()[0]
        self.assertEqual((summary["pointCount"], summary["featureCount"]), (3, 2), name)

    def test_bidirectional_streaming(self):
        self.prints('{"reply":"Hello, Ann!"}\n{"reply":"Hello, Bob!"}\n',
                    "call", "BidiHello", "greeting=Ann", ",", "greeting=Bob")

    def test_bidirectional_streaming_without_a_request(self):
        self.prints("", "call", "BidiHello")

    def test_notes_come_back_to_the_place_they_were_left_at(self):
        self.prints('{"location":{"latitude":1,"longitude":2},"message":"first"}\n',
                    "call", "RouteChat", "location.latitude=1", "location.longitude=2", "message=first", ",",
                    "location.latitude=3", "message=elsewhere", ",",
                    "location.latitude=1", "location.longitude=2", "message=again")

    # ---- where requests come from ----

    def test_data(self):
        self.prints('{"message":"Hello, you!"}\n', "call", "Greeter.SayHello", "-d", '{"name": "you"}')

    def test_items_are_laid_over_data(self):
        self.prints('{"reply":"This is Bob (id 7), who has no ponycopter."}\n',
                    "call", "Introduce", "-d", '{"name":"Ann","id":7}', "name=Bob")

    def test_items_are_laid_over_each_document(self):
        self.prints('{"reply":"Hello, x!"}\n{"reply":"Hello, x!"}\n',
                    "call", "BidiHello", "-d", '{"greeting":"a"}{"greeting":"b"}', "greeting=x")

    def test_data_from_a_file(self):
        file = self.temporary_folder() / "request.json"
        file.write_text('{\n  "name": "you"\n}\n')
        for words in (("-d", f"@{file}"), (f"@{file}",)):
            with self.subTest(words=words):
                self.prints('{"message":"Hello, you!"}\n', "call", "Greeter.SayHello", *words)

    def test_data_from_standard_input(self):
        for words in (("-d", "@-"), ("@-",)):
            with self.subTest(words=words):
                self.prints('{"message":"Hello, you!"}\n', "call", "Greeter.SayHello", *words, stdin=b'{"name":"you"}')

    def test_a_json_word_is_a_request(self):
        self.prints('{"message":"Hello, you!"}\n', "call", "Greeter.SayHello", '{"name":"you"}')

    def test_standard_input_is_read_only_when_asked_for(self):
        self.prints('{"message":"Hello, you!"}\n', "call", "Greeter.SayHello", "name=you", stdin=b"not JSON at all")

    def test_a_field_from_a_file(self):
        file = self.temporary_folder() / "name"
        file.write_text("you")
        self.prints('{"message":"Hello, you!"}\n', "call", "Greeter.SayHello", f"name=@{file}")

    def test_documents_need_no_white_space_between_them(self):
        documents = b'{"greeting":"a"}{"greeting":"b"}\n\n{\n"greeting"\n:"c"}'
        self.prints('{"reply":"Hello, a, b, c!"}\n', "call", "LotsOfGreetings", "-d", "@-", stdin=documents)

    def test_a_long_stream_of_requests_and_answers_is_whole(self):
        count = 20000
        documents = b"".join(b'{"greeting":"%d"}\n' % number for number in range(count))
        outcome = self.call("BidiHello", "@-", stdin=documents)
        replies = [document["reply"] for document in outcome.documents()]
        self.assertEqual(replies, [f"Hello, {number}!" for number in range(count)])

    def test_a_long_stream_of_answers_is_whole(self):
        with ReferenceServer("--features", "200000") as server:
            template = "{name}"
            outcome = self.succeeds("call", "ListFeatures", "lo.latitude=-900000000", "lo.longitude=-1800000000",
                                    "hi.latitude=900000000", "hi.longitude=1800000000", "-f", template,
                                    target=server.target)
        self.assertEqual(outcome.lines, [f"Place {number}" for number in range(1, 200001)])


class LiveTest(RpcctlTest):
    """Answers show while requests are still being typed or piped in."""

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(ReferenceServer())

    def start(self, *words, **how):
        return start("call", *words, target=self.server.target, **how)

    def test_each_greeting_is_answered_before_the_next_is_written(self):
        with self.start("BidiHello", "@-") as call:
            for name in ("Ann", "Bob", "Cy"):
                call.write(json.dumps({"greeting": name}).encode() + b"\n")
                self.assertEqual(call.read_line(), f'{{"reply":"Hello, {name}!"}}')
            call.close_stdin()
            self.assertEqual(call.wait(), 0)
            self.assertEqual(call.err.all, b"")

    def test_a_document_is_sent_as_soon_as_it_is_complete(self):
        with self.start("BidiHello", "@-") as call:
            call.write(b'{"greeting":"no newline after me"}')
            self.assertEqual(call.read_line(), '{"reply":"Hello, no newline after me!"}')

    def test_a_document_in_pieces_is_one_request(self):
        with self.start("BidiHello", "-d", "@-") as call:
            for piece in (b'{"gree', b'ting":"', b'pie\xc3', b'\xa9ces"', b"}"):
                call.write(piece)
            self.assertEqual(call.read_line(), '{"reply":"Hello, pieéces!"}')

    def test_notes_typed_on_a_terminal_are_answered_one_by_one(self):
        note = b'{"location":{"latitude":5},"message":"%s"}\n'
        with self.start("RouteChat", "@-", stdin="terminal") as call:
            call.write(note % b"one")
            call.write(note % b"two")
            self.assertEqual(json.loads(call.read_line())["message"], "one")
            call.write(note % b"three")
            self.assertEqual([json.loads(call.read_line())["message"] for _ in range(2)], ["one", "two"])

    def test_answers_are_live_on_a_terminal_too(self):
        with self.start("BidiHello", "@-", "--color", "never", stdout="terminal") as call:
            call.write(b'{"greeting":"Ann"}')
            self.assertEqual([call.read_line() for _ in range(3)], ["{", '  "reply": "Hello, Ann!"', "}"])
            call.close_stdin()
            self.assertEqual(call.wait(), 0)

    def test_templates_are_live_too(self):
        with self.start("BidiHello", "@-", "-f", "got {reply}") as call:
            call.write(b'{"greeting":"Ann"}')
            self.assertEqual(call.read_line(), "got Hello, Ann!")

    def test_the_server_hears_the_end_of_the_requests(self):
        with self.start("LotsOfGreetings", "@-") as call:
            call.write(b'{"greeting":"Ann"}')
            call.close_stdin()
            self.assertEqual(call.read_line(), '{"reply":"Hello, Ann!"}')
            self.assertEqual(call.wait(), 0)
        self.server.wait_for_call("/hello.HelloService/LotsOfGreetings OK")


if __name__ == "__main__":
    unittest.main()
