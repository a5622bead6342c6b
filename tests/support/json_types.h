// The types of tests/data/json_reader*.proto, and what JSON read as one of them amounts to.
#pragma once

#include <google/protobuf/any.pb.h>
#include <google/protobuf/compiler/parser.h>
#include <google/protobuf/descriptor.h>
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

#include "base/files.h"
#include "message/json_reader.h"
#include "tests/support/paths.h"

namespace rpcctl::testing {

// A pool of the two files over the well-known types that are compiled in.
class JsonTestTypes {
 public:
  JsonTestTypes() : pool_(google::protobuf::DescriptorPool::generated_pool()) {
    // What nothing refers to is not linked.
    for (const auto* linked :
         {google::protobuf::Any::descriptor(), google::protobuf::Duration::descriptor(),
          google::protobuf::Empty::descriptor(), google::protobuf::FieldMask::descriptor(),
          google::protobuf::Struct::descriptor(), google::protobuf::Timestamp::descriptor(),
          google::protobuf::Int32Value::descriptor()}) {
      (void)linked->full_name();
    }
    Add("json_reader.proto");
    Add("json_reader2.proto");
  }

  const google::protobuf::Descriptor& Type(const std::string& name) const {
    for (const char* package : {"jsontest.", "jsontest2.", ""}) {
      if (const auto* type = pool_.FindMessageTypeByName(package + name)) return *type;
    }
    throw std::runtime_error("no type " + name);
  }

  const google::protobuf::DescriptorPool& pool() const { return pool_; }

  // An empty message of `type`.
  std::unique_ptr<google::protobuf::Message> New(const google::protobuf::Descriptor& type) {
    return std::unique_ptr<google::protobuf::Message>(factory_.GetPrototype(&type)->New());
  }

 private:
  void Add(const std::string& name) {
    const std::string text = *ReadFile(TestDataPath(name), 1 << 20);
    google::protobuf::io::ArrayInputStream input(text.data(), static_cast<int>(text.size()));
    google::protobuf::io::Tokenizer tokenizer(&input, nullptr);
    google::protobuf::compiler::Parser parser;
    google::protobuf::FileDescriptorProto file;
    file.set_name(name);
    if (!parser.Parse(&tokenizer, &file) || pool_.BuildFile(file) == nullptr) {
      throw std::runtime_error("cannot build " + name);
    }
  }

  google::protobuf::DescriptorPool pool_;
  google::protobuf::DynamicMessageFactory factory_{&pool_};
};

inline JsonTestTypes& Types() {
  static JsonTestTypes types;
  return types;
}

// The message that `wire` holds, in text format on one line; "unparsable" when it holds none.
inline std::string TextOf(const google::protobuf::Descriptor& type, const std::string& wire) {
  const auto message = Types().New(type);
  if (!message->ParseFromString(wire)) return "unparsable";
  google::protobuf::TextFormat::Printer printer;
  printer.SetSingleLineMode(true);
  std::string text;
  printer.PrintToString(*message, &text);
  if (text.ends_with(' ')) text.pop_back();
  return text;
}

// What `json` is as a `type`: text format, or "message" or "message | hint" of the error.
inline std::string Read(const std::string& type, std::string_view json, ReadOptions options = {}) {
  options.known.pool = &Types().pool();
  JsonReader reader(Types().Type(type), options);
  std::string wire;
  const Result<void> read = reader.Read(json, wire);
  if (read) return TextOf(Types().Type(type), wire);
  return read.error().message + (read.error().hint.empty() ? "" : " | " + read.error().hint);
}

// One document and what Read makes of it.
struct ReadCase {
  const char* type;
  const char* json;
  const char* expected;
};

}  // namespace rpcctl::testing
