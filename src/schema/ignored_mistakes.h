// For those who look through the tokens of a .proto file before the parser does.
#pragma once

#include <google/protobuf/io/tokenizer.h>

#include <string>

namespace rpcctl {

// The parser will tell them.
class IgnoredMistakes final : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int, google::protobuf::io::ColumnNumber, const std::string&) override {}
};

}  // namespace rpcctl
