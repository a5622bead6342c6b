"""A server whose reflection answers what it likes, beside an honest hostile.Target to call."""

import pathlib

from google.protobuf import descriptor_pb2

from hostile_faults import pong, reply
from proto_types import ProtoTypes

_HERE = pathlib.Path(__file__).resolve().parent
_PROTOCOL = ProtoTypes([_HERE.parents[1] / "proto"], ["grpc/reflection/v1/reflection.proto"])
Request = _PROTOCOL.message("grpc.reflection.v1.ServerReflectionRequest")
Response = _PROTOCOL.message("grpc.reflection.v1.ServerReflectionResponse")

TARGET_TYPES = ProtoTypes([_HERE / "protos"], ["hostile.proto"])

REFLECTION_PATHS = tuple(f"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo"
                         for version in ("v1", "v1alpha"))


def file_descriptor(name, *, package="", imports=(), messages=(), services=(), syntax="proto3"):
    """A FileDescriptorProto. `messages` are names of empty messages or DescriptorProtos; `services` are names of
    services with one method Do(first message) returns (first message)."""
    file = descriptor_pb2.FileDescriptorProto(name=name, package=package, syntax=syntax)
    file.dependency.extend(imports)
    for message in messages:
        if isinstance(message, str):
            file.message_type.add(name=message)
        else:
            file.message_type.add().CopyFrom(message)
    for service in services:
        first = f".{package}.{file.message_type[0].name}" if package else f".{file.message_type[0].name}"
        file.service.add(name=service).method.add(name="Do", input_type=first, output_type=first)
    return file


def importing(name, *imports, uses=()):
    """A file with evil.Service whose message needs the types `uses` (".pkg.Type") of its `imports`."""
    message = descriptor_pb2.DescriptorProto(name="M")
    for number, type_name in enumerate(uses, start=1):
        message.field.add(name=f"f{number}", number=number, label=1, type=11, type_name=type_name)
    return file_descriptor(name, package="evil", imports=imports, messages=[message], services=["Service"])


def files_answer(*files):
    """The answer that holds these files: FileDescriptorProtos or bytes."""
    response = Response()
    for file in files:
        raw = file if isinstance(file, bytes) else file.SerializeToString()
        response.file_descriptor_response.file_descriptor_proto.append(raw)
    return response


def services_answer(*names):
    response = Response()
    for name in names:
        response.list_services_response.service.add(name=name)
    return response


def error_answer(code, message):
    response = Response()
    response.error_response.error_code = code
    response.error_response.error_message = message
    return response


class FileAnswers:
    """Answers like an honest server that serves `files`; a subclass or `answers` lies.

    `answers` overrides by what is asked for: a symbol, a file name or "type number" of an extension to the answer."""

    def __init__(self, *files, services=None, answers=None):
        self.files = {file.name: file for file in files}
        self.services = services
        self.answers = answers or {}
        self.asked = []

    def __call__(self, request):
        kind = request.WhichOneof("message_request")
        wanted = getattr(request, kind)
        if kind == "file_containing_extension":
            wanted = f"{wanted.containing_type} {wanted.extension_number}"
        self.asked.append((kind, wanted))
        if kind == "list_services":
            return services_answer(*(self.services or self._declared_services()))
        if wanted in self.answers:
            return self.answers[wanted]
        return self.find(kind, wanted)

    def find(self, kind, wanted):
        """The honest answer."""
        if kind == "file_by_filename":
            found = self.files.get(wanted)
        elif kind == "file_containing_extension":
            found = next((file for file in self.files.values() if wanted in _extensions(file)), None)
        else:
            found = next((file for file in self.files.values() if wanted in _symbols(file)), None)
        return files_answer(found) if found else error_answer(5, f"not found: {wanted}")

    def _declared_services(self):
        return [name for file in self.files.values() for name in _names(file, file.service)]


def _names(file, entries):
    return [f"{file.package}.{entry.name}" if file.package else entry.name for entry in entries]


def _extensions(file):
    return [f"{extension.extendee[1:]} {extension.number}" for extension in file.extension]


def _symbols(file):
    return _names(file, [*file.service, *file.message_type, *file.enum_type])


def serving(answer, versions=("v1", "v1alpha")):
    """What HostileServer runs: reflection of these versions by `answer` (Request to Response, bytes or a list of
    such), and every other call answered with a Pong."""
    paths = [path for path in REFLECTION_PATHS if path.split(".")[2] in versions]

    def serve(peer):
        while True:
            stream = peer.next_stream()
            if stream.path in paths:
                _reflect(peer, stream, answer)
            elif stream.path in REFLECTION_PATHS:
                reply(peer, stream, status=12, message="no such version")
            else:
                peer.next_message(stream)
                reply(peer, stream, pong("called"))

    return serve


def _reflect(peer, stream, answer):
    peer.headers(stream)
    while (message := peer.next_message(stream)) is not None:
        answers = answer(Request.FromString(message))
        for one in answers if isinstance(answers, list) else [answers]:
            peer.message(stream, one if isinstance(one, bytes) else one.SerializeToString())
    if stream.reset is None:
        peer.trailers(stream)
