"""Message classes made from .proto files at run time, in a pool of their own."""

import contextlib
import subprocess
import tempfile

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory


class ProtoTypes:
    """The types of `files` and of all they import, found under `folders`."""

    def __init__(self, folders, files):
        self.files = _compile(folders, files)
        self.pool = descriptor_pool.DescriptorPool()
        for file in self.files.file:
            self.pool.Add(file)
        self._factory = message_factory.MessageFactory(self.pool)

    def message(self, full_name):
        """The class of a message."""
        return self._factory.GetPrototype(self.pool.FindMessageTypeByName(full_name))

    def file(self, name):
        """The FileDescriptorProto of one file."""
        return next(file for file in self.files.file if file.name == name)

    def with_imports(self, name):
        """One file first, then everything it imports, each once: FileDescriptorProtos."""
        order = [name]
        for current in order:
            order += [found for found in self.file(current).dependency if found not in order]
        return [self.file(found) for found in order]


@contextlib.contextmanager
def descriptor_set(folders, files):
    """The path of a descriptor set of `files` and all they import, found under `folders`; gone with the block."""
    with tempfile.NamedTemporaryFile(suffix=".pb") as output:
        paths = [f"-I{folder}" for folder in folders]
        subprocess.run(["protoc", *paths, "--include_imports", "--include_source_info",
                        f"--descriptor_set_out={output.name}", *files], check=True)
        yield output.name


def _compile(folders, files):
    with descriptor_set(folders, files) as path, open(path, "rb") as output:
        return descriptor_pb2.FileDescriptorSet.FromString(output.read())
