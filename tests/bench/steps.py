"""What a step of a smoke test costs: unary calls of one script, beside a stub's and beside a process of grpcurl a step."""

import os
import tempfile

from contestants import Measure, stream_server

# Of grpcurl, which takes some thousand times as long; every step is a process of its own.
SAMPLE = 200


def steps(programs, runs, scale):
    """(medians, how many steps each makes), by name."""
    count = 10_000 // scale
    sample = SAMPLE // scale
    with tempfile.TemporaryDirectory() as folder, stream_server(programs, "small", 1) as address:
        script = os.path.join(folder, "steps.rpc")
        with open(script, "w", encoding="utf-8") as file:
            file.write("case steps\n" + "  call helloworld.Greeter/SayHello name=you\n  expect OK\n" * count)
        commands = {
            "rpcctl test": [programs.rpcctl, "test", script, "-t", address, "--protoset", programs.examples],
            "generated stub": [programs.bench("stub_many"), "sequential", address, str(count)],
        }
        made = dict.fromkeys(commands, count)
        if programs.grpcurl:
            name = "grpcurl, once a step"
            once = '"$1" -plaintext -protoset "$2" -d "{\\"name\\":\\"you\\"}" "$3" helloworld.Greeter/SayHello'
            loop = f"for step in $(seq {sample}); do {once} || exit 1; done"
            commands[name] = ["/bin/sh", "-c", loop, "sh", programs.grpcurl, programs.examples, address]
            made[name] = sample
        return Measure(commands).run(runs), made
