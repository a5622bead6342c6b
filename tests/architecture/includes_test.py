"""The #include lines of src and cmd go along the arrows of docs/architecture.md, and along no other.

Run with --list to see every arrow there is."""

import pathlib
import re
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Room: its floor, and the rooms it may include besides itself. An arrow goes down a floor, never up or sideways.
ROOMS = {
    "base": (0, ()),
    "transport": (1, ("base",)),
    "transport/grpc": (2, ("base", "transport")),
    "transport/h2": (2, ("base", "transport")),
    "transport/tls": (2, ("base", "transport")),
    "message": (1, ("base",)),
    "schema": (2, ("base", "transport")),
    "call": (2, ("base", "transport")),
    "render": (3, ("base", "call", "message")),
    "completion": (3, ("base", "schema", "message")),
    "script": (3, ("base", "call", "schema", "message")),
    "session": (4, ("base", "transport", "message", "schema", "call", "render", "completion", "script")),
    "cmd/rpcctl": (5, ("base", "transport", "message", "schema", "call", "render", "completion", "script", "session")),
    "cmd/man_page": (6, ("cmd/rpcctl",)),
    # Stands apart: what it is tested against must not help it.
    "cmd/reference_server": (0, ()),
}

# Each executable hands its own transport in, and what else it is linked with; nothing else knows any by name.
MAINS = {
    "cmd/rpcctl/main.cc": ("transport/h2",),
    "cmd/rpcctl/full_main.cc": ("transport/h2",),
    "cmd/rpcctl/core_main.cc": ("transport/grpc",),
    "cmd/rpcctl/all_abilities.cc": ("transport/tls",),
}

# Headers of libraries, the first pattern that fits: the rooms or files that may include them.
LIBRARIES = (
    (r"CLI/", ("cmd/rpcctl/command_line.cc", "cmd/reference_server/flags.cc")),
    (r"grpc/reflection/.*\.pb\.h", ("schema", "cmd/reference_server")),
    (r"grpc/health/.*\.pb\.h", ("cmd/rpcctl/health_answer.cc", "cmd/reference_server")),
    (r"grpc(pp|)/", ("transport/grpc", "cmd/reference_server")),
    (r"nghttp2/", ("transport/h2",)),
    (r"re2/", ("src/script/matcher.cc",)),
    (r"google/(protobuf|rpc)/", ("message", "schema", "render", "completion", "script", "session", "cmd/rpcctl",
                                 "cmd/reference_server")),
    (r"rapidjson/", ("message", "cmd/reference_server")),
    (r"openssl/", ("transport/tls",)),
    (r"zlib\.h", ("transport", "src/schema/cache_format.cc")),
    (r"(termios|sys/ioctl)\.h", ("render", "session", "cmd/rpcctl")),
)

_INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
_GENERATED = re.compile(r"\.pb\.h$|^google/|^grpc/")


def room_of(path):
    """The room that a path like "src/base/text.h" or "transport/grpc/x.h" lies in; None if in none."""
    folder = path.removeprefix("src/").rpartition("/")[0]
    while folder and folder not in ROOMS:
        folder = folder.rpartition("/")[0]
    return folder or None


def source_files(root):
    """Every source file of src and cmd, relative to `root`."""
    found = [path for top in ("src", "cmd") for path in (root / top).rglob("*") if path.suffix in (".h", ".cc", ".in")]
    return sorted(str(path.relative_to(root)) for path in found)


def resolve(root, name):
    """The path, relative to `root`, of the project's file that is included as `name`; None if it has none."""
    for top in ("", "src/", "cmd/"):
        # A header may be made by CMake out of one that ends in .in.
        if (root / top / name).is_file() or (root / top / (name + ".in")).is_file():
            return top + name
    return None


def arrows(root):
    """Every (file, included name, what it resolves to or None)."""
    for file in source_files(root):
        text = (root / file).read_text()
        for bracket, name in _INCLUDE.findall(text):
            yield file, name, resolve(root, name) if bracket == '"' else None


