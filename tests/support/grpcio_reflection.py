"""Server reflection as grpcio's own package answers it, for either version of the protocol.

Its habits: the file first, then its imports, sent again when asked again; a method's name is not a symbol."""

import pathlib

import grpc

from proto_types import ProtoTypes

_PROTO_DIR = pathlib.Path(__file__).resolve().parents[2] / "proto"
_VERSIONS = {"v1": ("v1",), "v1alpha": ("v1alpha",), "both": ("v1", "v1alpha"), "none": ()}
_NOT_FOUND = 5

_PROTOCOL = ProtoTypes([_PROTO_DIR], ["grpc/reflection/v1/reflection.proto"])
# The messages of v1alpha are the same bytes under another name.
Request = _PROTOCOL.message("grpc.reflection.v1.ServerReflectionRequest")
Response = _PROTOCOL.message("grpc.reflection.v1.ServerReflectionResponse")


def _not_found(request, name):
    response = Response(original_request=request)
    response.error_response.error_code = _NOT_FOUND
    response.error_response.error_message = f"not found: {name}"
    return response


def _files(request, types, name):
    response = Response(original_request=request)
    for file in types.with_imports(name):
        response.file_descriptor_response.file_descriptor_proto.append(file.SerializeToString())
    return response


def _services(request, names):
    response = Response(original_request=request)
    for name in names:
        response.list_services_response.service.add(name=name)
    return response


def _has_symbol(file, symbol):
    """Whether `symbol` is a service, message, enum or extension of `file`; of what is within messages extensions only."""
    declared = [(file.package, entry) for entry in (*file.service, *file.message_type, *file.enum_type, *file.extension)]
    declared += [(f"{file.package}.{message.name}", entry) for message in file.message_type
                 for entry in message.extension]
    return symbol in [f"{scope}.{entry.name}" for scope, entry in declared]


def _extensions(file, type_name):
    """The numbers of the extensions of a type that `file` declares."""
    declared = [*file.extension, *(entry for message in file.message_type for entry in message.extension)]
    return [entry.number for entry in declared if entry.extendee == f".{type_name}"]


def _numbers(request, types, type_name):
    response = Response(original_request=request)
    response.all_extension_numbers_response.base_type_name = type_name
    for file in types.files.file:
        response.all_extension_numbers_response.extension_number.extend(_extensions(file, type_name))
    return response


def answer(request, types, services):
    """The response to one request."""
    kind = request.WhichOneof("message_request")
    if kind == "list_services":
        return _services(request, services)
    if kind == "file_by_filename":
        name = request.file_by_filename
        known = any(file.name == name for file in types.files.file)
        return _files(request, types, name) if known else _not_found(request, name)
    if kind == "file_containing_symbol":
        symbol = request.file_containing_symbol
        holders = [file.name for file in types.files.file if _has_symbol(file, symbol)]
        return _files(request, types, holders[0]) if holders else _not_found(request, symbol)
    if kind == "file_containing_extension":
        wanted = request.file_containing_extension
        holders = [file.name for file in types.files.file
                   if wanted.extension_number in _extensions(file, wanted.containing_type)]
        return _files(request, types, holders[0]) if holders else _not_found(request, wanted.containing_type)
    if kind == "all_extension_numbers_of_type":
        return _numbers(request, types, request.all_extension_numbers_of_type)
    return _not_found(request, kind)


def reflection_handlers(which, types, services):
    """The generic handlers that serve `services` and themselves; `which` is a key of _VERSIONS."""
    paths = [f"grpc.reflection.{version}.ServerReflection" for version in _VERSIONS[which]]

    def info(requests, context):
        for request in requests:
            yield answer(request, types, [*services, *paths])

    handler = grpc.stream_stream_rpc_method_handler(info, Request.FromString, Response.SerializeToString)
    return [grpc.method_handlers_generic_handler(path, {"ServerReflectionInfo": handler}) for path in paths]
