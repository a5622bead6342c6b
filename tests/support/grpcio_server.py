"""A gRPC server that this project did not write: Python's grpcio, serving post.v1.PostOffice.

Prints "listening on HOST:PORT", then a line for each call that has ended: "/post.v1.PostOffice/Send OK". Request
metadata x-* comes back in the response's headers, and x-handled-by stands in the trailers."""

import argparse
import pathlib
import sys
import threading
from concurrent import futures

import grpc

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from grpcio_reflection import reflection_handlers
from proto_types import ProtoTypes

_HERE = pathlib.Path(__file__).resolve().parent
_PROTO_DIR = _HERE.parents[1] / "proto"
_SERVICE = "post.v1.PostOffice"

TYPES = ProtoTypes([_HERE / "protos", _PROTO_DIR],
                   ["post/v1/office.proto", "google/rpc/status.proto", "google/rpc/error_details.proto"])
Letter = TYPES.message("post.v1.Letter")
Receipt = TYPES.message("post.v1.Receipt")
Event = TYPES.message("post.v1.Event")
Sack = TYPES.message("post.v1.Sack")

_printing = threading.Lock()


def say(line):
    with _printing:
        print(line, flush=True)


def refuse(context):
    """FAILED_PRECONDITION with a google.rpc.BadRequest."""
    reason = TYPES.message("google.rpc.BadRequest")()
    reason.field_violations.add(field="recipient", description="is empty")
    status = TYPES.message("google.rpc.Status")(code=9, message="a letter needs a recipient")
    status.details.add().Pack(reason)
    context.set_trailing_metadata((("x-handled-by", "clerk"),
                                   ("grpc-status-details-bin", status.SerializeToString())))
    context.abort(grpc.StatusCode.FAILED_PRECONDITION, status.message)


def send(letter, context):
    if not letter.recipient:
        refuse(context)
    return Receipt(number=9007199254740993, letter=letter)


def track(receipt, context):
    for place in ("Counter", "Van", f"Door of {receipt.letter.recipient}"):
        yield Event(place=place)


def deposit(letters, context):
    recipients = [letter.recipient for letter in letters]
    return Sack(count=len(recipients), recipients=recipients)


def correspond(letters, context):
    for letter in letters:
        yield Letter(recipient=letter.sender, sender=letter.recipient, lines=["Thank you"])


def _with_manners(method, behaviour):
    """`behaviour` of the method, with the metadata that every call gets and a line when it has ended."""

    def greet(context):
        echoed = [entry for entry in context.invocation_metadata() if entry[0].startswith("x-")]
        context.send_initial_metadata(echoed)
        context.set_trailing_metadata((("x-handled-by", "clerk"),))
        context.add_callback(lambda: say(f"/{_SERVICE}/{method} {context.code().name if context.code() else 'OK'}"))

    def one(request, context):
        greet(context)
        return behaviour(request, context)

    def many(request, context):
        greet(context)
        yield from behaviour(request, context)

    return one, many


def office_handler():
    """The four methods, without generated code."""

    def handler(make, method, behaviour, request, response, streams):
        return make(_with_manners(method, behaviour)[1 if streams else 0], request.FromString,
                    response.SerializeToString)

    return grpc.method_handlers_generic_handler(_SERVICE, {
        "Send": handler(grpc.unary_unary_rpc_method_handler, "Send", send, Letter, Receipt, False),
        "Track": handler(grpc.unary_stream_rpc_method_handler, "Track", track, Receipt, Event, True),
        "Deposit": handler(grpc.stream_unary_rpc_method_handler, "Deposit", deposit, Letter, Sack, False),
        "Correspond": handler(grpc.stream_stream_rpc_method_handler, "Correspond", correspond, Letter, Letter, True),
    })


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listen", default="127.0.0.1:0")
    parser.add_argument("--reflection", choices=("v1", "v1alpha", "both", "none"), default="both")
    arguments = parser.parse_args()
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=16))
    server.add_generic_rpc_handlers((office_handler(), *reflection_handlers(arguments.reflection, TYPES, [_SERVICE])))
    port = server.add_insecure_port(arguments.listen)
    server.start()
    say(f"listening on {arguments.listen.rpartition(':')[0]}:{port}")
    server.wait_for_termination()


if __name__ == "__main__":
    main()
