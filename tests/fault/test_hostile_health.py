"""Health services that answer what no health service should."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from hostile_faults import EVIL, EVIL_PERCENT, answering, reply, status_details
from hostile_server import HostileServer
from rpcctl_testing import RpcctlTest, status_code
from wire import any_message, bytes_field, number_field

EXPECTATION = 8
PERMISSION_DENIED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE = 7, 12, 13, 14
SERVING, NOT_SERVING = number_field(1, 1), number_field(1, 2)


class HostileHealthTest(RpcctlTest):
    def asked(self, code, *words, messages=(), **answer):
        """The outcome of `health` at a server that answers each call with `messages` and this status."""
        server = self.enterContext(HostileServer(answering(lambda peer, stream: reply(peer, stream, *messages, **answer))))
        return self.fails(code, "health", *words, target=server.target)

    def test_states_that_have_no_name(self):
        for number, shown in ((4, "4"), (99, "99"), (2**31 - 1, "2147483647"), (2**64 - 1, "-1")):
            with self.subTest(number=number):
                outcome = self.asked(EXPECTATION, messages=[number_field(1, number)])
                self.assertEqual((outcome.stdout, outcome.error()), (f"{shown}\n", f"the server is {shown}"))

    def test_an_empty_answer_is_unknown(self):
        self.assertEqual(self.asked(EXPECTATION, messages=[b""]).stdout, "UNKNOWN\n")

    def test_fields_that_nobody_knows(self):
        outcome = self.asked(EXPECTATION, messages=[bytes_field(7, EVIL) + NOT_SERVING])
        self.assertEqual(outcome.stdout, "NOT_SERVING\n")

    def test_an_answer_that_does_not_parse(self):
        for words in ((), ("--watch",)):
            outcome = self.asked(status_code(INTERNAL), *words, messages=[b"\xff\xff"])
            self.assertEqual((outcome.out, outcome.error()),
                             (b"", "response does not parse as a grpc.health.v1.HealthCheckResponse"))

    def test_two_answers_or_none(self):
        self.asked(status_code(UNIMPLEMENTED), messages=[SERVING, SERVING])
        self.asked(status_code(UNIMPLEMENTED), messages=[])

    def test_a_state_followed_by_a_failure(self):
        outcome = self.asked(status_code(PERMISSION_DENIED), messages=[SERVING], status=7, message=EVIL_PERCENT)
        self.assertEqual(outcome.stdout, "SERVING\n")

    def test_a_watch_that_the_server_ends(self):
        self.assertEqual(self.asked(EXPECTATION, "--watch", messages=[SERVING, NOT_SERVING]).stdout,
                         "SERVING\nNOT_SERVING\n")
        outcome = self.asked(EXPECTATION, "--watch", messages=[])
        self.assertEqual(outcome.error(), "the server has no state: the server told none")

    def test_a_service_whose_name_attacks_a_terminal(self):
        outcome = self.asked(EXPECTATION, EVIL, messages=[NOT_SERVING])
        self.assertTrue(outcome.error().endswith(" is NOT_SERVING"))

    def test_details_of_a_type_that_nobody_can_be_asked_about(self):
        details = status_details(any_message("nowhere.Thing", b"\x08\x01"))
        outcome = self.asked(status_code(9), status=9, message="own", trailers=(("grpc-status-details-bin", details),))
        self.assertEqual(outcome.belonging("detail"), ["nowhere.Thing (unknown type, base64) CAE="])

    def test_a_message_that_is_too_large(self):
        outcome = self.asked(status_code(8), messages=[bytes_field(7, b"x" * (5 << 20))])
        self.assertEqual(outcome.out, b"")


if __name__ == "__main__":
    unittest.main()
