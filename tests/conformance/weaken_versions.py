"""weaken_versions.py IN OUT VERSION... - copies a 64-bit little-endian ELF file so that it starts where the library
that should bring the symbol versions named, GLIBC_2.38 say, does not have them.

Each of these versions becomes optional (the weak flag in .gnu.version_r), and the symbols that are bound to it are bound
to no version (.gnu.version), so that any library may bring them."""

import pathlib
import struct
import sys

SHT_GNU_VERNEED, SHT_GNU_VERSYM = 0x6FFFFFFE, 0x6FFFFFFF
VER_FLG_WEAK, VER_NDX_GLOBAL, HIDDEN = 2, 1, 0x8000


class Elf:
    """The parts of an ELF file that tell of symbol versions."""

    def __init__(self, image):
        if image[:6] != b"\x7fELF\x02\x01":
            raise ValueError("not a 64-bit little-endian ELF file")
        self.image = image
        table, = struct.unpack_from("<Q", image, 0x28)
        size, count = struct.unpack_from("<HH", image, 0x3A)
        # Of each section: name, type, flags, address, offset, size, link, info, alignment, entry size.
        self.sections = [struct.unpack_from("<IIQQQQIIQQ", image, table + i * size) for i in range(count)]

    def section(self, kind):
        return next(section for section in self.sections if section[1] == kind)

    def needed_versions(self):
        """Of each version that the file needs: its name, and where its entry is."""
        need = self.section(SHT_GNU_VERNEED)
        names = self.sections[need[6]][4]
        file = need[4]
        while True:
            _, count, _, first, next_file = struct.unpack_from("<HHIII", self.image, file)
            entry = file + first
            for _ in range(count):
                name, next_entry = struct.unpack_from("<8xII", self.image, entry)
                yield self.image[names + name:self.image.index(0, names + name)].decode(), entry
                entry += next_entry
            if next_file == 0:
                return
            file += next_file

    def weaken(self, wanted):
        indexes = set()
        for name, entry in self.needed_versions():
            if name not in wanted:
                continue
            flags, index = struct.unpack_from("<4xHH", self.image, entry)
            struct.pack_into("<H", self.image, entry + 4, flags | VER_FLG_WEAK)
            indexes.add(index)
        of_symbols = self.section(SHT_GNU_VERSYM)
        for at in range(of_symbols[4], of_symbols[4] + of_symbols[5], 2):
            if struct.unpack_from("<H", self.image, at)[0] & ~HIDDEN in indexes:
                struct.pack_into("<H", self.image, at, VER_NDX_GLOBAL)


def main(source, target, *versions):
    elf = Elf(bytearray(pathlib.Path(source).read_bytes()))
    elf.weaken(set(versions))
    pathlib.Path(target).write_bytes(elf.image)


if __name__ == "__main__":
    main(*sys.argv[1:])
