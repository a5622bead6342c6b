// Reads what an expectation or a capture is about.
#pragma once

#include <string_view>

#include "base/result.h"
#include "script/line_reader.h"
#include "script/script.h"

namespace rpcctl {

// Errors are kUsage; where they are is the reader's place().

inline constexpr std::string_view kSubjectHint =
    "a status such as OK, or .path, msg[0].path, each|any|first|last .path, count, first, latency,\n"
    "status.message, header NAME, trailer NAME, detail TYPE .path";

// The subject that begins with `word`, which was read: PATH, msg[I]PATH, each|any|first|last PATH, count,
// latency, status.message, header NAME, trailer NAME, detail TYPE. Not a status, nor the time to the first
// message.
Result<Subject> ParseSubject(LineReader& reader, const Word& word);

// A subject that can be captured, to the end of the line: PATH, msg[I]PATH, first PATH, last PATH, count,
// header NAME, trailer NAME.
Result<Subject> ParseCaptureSubject(LineReader& reader);

}  // namespace rpcctl
