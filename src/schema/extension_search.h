// Finds the extensions of a message type that its own files do not lead to.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace google::protobuf {
class Descriptor;
class FieldDescriptor;
}  // namespace google::protobuf

namespace rpcctl {

class DescriptorBuilder;
class ExactLookup;
class FileFetcher;

// Asks the sources for what the pool does not know yet, and remembers what nobody knew. Any number and any
// text may be asked for, any number of times; null where no source has the extension or its file cannot be
// built. Borrows all.
class ExtensionSearch final {
 public:
  ExtensionSearch(FileFetcher& fetcher, DescriptorBuilder& builder, ExactLookup& exact)
      : fetcher_(fetcher), builder_(builder), exact_(exact) {}

  const google::protobuf::FieldDescriptor* Find(const google::protobuf::Descriptor& type, int number);
  // By its full name; of a MessageSet also by that of its type, when the extension is declared within it.
  const google::protobuf::FieldDescriptor* Find(const google::protobuf::Descriptor& type,
                                                std::string_view name);

 private:
  bool IsWorthAsking(const google::protobuf::Descriptor& type, std::string_view what);

  FileFetcher& fetcher_;
  DescriptorBuilder& builder_;
  ExactLookup& exact_;
  std::set<std::pair<const google::protobuf::Descriptor*, std::string>> asked_;
};

}  // namespace rpcctl
