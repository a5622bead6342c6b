// A .proto text built into a pool of its own, the well-known types underneath.
#pragma once

#include <doctest/doctest.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/stubs/logging.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>

#include "schema/builtin_files.h"
#include "schema/file_build.h"
#include "schema/symbol.h"
#include "tests/support/schema_text.h"

namespace rpcctl {

enum class SourceInfo { kKeep, kDrop };

class BuiltFile final {
 public:
  explicit BuiltFile(std::string_view text, SourceInfo info = SourceInfo::kKeep)
      : BuiltFile(ParseText("test.proto", text), info) {}

  explicit BuiltFile(google::protobuf::FileDescriptorProto proto, SourceInfo info = SourceInfo::kKeep)
      : pool_(&builtins_.pool()) {
    if (info == SourceInfo::kDrop) proto.clear_source_code_info();
    for (const std::string& import : proto.dependency()) builtins_.Build(import);
    const Result<const google::protobuf::FileDescriptor*> built = BuildFile(pool_, proto, proto.name());
    REQUIRE_MESSAGE(built, (built ? "" : built.error().message));
    file_ = *built;
  }

  const google::protobuf::FileDescriptor& file() const { return *file_; }
  const google::protobuf::DescriptorPool& pool() const { return pool_; }

  Symbol Find(const std::string& full_name) const {
    const Symbol symbol = FindInPool(pool_, full_name);
    REQUIRE_MESSAGE(symbol.Found(), full_name);
    return symbol;
  }

  // All that the file declares, in the form in which equal files are equal: the entry types of maps, which
  // stand where the field did, come last.
  std::string Declarations() const {
    google::protobuf::FileDescriptorProto proto;
    file_->CopyTo(&proto);
    file_->CopyJsonNameTo(&proto);
    for (auto& message : *proto.mutable_message_type()) MoveMapEntriesLast(message);
    return proto.DebugString();
  }

 private:
  static void MoveMapEntriesLast(google::protobuf::DescriptorProto& message) {
    auto& nested = *message.mutable_nested_type();
    std::stable_partition(nested.pointer_begin(), nested.pointer_end(),
                          [](const auto* type) { return !type->options().map_entry(); });
    for (auto& type : nested) MoveMapEntriesLast(type);
  }

  const google::protobuf::LogSilencer silence_;
  BuiltinFiles builtins_;
  google::protobuf::DescriptorPool pool_;
  const google::protobuf::FileDescriptor* file_ = nullptr;
};

}  // namespace rpcctl
