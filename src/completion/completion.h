// Completes a half-typed command line of rpcctl.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "completion/answer.h"
#include "completion/known_schema.h"
#include "completion/option_table.h"
#include "completion/shell_line.h"

namespace rpcctl {

// An option as it stands on the line, the last of several last.
struct GivenOption {
  const KnownOption* option = nullptr;
  std::string value;
};

// What the line says before the word being typed.
struct GivenLine {
  std::string_view command;
  std::vector<GivenOption> options;
  std::vector<std::pair<std::string, std::string>> assignments;  // of environment variables
};

// What completion has to ask for, and asks for only when it needs it.
struct CompletionQuestions {
  // The types of the server or the files that the line names; what is handed out lives until the end.
  std::function<KnownSchema(const GivenLine& line)> schema;
  // The servers that were used before, as -t takes them.
  std::function<std::vector<std::string>()> targets;
  std::string home;  // what "~" stands for; "" where it is not known
};

// Takes `line`, as the shell has it up to the cursor. Never fails: where there is nothing to tell the answer
// is empty. The text is AnswerText's.
std::string Complete(Shell shell, std::string_view line, const OptionTable& table,
                     const CompletionQuestions& questions);

}  // namespace rpcctl
