// Finds, among files of descriptors that are all at hand, those that answer a question.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace google::protobuf {
class FileDescriptorProto;
}

namespace rpcctl {

// Answers are the numbers of files, counted from 0 in the order of Add.
class FileIndex final {
 public:
  // `file` is not kept; null for one that cannot be used, of which the name alone is known.
  void Add(const std::string& name, const google::protobuf::FileDescriptorProto* file);

  // Fully qualified, in the order of the files.
  const std::vector<std::string>& services() const { return services_; }
  // Files that declare `symbol`, or the nearest thing around it that any file declares. All of them: whoever
  // asks sees when there are two.
  std::vector<size_t> Declaring(std::string_view symbol) const;
  std::vector<size_t> Named(std::string_view name) const;
  // Files that may declare extensions of `type`, or its extension `number`.
  std::vector<size_t> Extending(std::string_view type, std::optional<int> number) const;

 private:
  struct Extension {
    std::string extendee;
    int number;
    size_t file;
  };

  size_t count_ = 0;
  std::vector<std::string> services_;
  std::unordered_multimap<std::string, size_t> by_name_;
  std::unordered_multimap<std::string, size_t> declared_;  // names at package level
  // By the last part of the extended type's name: what stands before it may be left out in a file.
  std::unordered_map<std::string, std::vector<Extension>> extensions_;
};

}  // namespace rpcctl
