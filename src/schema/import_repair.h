// Mends a file of descriptors that a server's library made up without care, so that protobuf can build it.
#pragma once

namespace rpcctl {

class FileStore;
struct StoredFile;

// Adds the imports that `file` leaves out: the files (of `store`, or built in) that declare a type it names,
// looked up outwards from where the name stands, as protobuf does. Makes a file that says proto3 and has what
// only proto2 allows (required fields, defaults, groups, extension ranges, an enum without zero first) say
// proto2. Names the entry types of maps (map_entry_names.h). Servers of grpc-js send such files. Returns
// whether anything changed.
bool RepairFile(StoredFile& file, FileStore& store);

}  // namespace rpcctl
