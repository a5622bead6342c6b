"""A gRPC server that this project did not write: Python's grpcio, serving post.v1.PostOffice, Vault and
Album, and kinds.Kinds.

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
_OFFICE = "post.v1.PostOffice"
_VAULT = "post.v1.Vault"
_KINDS = "kinds.Kinds"
_ALBUM = "post.v1.Album"

TYPES = ProtoTypes([_HERE / "protos", _PROTO_DIR],
                   ["post/v1/office.proto", "post/v1/vault.proto", "post/v1/valuables.proto", "post/v1/slip.proto",
                    "post/v1/album.proto", "post/v1/postmark.proto", "kinds.proto",
                    "google/rpc/status.proto", "google/rpc/error_details.proto"])
Letter = TYPES.message("post.v1.Letter")
Receipt = TYPES.message("post.v1.Receipt")
Event = TYPES.message("post.v1.Event")
Sack = TYPES.message("post.v1.Sack")
Parcel = TYPES.message("post.v1.Parcel")
Ring = TYPES.message("post.v1.Ring")
Coin = TYPES.message("post.v1.Coin")
Slip = TYPES.message("post.v1.Slip")
Stamp = TYPES.message("post.v1.Stamp")

_printing = threading.Lock()


def say(line):
    with _printing:
        print(line, flush=True)


def refuse(context, message, reason):
    """FAILED_PRECONDITION with `reason` as a detail."""
    status = TYPES.message("google.rpc.Status")(code=9, message=message)
    status.details.add().Pack(reason)
    context.set_trailing_metadata((("x-handled-by", "clerk"),
                                   ("grpc-status-details-bin", status.SerializeToString())))
    context.abort(grpc.StatusCode.FAILED_PRECONDITION, status.message)


def send(letter, context):
    if not letter.recipient:
        reason = TYPES.message("google.rpc.BadRequest")()
        reason.field_violations.add(field="recipient", description="is empty")
        refuse(context, "a letter needs a recipient", reason)
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


def packed(message):
    """A parcel with `message` inside."""
    parcel = Parcel()
    parcel.content.Pack(message)
    return parcel


def keep(parcel, context):
    if not parcel.HasField("content"):
        slip = Slip(reason="nothing inside")
        slip.example.Pack(Coin(year=1840))
        refuse(context, "an empty parcel", slip)
    return parcel


def exchange(parcels, context):
    yield from parcels


def open_vault(parcel, context):
    yield packed(Ring(stone="ruby", carats=3))
    yield packed(Ring(stone="opal"))
    yield packed(packed(Coin(year=1933)))
    for type_name, value in (("post.v1.Secret", b"\x08\x01"), ("post.v1.Ring", b"\xff\xff")):
        odd = Parcel()
        odd.content.type_url = f"type.googleapis.com/{type_name}"
        odd.content.value = value
        yield odd


def echo(message, context):
    return message


def swap(stamps, context):
    yield from stamps


def browse(stamp, context):
    # motif, worth 7, a postmark of Ayr, two flaws
    whole = b"\x0a\x05Queen\xa0\x06\x07\xaa\x06\x05\x0a\x03Ayr\xb2\x06\x04torn\xb2\x06\x04bent"
    yield Stamp.FromString(whole)
    yield Stamp.FromString(b"\x12" + bytes([len(whole)]) + whole)
    yield Stamp.FromString(b"\x0a\x04King\x98\x0c\x01")  # 195: 1


def _with_manners(path, behaviour):
    """`behaviour` of the method, with the metadata that every call gets and a line when it has ended."""

    def greet(context):
        echoed = [entry for entry in context.invocation_metadata() if entry[0].startswith("x-")]
        context.send_initial_metadata(echoed)
        context.set_trailing_metadata((("x-handled-by", "clerk"),))
        context.add_callback(lambda: say(f"{path} {context.code().name if context.code() else 'OK'}"))

    def one(request, context):
        greet(context)
        return behaviour(request, context)

    def many(request, context):
        greet(context)
        yield from behaviour(request, context)

    return one, many


_ONE, _MANY, _ALL, _BOTH = (grpc.unary_unary_rpc_method_handler, grpc.unary_stream_rpc_method_handler,
                            grpc.stream_unary_rpc_method_handler, grpc.stream_stream_rpc_method_handler)
_METHODS = {
    _OFFICE: (("Send", _ONE, send, Letter, Receipt), ("Track", _MANY, track, Receipt, Event),
              ("Deposit", _ALL, deposit, Letter, Sack), ("Correspond", _BOTH, correspond, Letter, Letter)),
    _VAULT: (("Keep", _ONE, keep, Parcel, Parcel), ("Exchange", _BOTH, exchange, Parcel, Parcel),
             ("Open", _MANY, open_vault, Parcel, Parcel)),
    _KINDS: (("Echo", _ONE, echo, TYPES.message("kinds.All"), TYPES.message("kinds.All")),
             ("EchoOld", _ONE, echo, TYPES.message("kinds.old.Old"), TYPES.message("kinds.old.Old"))),
    _ALBUM: (("Stick", _ONE, echo, Stamp, Stamp), ("Swap", _BOTH, swap, Stamp, Stamp),
             ("Browse", _MANY, browse, Stamp, Stamp)),
}


def service_handler(service):
    """The methods of one service, without generated code."""
    handlers = {}
    for method, kind, behaviour, request, response in _METHODS[service]:
        one, many = _with_manners(f"/{service}/{method}", behaviour)
        handlers[method] = kind(many if kind in (_MANY, _BOTH) else one, request.FromString,
                                response.SerializeToString)
    return grpc.method_handlers_generic_handler(service, handlers)


def add_port(server, arguments):
    if not arguments.certificate:
        return server.add_insecure_port(arguments.listen)
    read = lambda path: pathlib.Path(path).read_bytes() if path else None
    pair = (read(arguments.key), read(arguments.certificate))
    credentials = grpc.ssl_server_credentials([pair], read(arguments.client_ca), bool(arguments.client_ca))
    return server.add_secure_port(arguments.listen, credentials)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listen", default="127.0.0.1:0")
    parser.add_argument("--reflection", choices=("v1", "v1alpha", "both", "none"), default="both")
    parser.add_argument("--certificate", help="PEM; with it the server speaks TLS")
    parser.add_argument("--key")
    parser.add_argument("--client-ca", help="PEM; with it clients need a certificate of this authority")
    arguments = parser.parse_args()
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=16))
    server.add_generic_rpc_handlers([service_handler(service) for service in _METHODS])
    server.add_generic_rpc_handlers(reflection_handlers(arguments.reflection, TYPES, _METHODS))
    port = add_port(server, arguments)
    server.start()
    say(f"listening on {arguments.listen.rpartition(':')[0]}:{port}")
    server.wait_for_termination()


if __name__ == "__main__":
    main()
