// Reads what is said of the subject of an expectation.
#pragma once

#include "base/result.h"
#include "script/line_reader.h"
#include "script/script.h"

namespace rpcctl {

// Reads
//
//   [not] OPERATOR VALUE          == != < <= > >= matches contains startswith endswith
//   [not] in [VALUE, VALUE...]
//   [not] exists | absent | isempty
//
// to the end of the line. Errors are kUsage; where they are is the reader's place().
Result<Predicate> ParsePredicate(LineReader& reader);

}  // namespace rpcctl
