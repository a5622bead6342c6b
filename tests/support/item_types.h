// The types of tests/data/items.proto and items_proto2.proto, and messages of them built from items.
#pragma once

#include <google/protobuf/any.pb.h>
#include <google/protobuf/compiler/parser.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/duration.pb.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/empty.pb.h>
#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/timestamp.pb.h>
#include <google/protobuf/wrappers.pb.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "message/builder.h"
#include "message/item.h"
#include "message/item_files.h"
#include "tests/support/paths.h"

namespace rpcctl {

// Owns the pool. A type or a file that is missing is a std::runtime_error: the test fails on it.
class ItemTypes final {
 public:
  ItemTypes() : pool_(google::protobuf::DescriptorPool::generated_pool()) {
    // Named, so that they are linked in.
    google::protobuf::Any::descriptor();
    google::protobuf::Empty::descriptor();
    google::protobuf::BoolValue::descriptor();
    for (const char* name : {"items.proto", "items_proto2.proto"}) Add(name);
  }

  const google::protobuf::Descriptor& Type(const std::string& full_name) const {
    const google::protobuf::Descriptor* type = pool_.FindMessageTypeByName(full_name);
    if (type == nullptr) throw std::runtime_error("no type " + full_name);
    return *type;
  }
  const google::protobuf::FieldDescriptor& Field(const std::string& full_name) const {
    const google::protobuf::FieldDescriptor* field = pool_.FindFieldByName(full_name);
    if (field == nullptr) throw std::runtime_error("no field " + full_name);
    return *field;
  }
  std::unique_ptr<google::protobuf::Message> New(const std::string& full_name) {
    return std::unique_ptr<google::protobuf::Message>(factory_.GetPrototype(&Type(full_name))->New());
  }
  // Adds a file of .proto text.
  void AddText(const std::string& name, const std::string& text) {
    google::protobuf::io::ArrayInputStream input(text.data(), static_cast<int>(text.size()));
    google::protobuf::io::Tokenizer tokens(&input, nullptr);
    google::protobuf::FileDescriptorProto file;
    google::protobuf::compiler::Parser().Parse(&tokens, &file);
    file.set_name(name);
    if (pool_.BuildFile(file) == nullptr) throw std::runtime_error("cannot build " + name);
  }

 private:
  void Add(const std::string& name) {
    Result<std::string> text = ReadFile(testing::TestDataPath(name), 1 << 20);
    if (text) AddText(name, *text);
  }

  google::protobuf::DescriptorPool pool_;
  google::protobuf::DynamicMessageFactory factory_;
};

// Looks the types of Any up among the test types.
class AnyFinder final : public google::protobuf::TextFormat::Finder {
 public:
  explicit AnyFinder(const ItemTypes& types) : types_(types) {}
  const google::protobuf::Descriptor* FindAnyType(const google::protobuf::Message&, const std::string&,
                                                  const std::string& name) const override {
    return &types_.Type(name);
  }

 private:
  const ItemTypes& types_;
};

// One for all tests: types do not change.
inline ItemTypes& Types() {
  static ItemTypes types;
  return types;
}

// `message` in protobuf's text format, on one line.
inline std::string Text(const google::protobuf::Message& message) {
  const AnyFinder finder(Types());
  google::protobuf::TextFormat::Printer printer;
  printer.SetFinder(&finder);
  printer.SetSingleLineMode(true);
  printer.SetExpandAny(true);
  std::string text;
  printer.PrintToString(message, &text);
  if (text.ends_with(' ')) text.pop_back();
  return text;
}

// 2026-11-22T10:30:00.5Z.
inline std::chrono::system_clock::time_point TestNow() {
  return std::chrono::system_clock::time_point(std::chrono::milliseconds(1'795'343'400'500));
}

// `words` laid over `message`.
inline Result<void> Lay(google::protobuf::Message& message, const std::vector<std::string>& words) {
  std::vector<Item> items;
  for (const std::string& word : words) {
    Result<Item> item = ParseItem(word);
    if (!item) return item.error();
    items.push_back(*item);
  }
  Result<std::vector<Item>> loaded = LoadItemFiles(std::move(items));
  if (!loaded) return loaded.error();
  return Builder(BuildOptions{.now = TestNow}).Apply(*loaded, message);
}

// The message of `type` that `words` make, in protobuf's text format on one line, or "error: " and the
// message.
inline std::string Built(const std::string& type, const std::vector<std::string>& words) {
  const std::unique_ptr<google::protobuf::Message> message = Types().New(type);
  const Result<void> laid = Lay(*message, words);
  return laid ? Text(*message) : "error: " + laid.error().message;
}

// The same over a message that holds `data`, in the text format, already.
inline std::string BuiltOver(const std::string& type, const std::string& data,
                             const std::vector<std::string>& words) {
  const std::unique_ptr<google::protobuf::Message> message = Types().New(type);
  const AnyFinder finder(Types());
  google::protobuf::TextFormat::Parser parser;
  parser.SetFinder(&finder);
  if (!parser.ParseFromString(data, message.get())) return "error: the test's own data";
  const Result<void> laid = Lay(*message, words);
  return laid ? Text(*message) : "error: " + laid.error().message;
}

// The error that `words` end in; an empty one when there is none.
inline Error BuildError(const std::string& type, const std::vector<std::string>& words) {
  const std::unique_ptr<google::protobuf::Message> message = Types().New(type);
  const Result<void> laid = Lay(*message, words);
  return laid ? Error{} : laid.error();
}

}  // namespace rpcctl