def library_offence(file, name):
    """Why `file` may not include the library header `name`; None if it may."""
    for pattern, allowed in LIBRARIES:
        if re.match(pattern, name):
            is_allowed = file in allowed or room_of(file) in allowed
            return None if is_allowed else f"{file} includes {name}, a library of others"
    return None


def project_offence(file, target):
    here, there = room_of(file), room_of(target)
    if here == there or there in ROOMS[here][1] or there in MAINS.get(file, ()):
        return None
    return f"{file} includes {target}, but {here} must not know {there}"


def offences(root):
    """What is wrong, a sentence each."""
    found = [f"{file} lies in no room" for file in source_files(root) if room_of(file) is None]
    for file, name, target in arrows(root):
        if room_of(file) is None:
            continue
        if target is not None:
            found.append(project_offence(file, target))
        else:
            found.append(library_offence(file, name))
    return [offence for offence in found if offence]


def unresolved(root):
    """Quoted includes that are neither files of the project nor generated."""
    for file in source_files(root):
        for bracket, name in _INCLUDE.findall((root / file).read_text()):
            if bracket == '"' and resolve(root, name) is None and not _GENERATED.search(name):
                yield f"{file} includes {name}, which is no file of the project"


class ProjectTest(unittest.TestCase):
    def test_every_include_goes_along_an_arrow(self):
        self.assertEqual(offences(ROOT), [])

    def test_every_quoted_include_is_a_file_of_the_project(self):
        self.assertEqual(list(unresolved(ROOT)), [])

    def test_there_are_includes_to_look_at(self):
        self.assertGreater(sum(target is not None for _, _, target in arrows(ROOT)), 50)

    def test_every_arrow_of_the_table_goes_down(self):
        for room, (floor, uses) in ROOMS.items():
            for used in uses:
                self.assertLess(ROOMS[used][0], floor, f"{room} -> {used}")


