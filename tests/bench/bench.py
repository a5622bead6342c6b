#!/usr/bin/env python3
"""Measures rpcctl beside generated code, protobuf's JSON utilities, grpcurl and buf curl.

Every figure is a median of interleaved runs in one go, so that a machine whose speed drifts spoils all sides alike;
the ratios carry over to other machines, the milliseconds do not. grpcurl and buf are taken from $GRPCURL and $BUF or
from the PATH.
"""

import argparse
import os
import tempfile

from contestants import ROOT, Measure, Programs, answer_server, server, stream_server
from report import (Report, format_calls, format_cold, format_memory, format_messages, format_steps, format_stream,
                    format_unanswered)
from steps import steps


def binary_schema(path):
    """A descriptor set, as buf is told that it is one."""
    return path + "#format=binpb"


def cold_calls(programs, address, runs):
    """One unary call from its start to its end, against a server of the greeter."""
    call = [programs.rpcctl, "call", "Greeter.SayHello", "name=you", "-t", address]
    commands = {
        "generated stub, no shutdown": [programs.bench("stub_call"), address, "you"],
        "generated stub": [programs.bench("stub_call"), address, "you", "--shutdown"],
        "rpcctl call, by reflection": call,
        "rpcctl call, by reflection, full name": [programs.rpcctl, "call", "helloworld.Greeter/SayHello",
                                                  "name=you", "-t", address],
        "rpcctl call, by --protoset": [*call, "--protoset", programs.examples],
        "rpcctl call, by --proto": [*call, "--proto", os.path.join(ROOT, "proto/helloworld.proto")],
        "rpcctl --transport grpc, by reflection": [*call, "--transport", "grpc"],
        "rpcctl --transport grpc, by --protoset": [*call, "--protoset", programs.examples, "--transport", "grpc"],
    }
    if programs.grpcurl:
        commands["grpcurl, by reflection, full name"] = [programs.grpcurl, "-plaintext", "-d", '{"name":"you"}',
                                                         address, "helloworld.Greeter/SayHello"]
    if programs.buf:
        commands["buf curl, by descriptor set"] = [
            programs.buf, "curl", "--protocol", "grpc", "--http2-prior-knowledge", "--schema",
            binary_schema(programs.examples), "-d", '{"name":"you"}', f"http://{address}/helloworld.Greeter/SayHello"]
    return Measure(commands).run(runs)


def peers_listing(programs, protoset, address, method):
    """What grpcurl and buf do to list the messages of a method; where they are installed."""
    commands = {}
    if programs.grpcurl:
        commands["grpcurl"] = [programs.grpcurl, "-plaintext", "-protoset", protoset, address, method]
    if programs.buf:
        commands["buf curl"] = [programs.buf, "curl", "--protocol", "grpc", "--http2-prior-knowledge", "--schema",
                                binary_schema(protoset), "-d", "{}", f"http://{address}/{method}"]
    return commands


def stream_out(programs, shape, count, runs):
    """A server stream, printed as JSON lines."""
    small = shape == "small"
    protoset = programs.examples if small else programs.mixed
    name = "routeguide.RouteGuide/ListFeatures" if small else "bench.Bench/ListMixed"
    with stream_server(programs, shape, count) as address:
        commands = {}
        if small:
            commands["generated stub, printf"] = [programs.bench("stub_stream"), address]
        call = [programs.rpcctl, "call", name, "-t", address, "--protoset", protoset]
        commands["rpcctl call -o jsonl"] = [*call, "-o", "jsonl"]
        commands["rpcctl call -o binary"] = [*call, "-o", "binary"]
        if small:
            commands["rpcctl --transport grpc -o jsonl"] = [*call, "-o", "jsonl", "--transport", "grpc"]
        commands.update(peers_listing(programs, protoset, address, name))
        commands["the server's limit (drain)"] = [programs.bench("stream_server"), "drain", address.split(":")[1]]
        return Measure(commands).run(runs)


def stream_in(programs, folder, count, runs):
    """Documents on standard input, sent as a client stream."""
    documents = os.path.join(folder, "points.ndjson")
    programs.write_documents("points", count, documents)
    name = "routeguide.RouteGuide/RecordRoute"
    with stream_server(programs, "small", 1) as address:
        commands = {"rpcctl call -d @-": [programs.rpcctl, "call", name, "-t", address, "--protoset",
                                          programs.examples, "-d", "@-"]}
        if programs.grpcurl:
            commands["grpcurl -d @"] = [programs.grpcurl, "-plaintext", "-protoset", programs.examples, "-d", "@",
                                        address, name]
        if programs.buf:
            commands["buf curl -d @-"] = [programs.buf, "curl", "--protocol", "grpc", "--http2-prior-knowledge",
                                          "--schema", binary_schema(programs.examples),
                                          "-d", "@-", f"http://{address}/{name}"]
        return Measure(commands, stdin=documents).run(runs)


