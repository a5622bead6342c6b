// Which of the types that one file declares are messages and which enums.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace google::protobuf {
class DescriptorProto;
class FileDescriptorProto;
}  // namespace google::protobuf

namespace rpcctl {

class LocalTypes final {
 public:
  enum class Kind { kMessage, kEnum };

  // `file` is not kept, and need not be resolved.
  explicit LocalTypes(const google::protobuf::FileDescriptorProto& file);

  // Null where the file declares no such type.
  const Kind* Find(const std::string& full_name) const;

 private:
  void Add(const google::protobuf::DescriptorProto& message, std::string_view scope);
  template <typename Enums>
  void AddEnums(const Enums& enums, std::string_view scope);

  std::map<std::string, Kind> kinds_;
};

}  // namespace rpcctl