class TreeTest(unittest.TestCase):
    """The test of the test, on small made-up trees."""

    def offences_of(self, **files):
        """`files` are texts by path, with __ for / and _dot_ for the dot."""
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for path, text in files.items():
                file = root / path.replace("__", "/").replace("_dot_", ".")
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text)
            return offences(root) + list(unresolved(root))

    def test_an_arrow_of_the_table_is_fine(self):
        self.assertEqual(self.offences_of(src__base__a_dot_h="", src__call__b_dot_cc='#include "base/a.h"\n'), [])

    def test_an_arrow_up_is_found(self):
        self.assertEqual(self.offences_of(src__call__a_dot_h="", src__base__b_dot_cc='#include "call/a.h"\n'),
                         ["src/base/b.cc includes src/call/a.h, but base must not know call"])

    def test_an_arrow_sideways_is_found(self):
        self.assertEqual(self.offences_of(src__message__a_dot_h="", src__transport__b_dot_h='#include "message/a.h"\n'),
                         ["src/transport/b.h includes src/message/a.h, but transport must not know message"])

    def test_an_arrow_down_that_the_table_does_not_have_is_found(self):
        self.assertEqual(self.offences_of(src__message__a_dot_h="", src__schema__b_dot_cc='#include "message/a.h"\n'),
                         ["src/schema/b.cc includes src/message/a.h, but schema must not know message"])

    def test_a_room_within_a_room_is_one_of_its_own(self):
        self.assertEqual(
            self.offences_of(src__transport__grpc__a_dot_h="", src__call__b_dot_cc='#include "transport/grpc/a.h"\n'),
            ["src/call/b.cc includes src/transport/grpc/a.h, but call must not know transport/grpc"])

    def test_a_room_may_include_itself(self):
        self.assertEqual(self.offences_of(src__call__a_dot_h="", src__call__b_dot_cc='  #  include "call/a.h"\n'), [])

    def test_the_reference_server_includes_no_room(self):
        self.assertEqual(
            self.offences_of(src__base__a_dot_h="", cmd__reference_server__b_dot_cc='#include "base/a.h"\n'),
            ["cmd/reference_server/b.cc includes src/base/a.h, but cmd/reference_server must not know base"])

    def test_no_room_includes_the_commands(self):
        self.assertEqual(
            self.offences_of(cmd__rpcctl__a_dot_h="", src__render__b_dot_cc='#include "cmd/rpcctl/a.h"\n'),
            ["src/render/b.cc includes cmd/rpcctl/a.h, but render must not know cmd/rpcctl"])

    def test_the_option_parser_stays_in_its_file(self):
        parser = "#include <CLI/CLI.hpp>\n"
        self.assertEqual(self.offences_of(cmd__rpcctl__command_line_dot_cc=parser), [])
        self.assertEqual(self.offences_of(cmd__rpcctl__app_dot_cc=parser),
                         ["cmd/rpcctl/app.cc includes CLI/CLI.hpp, a library of others"])

    def test_grpc_stays_in_its_room(self):
        for header in ("grpcpp/grpcpp.h", "grpc/grpc.h"):
            include = f"#include <{header}>\n"
            self.assertEqual(self.offences_of(src__transport__grpc__a_dot_cc=include), [])
            self.assertEqual(self.offences_of(src__schema__a_dot_cc=include),
                             [f"src/schema/a.cc includes {header}, a library of others"])

    def test_nghttp2_stays_in_its_room(self):
        include = "#include <nghttp2/nghttp2.h>\n"
        self.assertEqual(self.offences_of(src__transport__h2__a_dot_cc=include), [])
        for room in ("transport", "transport/grpc", "call"):
            file = f"src/{room}/a.cc"
            self.assertEqual(self.offences_of(**{file.replace("/", "__").replace(".", "_dot_"): include}),
                             [f"{file} includes nghttp2/nghttp2.h, a library of others"])

    def test_each_executable_knows_its_own_transport_and_no_command_knows_any(self):
        allowed = {("main", "h2"), ("core_main", "grpc")}
        for kind in ("h2", "grpc"):
            for name in ("main", "core_main", "client", "version"):
                found = self.offences_of(**{f"src__transport__{kind}__a_dot_h": "",
                                            f"cmd__rpcctl__{name}_dot_cc": f'#include "transport/{kind}/a.h"\n'})
                offence = (f"cmd/rpcctl/{name}.cc includes src/transport/{kind}/a.h, but cmd/rpcctl must not know "
                           f"transport/{kind}")
                self.assertEqual(found, [] if (name, kind) in allowed else [offence])

    def test_no_transport_knows_the_other(self):
        for one, other in (("h2", "grpc"), ("grpc", "h2")):
            found = self.offences_of(**{f"src__transport__{other}__a_dot_h": "",
                                        f"src__transport__{one}__b_dot_cc": f'#include "transport/{other}/a.h"\n'})
            self.assertEqual(len(found), 1)

    def test_the_messages_of_reflection_are_for_schema_alone(self):
        include = "#include <grpc/reflection/v1/reflection.pb.h>\n"
        self.assertEqual(self.offences_of(src__schema__a_dot_cc=include), [])
        self.assertEqual(len(self.offences_of(src__transport__a_dot_cc=include)), 1)

    def test_the_lower_rooms_know_no_protobuf(self):
        include = "#include <google/protobuf/message.h>\n"
        self.assertEqual(self.offences_of(src__message__a_dot_cc=include), [])
        for room in ("base", "transport", "call"):
            self.assertEqual(len(self.offences_of(**{f"src__{room}__a_dot_cc": include})), 1, room)

    def test_a_room_that_nobody_knows_is_found(self):
        self.assertEqual(self.offences_of(src__attic__a_dot_cc=""), ["src/attic/a.cc lies in no room"])

    def test_a_file_that_is_not_there_is_found(self):
        self.assertEqual(self.offences_of(src__base__a_dot_cc='#include "base/gone.h"\n'),
                         ["src/base/a.cc includes base/gone.h, which is no file of the project"])


if __name__ == "__main__":
    if sys.argv[1:] == ["--list"]:
        print("\n".join(sorted({f"{room_of(f)} -> {room_of(t)}" for f, _, t in arrows(ROOT) if t})))
    else:
        unittest.main()
