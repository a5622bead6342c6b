// Names the entry types of maps as protobuf wants them named.
#pragma once

namespace google::protobuf {
class FileDescriptorProto;
}

namespace rpcctl {

// protobuf builds a map "stamps" only when its entry type is called "StampsEntry". Servers of grpc-js call it
// "Stamps": gives such types, and the fields that name them, the name that protobuf expects. Returns whether
// anything changed.
bool NameMapEntries(google::protobuf::FileDescriptorProto& file);

}  // namespace rpcctl