def many_calls(programs, runs, scale):
    """Unary calls on one connection: one after another, and all at once."""
    with stream_server(programs, "small", 1) as address:
        commands = {}
        for how, count in (("sequential", 100_000 // scale), ("concurrent", 10_000 // scale)):
            for name, program in (("transport", "many_calls"), ("generated stub", "stub_many")):
                commands[f"{count:,} {how}, {name}"] = [programs.bench(program), how, address, str(count)]
        return Measure(commands).run(runs)


def memory(programs, full):
    """Peaks of rpcctl in long streams, in MiB, by what was streamed."""
    peaks = {}
    gigabytes = 10 if full else 1
    size = programs.average_size("mixed")
    count = gigabytes * 10**9 // size
    with stream_server(programs, "mixed", count) as address:
        call = [programs.rpcctl, "call", "bench.Bench/ListMixed", "-t", address, "--protoset", programs.mixed]
        for output in ("binary", "jsonl"):
            peaks[f"{gigabytes} GB of mixed messages, -o {output}"] = Measure.once([*call, "-o", output])
    slow = 40 * 10**6 * (5 if full else 1)
    with stream_server(programs, "mixed", slow // size) as address:
        call = [programs.rpcctl, "call", "bench.Bench/ListMixed", "-t", address, "--protoset", programs.mixed]
        peaks[f"{slow // 10**6} MB of mixed messages, a consumer that takes 10 MB/s"] = Measure.once(
            [*call, "-o", "binary"], bytes_a_second=10 * 10**6)
    documents = 10**7 if full else 10**6
    with stream_server(programs, "small", 1) as address:
        peaks[f"{documents:,} documents from a pipe"] = Measure.once(
            [programs.rpcctl, "call", "routeguide.RouteGuide/RecordRoute", "-t", address, "--protoset",
             programs.examples, "-d", "@-"],
            producer=[programs.bench("stream_server"), "documents", "points", str(documents)])
    return peaks


def measure(programs, arguments):
    """Measures everything, and reports it."""
    scale = 10 if arguments.quick else 1
    runs = 3 if arguments.quick else 5
    report = Report()
    report.heading(programs)
    for title, serving in (("A cold call", server), ("A cold call to a server that is not the limit", answer_server)):
        with serving(programs) as address:
            report.add(title, format_cold(cold_calls(programs, address, 5 if arguments.quick else 40),
                                          ["generated stub", "generated stub, no shutdown"]))
    count = 500_000 // scale
    report.add(f"Server stream, {count:,} small messages", format_stream(
        stream_out(programs, "small", count, runs), count, ["generated stub, printf", "grpcurl", "buf curl"]))
    count = 100_000 // scale
    report.add(f"Server stream, {count:,} mixed messages", format_stream(
        stream_out(programs, "mixed", count, runs), count, ["grpcurl", "buf curl"]))
    count = 300_000 // scale
    with tempfile.TemporaryDirectory() as folder:
        report.add(f"Client stream, {count:,} JSON documents on standard input", format_stream(
            stream_in(programs, folder, count, runs), count, ["grpcurl -d @", "buf curl -d @-"]))
    report.add("Unary calls on one connection", format_calls(many_calls(programs, runs, scale)))
    report.add("Steps of a smoke test on one connection", format_steps(*steps(programs, runs, scale)))
    report.add("Peak memory", format_memory(memory(programs, arguments.full)))
    rounds = 3 if arguments.quick else 15
    report.add("One message in process", format_messages(programs.run("message_bench", str(rounds))))
    # Last, and loaded here: the least memory that can be seen of a process is what this one has.
    import tab  # pylint: disable=import-outside-toplevel
    report.add("A TAB, with the schema in the cache", format_cold(tab.warm(programs, 5 if arguments.quick else 40),
                                                                  ["/bin/true"]))
    report.add("A TAB, and no answer", format_unanswered(tab.unanswered(programs, 2 if arguments.quick else 10)))
    if arguments.table:
        report.write_into(arguments.table)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", help="the folder of a release build")
    parser.add_argument("--full", action="store_true", help="10 GB and 10,000,000 documents where memory is measured")
    parser.add_argument("--quick", action="store_true", help="fewer and shorter runs, to see that all works")
    parser.add_argument("--table", metavar="FILE", help="write the tables into FILE too, between its markers")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as installed, tempfile.TemporaryDirectory() as cache:
        os.environ["XDG_CACHE_HOME"] = cache  # not the one of who runs this
        measure(Programs(os.path.abspath(arguments.build), installed), arguments)


if __name__ == "__main__":
    main()
