// Finds the message or the enum around a place in the text of a .proto file.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace google::protobuf {
class DescriptorProto;
class EnumDescriptorProto;
class FileDescriptorProto;
}  // namespace google::protobuf

namespace rpcctl {

// One of the two, or none.
struct TypeAt {
  google::protobuf::DescriptorProto* message = nullptr;
  google::protobuf::EnumDescriptorProto* enumeration = nullptr;
};

class TypePlaces final {
 public:
  // Borrows `file`, which has its source info, and hands out what is in it.
  explicit TypePlaces(google::protobuf::FileDescriptorProto& file);

  // The innermost one. Lines and columns count from 0; each place comes after the one asked for before.
  TypeAt Around(int line, int column);

 private:
  using Place = std::pair<int, int>;  // line and column
  struct Extent {
    Place begin;
    Place end;
    TypeAt type;
  };

  std::vector<Extent> extents_;  // in the order in which they begin
  size_t next_ = 0;
  std::vector<const Extent*> open_;  // one within the other, around the last place
};

}  // namespace rpcctl
