// The kinds of words that the lines of a script are made of.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/duration.h"
#include "base/result.h"
#include "script/line_reader.h"

namespace rpcctl {

// Errors are kUsage; where they are is the reader's place().

// The word whose text is known now. `what` is what it should be: "the METHOD".
Result<Word> PlainWord(LineReader& reader, std::string_view what);

// A plain word that a variable can be called by.
Result<Word> VariableNameWord(LineReader& reader, std::string_view what);

// A plain word that is a length of time above zero.
Result<Duration> LimitWord(LineReader& reader);

// All words up to the end of the line.
Result<std::vector<Word>> WordsToEnd(LineReader& reader);

// An error for what should not stand behind the end of a line; success where nothing does.
Result<void> ExpectEnd(LineReader& reader, std::string_view hint = {});

// What is wrong where the reader stands.
Error Missing(LineReader& reader, std::string message, std::string_view hint = {});

// What a word that says where in a message is looked like: it begins with a dot, or with "[" as an
// extension's name does behind one.
bool IsPathWord(const Word& word);

// A line as it is told: less a comment and the white space around it.
std::string WrittenLine(std::string_view line);

// Of a word that a mistake is about, which may be as long as the script: its beginning, safe to show.
std::string ShownText(std::string_view text);
std::string ShownWord(const Word& word);

}  // namespace rpcctl
