"""The tables of the benchmark: printed as they are measured, and written into a page between its markers."""

import datetime
import os
import platform

BEGIN, END = "<!-- measured: begin -->\n", "<!-- measured: end -->\n"


def table(columns, rows):
    """A table in Markdown that is readable as it stands: the first column is text, the others numbers."""
    cells = [columns, *rows]
    widths = [max(len(row[i]) for row in cells) for i in range(len(columns))]
    lines = []
    for row in cells:
        padded = [row[0].ljust(widths[0])] + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]
        lines.append("| " + " | ".join(padded) + " |")
    rule = ["-" * widths[0]] + ["-" * (width - 1) + ":" for width in widths[1:]]
    lines.insert(1, "| " + " | ".join(rule) + " |")
    return "\n".join(lines) + "\n"


def format_cold(medians, rivals):
    """The last columns: how many times as long as each of the rivals."""
    return table(["", "wall ms", "CPU ms", "peak MiB"] + [f"÷ {name}" for name in rivals],
                 [[name, f"{m['wall'] * 1000:.2f}", f"{m['cpu'] * 1000:.2f}", f"{m['peak']:.1f}"] +
                  [f"{m['wall'] / medians[r]['wall']:.2f}" for r in rivals] for name, m in medians.items()])


def format_unanswered(runs):
    """From tab.unanswered."""
    return table(["", "first, wall ms", "the longest", "the next, wall ms", "bytes on stderr"],
                 [[what, f"{first:.1f}", f"{longest:.1f}", f"{again:.1f}", str(len(said))]
                  for what, (first, longest, again, said) in runs.items()])


def format_stream(medians, count, rivals):
    """The last columns: how many times as fast as each rival that ran."""
    rivals = [name for name in rivals if name in medians]
    rows = []
    for name, m in medians.items():
        rows.append([name, f"{m['wall']:.3f}", f"{m['wall'] / count * 1e6:.2f}", f"{count / m['wall']:,.0f}",
                     f"{m['cpu']:.3f}", f"{m['peak']:.1f}"] + [f"{medians[r]['wall'] / m['wall']:.2f}" for r in rivals])
    return table(["", "wall s", "µs each", "messages/s", "CPU s", "peak MiB"] + [f"× {name}" for name in rivals], rows)


def format_calls(medians):
    """Pairs of ours and the stub's; the last column: how many times as fast as the stub."""
    names = list(medians)
    rows = []
    for ours, stub in zip(names[::2], names[1::2]):
        for name in (ours, stub):
            m = medians[name]
            rows.append([name, f"{m['wall']:.3f}", f"{m['cpu']:.3f}", f"{m['peak']:.1f}",
                         f"{medians[stub]['wall'] / m['wall']:.2f}"])
    return table(["", "wall s", "CPU s", "peak MiB", "× generated stub"], rows)


def format_steps(medians, made):
    """The last columns: how long a step takes of each rival, times ours."""
    rivals = list(medians)[1:]
    step = {name: medians[name]["wall"] / made[name] for name in medians}
    rows = [[name, f"{made[name]:,}", f"{m['wall']:.3f}", f"{step[name] * 1e6:,.0f}", f"{m['peak']:.1f}"] +
            [f"{step[rival] / step[name]:.2f}" for rival in rivals] for name, m in medians.items()]
    return table(["", "steps", "wall s", "µs a step", "peak MiB"] + [f"× {rival}" for rival in rivals], rows)


def format_memory(runs):
    return table(["rpcctl call", "peak MiB", "wall s"],
                 [[what, f"{run.peak:.1f}", f"{run.wall:.1f}"] for what, run in runs.items()])


def format_messages(lines):
    """From the lines of message_bench."""
    rows = []
    for line in lines.splitlines():
        name, *numbers = line.split()
        wire, document, *times = map(int, numbers)
        for way, (ours, by_message, binary) in (("to JSON", times[:3]), ("from JSON", times[3:])):
            rows.append([f"{name}, {way}", str(wire), str(document), str(ours), str(by_message), str(binary),
                         f"{by_message / ours:.1f}", f"{binary / ours:.1f}"])
    return table(["", "wire bytes", "JSON bytes", "rpcctl ns", "message ns", "resolver ns", "× message", "× resolver"],
                 rows)


def processor():
    """The name of the processor, and how many there are."""
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        names = [line.split(":")[1].strip() for line in file if line.startswith("model name")]
    return f"{len(names) or os.cpu_count()} × {names[0] if names else platform.machine()}"


class Report:
    """Prints what is added at once, and keeps it."""

    def __init__(self):
        self.text = ""

    def heading(self, programs):
        versions = ", ".join(f"{name} {version}" for name, version in programs.versions().items())
        load = os.getloadavg()[0]
        self._tell(f"Measured on {datetime.date.today().isoformat()}: {processor()}, Linux {platform.release()}; "
                   f"{versions}. Load when it began: {load:.1f}.\n")

    def add(self, title, text):
        self._tell(f"\n### {title}\n\n{text}")

    def _tell(self, text):
        print(text, end="", flush=True)
        self.text += text

    def write_into(self, path):
        """Replaces what stands between the markers of a page."""
        with open(path, encoding="utf-8") as file:
            before, rest = file.read().split(BEGIN)
        with open(path, "w", encoding="utf-8") as file:
            file.write(before + BEGIN + self.text + END + rest.split(END)[1])
