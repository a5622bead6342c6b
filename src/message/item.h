// One word of a request, "name=you", taken apart; what its path and value mean is not known here.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace rpcctl {

enum class ItemKind {
  kAssignment,     // path op value
  kFile,           // "@file": documents from a file
  kStandardInput,  // "@-": documents from standard input
  kJson,           // "{...}": a document
  kNextMessage,    // ",": what follows belongs to the next message
};

// What stands behind the operator of an assignment.
enum class ItemValue { kText, kTextFile, kJson, kJsonFile };

struct Item {
  std::string word;  // as typed, for messages
  ItemKind kind = ItemKind::kAssignment;
  std::string path;                         // kAssignment: what stands before the operator; never empty
  ItemValue value_kind = ItemValue::kText;  // kAssignment
  bool append = false;                      // kAssignment: the operator begins with '+'
  std::string value;                        // the text, the JSON, or the name of the file; verbatim
};

// Takes `word` apart by the grammar
//
//   item = path op value | "@" file | "@-" | "{" json "}" | ","
//   op   = "=" | "=@" | ":=" | ":=@" | "+=" | "+=@" | "+:=" | "+:=@"
//
// The operator is the first that stands outside brackets; everything behind it is the value. A word that is
// none of these is a kInput error that says what items look like.
Result<Item> ParseItem(std::string_view word);

}  // namespace rpcctl
