"""A gRPC server whose schema is of an edition: shop.v1.Shop, by reflection. It knows no types, and sends back the
bytes it is sent.

Prints "listening on HOST:PORT"."""

import argparse
import pathlib
import sys
from concurrent import futures

import grpc

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from edition_shop import ShopTypes
from grpcio_reflection import reflection_handlers

_SERVICE = "shop.v1.Shop"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edition", type=int, required=True, help="as descriptor.proto numbers it")
    arguments = parser.parse_args()
    echo = grpc.unary_unary_rpc_method_handler(lambda request, context: request)
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=8))
    server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler(_SERVICE, {"Echo": echo})])
    server.add_generic_rpc_handlers(reflection_handlers("v1", ShopTypes(arguments.edition), [_SERVICE]))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(f"listening on 127.0.0.1:{port}", flush=True)
    server.wait_for_termination()


if __name__ == "__main__":
    main()
