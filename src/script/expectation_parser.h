// Reads what an "expect" says.
#pragma once

#include "base/result.h"
#include "script/line_reader.h"
#include "script/script.h"

namespace rpcctl {

// Reads, to the end of the line,
//
//   CODE [within DUR] | * [within DUR]
//   SUBJECT PREDICATE | first within DUR | latency within DUR
//
// Errors are kUsage; where they are is the reader's place().
Result<Expectation> ParseExpectation(LineReader& reader);

}  // namespace rpcctl
