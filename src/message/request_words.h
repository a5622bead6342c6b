// The words of one request, put in order: which messages they make, from which data and items.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "message/data_format.h"
#include "message/item.h"

namespace rpcctl {

enum class SourceKind { kText, kFile, kStandardInput };

// Where documents come from.
struct DataSource {
  SourceKind kind = SourceKind::kText;
  std::string text;  // the data, or the name of the file
  DataFormat format = DataFormat::kJson;
};

// What stands between two commas. With data it makes one message a document, the items laid over each;
// without, one message from its items.
struct RequestGroup {
  std::vector<DataSource> data;  // in order: those of -d first
  std::vector<Item> items;       // assignments only; no file is read yet
};

struct RequestPlan {
  std::vector<RequestGroup> groups;  // none when nothing was given
  bool ReadsStandardInput() const;
};

// `data` are the values of -d in order (the data itself, "@FILE" or "@-"), `words` the items as typed.
// `format` is that of all data but "{...}" among the words, which is JSON. Errors: kUsage for -d together
// with a comma, for standard input named twice and for a "@" without a name; kInput for a word that is no
// item.
Result<RequestPlan> PlanRequest(std::span<const std::string> data, std::span<const std::string> words,
                                DataFormat format = DataFormat::kJson);

}  // namespace rpcctl
