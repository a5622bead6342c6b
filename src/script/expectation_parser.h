// Reads what an "expect", a "recv" or a "let" says, from the subject on.
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

// A subject without a predicate: PATH, msg[I]PATH, first PATH, last PATH, count, header NAME, trailer NAME.
Result<Subject> ParseCaptureSubject(LineReader& reader);

// Reads
//
//   [not] OPERATOR VALUE          == != < <= > >= matches contains startswith endswith
//   [not] in [VALUE, VALUE...]
//   [not] exists | absent | isempty
//
// to the end of the line.
Result<Predicate> ParsePredicate(LineReader& reader);

// A plain word that is a length of time above zero.
Result<Duration> ParseLimitWord(LineReader& reader);

// An error for what should not stand behind the end of a step; success where nothing does.
Result<void> ExpectEnd(LineReader& reader, std::string_view hint = {});

// What a word that says where in a message is looked like: it begins with a dot, or with "[" as an
// extension's name does behind one.
bool IsPathWord(const Word& word);

}  // namespace rpcctl
