// Makes files of descriptors from the text of .proto files, without checking more than their grammar.
#pragma once

#include <doctest/doctest.h>
#include <google/protobuf/compiler/parser.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <string>
#include <string_view>

#include "schema/schema_source.h"

namespace rpcctl {

// Tells doctest what does not parse.
class FailOnError final : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int line, google::protobuf::io::ColumnNumber column, const std::string& message) override {
    FAIL_CHECK("line " << line + 1 << ", column " << column + 1 << ": " << message);
  }
};

// `text` as a file called `name`, with its comments and places. A text without a syntax statement is proto3.
inline google::protobuf::FileDescriptorProto ParseText(const std::string& name, std::string_view text) {
  std::string whole(text);
  if (whole.find("syntax =") == std::string::npos) whole = "syntax = \"proto3\";" + whole;
  google::protobuf::io::ArrayInputStream input(whole.data(), static_cast<int>(whole.size()));
  FailOnError errors;
  google::protobuf::io::Tokenizer tokens(&input, &errors);
  google::protobuf::compiler::Parser parser;
  parser.RecordErrorsTo(&errors);
  google::protobuf::FileDescriptorProto file;
  parser.Parse(&tokens, &file);
  file.set_name(name);
  return file;
}

// As a server sends it: without comments and places.
inline SchemaFile FileFrom(google::protobuf::FileDescriptorProto file) {
  file.clear_source_code_info();
  return {file.name(), file.SerializePartialAsString()};
}

inline SchemaFile TextFile(const std::string& name, std::string_view text) {
  return FileFrom(ParseText(name, text));
}

}  // namespace rpcctl
