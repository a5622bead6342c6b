#include "render/error_report.h"

#include <fmt/format.h>

#include "base/safe_text.h"

namespace rpcctl {
namespace {

std::string FirstLine(const std::string& message, Colour colour) {
  const std::string_view label = colour == Colour::kOn ? "\x1b[1;31merror:\x1b[0m" : "error:";
  return fmt::format("rpcctl: {} {}\n", label, message);
}

// Every line of `text` under a label: "  hint: first line" and the others below its first letter.
std::string Indented(std::string_view label, const std::string& text) {
  if (text.empty()) return "";
  std::string lines = fmt::format("  {}: ", label);
  for (const char c : text) {
    lines += c;
    if (c == '\n') lines.append(label.size() + 4, ' ');
  }
  return lines + "\n";
}

}  // namespace

std::string ErrorReport(const Error& error, Colour colour) {
  return FirstLine(error.message, colour) + Indented("hint", error.hint);
}

std::string StatusReport(const FailedCall& call, Colour colour, size_t message_limit) {
  const RpcStatus& status = call.status;
  std::string message = fmt::format("{} ({})", StatusName(status.code), status.code);
  if (!status.message.empty()) message += ": " + SafeExcerpt(status.message, message_limit);
  std::string report = FirstLine(message, colour);
  for (const std::string& detail : call.details) report += Indented("detail", detail);
  return report + Indented("hint", call.hint);
}

}  // namespace rpcctl
