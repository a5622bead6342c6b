// What an option or a word takes, read off the name that help gives its value.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rpcctl {

enum class Takes {
  kText,  // anything: only its name can be told
  kFile,
  kTarget,
  kDuration,
  kSize,
  kNumber,
  kData,      // documents, or a file of them
  kTemplate,  // of the output
  kMethod,
  kService,
  kSymbol,
  kMethodOrMessage,
  kItem,
};

struct ValueForm {
  Takes takes = Takes::kText;
  std::vector<std::string> literals;  // words that are taken as they stand
  bool only_literals = false;         // and nothing else
};

// Reads
//
//   value name = part { "|" part }      part = KIND | literal
//
// where a KIND is in upper case: "FILE|DIR" takes files, "URL|none" some text or "none", "h2|grpc" one of two
// words. What is not known by its name is text.
ValueForm ReadValueName(std::string_view name);

}  // namespace rpcctl
