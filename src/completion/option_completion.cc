#include "completion/option_completion.h"

#include <fmt/format.h>

#include <algorithm>

namespace rpcctl {
namespace {

bool WasGiven(const Cursor& cursor, const KnownOption& option) {
  const auto is_it = [&](const GivenOption& given) {
    return given.option == &option || given.option->names == option.names;
  };
  return std::ranges::any_of(cursor.given.options, is_it);
}

void OfferAll(std::span<const KnownOption> options, const Cursor& cursor, Answer& answer) {
  for (const KnownOption& option : options) {
    if (!option.repeatable && WasGiven(cursor, option)) continue;
    for (const std::string& name : option.names) Offer(answer, cursor.typed, name, option.text);
  }
}

// How a value is written that cannot be listed.
std::string_view Examples(Takes takes) {
  switch (takes) {
    case Takes::kDuration:
      return "250ms, 5s, 1m30s";
    case Takes::kSize:
      return "512KiB, 4MiB, 1000";
    case Takes::kNumber:
      return "a whole number above zero";
    case Takes::kTarget:
      return "host:port, :port or unix:/path";
    default:
      return "";
  }
}

void OfferFiles(Answer& answer, size_t at) {
  answer.files = true;
  answer.file_at = at;
}

void OfferTargets(const CompletionQuestions& questions, size_t at, const Cursor& cursor, Answer& answer) {
  constexpr std::string_view kSocket = "unix:";
  const std::string_view typed = std::string_view(cursor.typed).substr(at);
  if (typed.starts_with(kSocket)) OfferFiles(answer, at + kSocket.size());
  const std::string prefix = cursor.typed.substr(0, at);
  for (const std::string& target : questions.targets()) Offer(answer, cursor.typed, prefix + target);
}

}  // namespace

void OfferCommands(const OptionTable& table, const Cursor& cursor, Answer& answer) {
  answer.keep_order = true;
  for (const CommandName& command : table.commands)
    Offer(answer, cursor.typed, std::string(command.name), std::string(command.text));
}

void OfferOptions(const OptionTable& table, const Cursor& cursor, Answer& answer) {
  answer.keep_order = true;
  OfferAll(cursor.command == nullptr ? table.program_options : cursor.command->options, cursor, answer);
}

void OfferPlainValues(const ValueForm& form, std::string_view name, std::string_view value_name, size_t at,
                      const CompletionQuestions& questions, const Cursor& cursor, Answer& answer) {
  const std::string prefix = cursor.typed.substr(0, at);
  for (const std::string& literal : form.literals) Offer(answer, cursor.typed, prefix + literal);
  if (form.takes == Takes::kFile) return OfferFiles(answer, at);
  if (form.takes == Takes::kTarget) OfferTargets(questions, at, cursor, answer);
  if (!answer.candidates.empty() || answer.files || form.only_literals) return;
  const std::string_view examples = Examples(form.takes);
  answer.hints.push_back(examples.empty() ? fmt::format("{}: {}", name, value_name)
                                          : fmt::format("{}: {}: {}", name, value_name, examples));
}

}  // namespace rpcctl
