#include "render/call_trace.h"

#include <fmt/format.h>

#include "base/safe_text.h"
#include "base/size.h"
#include "base/text.h"

namespace rpcctl {
namespace {

std::string_view KindName(MethodKind kind) {
  switch (kind) {
    case MethodKind::kUnary:
      return "unary";
    case MethodKind::kServerStreaming:
      return "server streaming";
    case MethodKind::kClientStreaming:
      return "client streaming";
    case MethodKind::kBidi:
      return "bidirectional streaming";
  }
  return "";
}

std::string Milliseconds(Duration duration) {
  return fmt::format("{:.2f} ms", std::chrono::duration<double, std::milli>(duration).count());
}

}  // namespace

std::string TraceMetadata(std::string_view mark, const Metadata& metadata) {
  std::string lines;
  for (const MetadataEntry& entry : metadata) {
    lines += fmt::format("{} {}: {}\n", mark, SafeText(entry.name), ShownMetadataValue(entry));
  }
  return lines;
}

std::string TraceStart(std::string_view target, const PreparedCall& call) {
  return fmt::format("* method {} ({})\n* target {}\n", call.start.path, KindName(call.kind),
                     SafeText(target)) +
         TraceMetadata(">", call.start.metadata);
}

std::string TraceOutcome(const CallOutcome& outcome) {
  const std::string_view status =
      outcome.limit_reached ? "stopped at the limit" : StatusName(outcome.status.code);
  const std::string first = outcome.first ? ", first message after " + Milliseconds(*outcome.first) : "";
  return TraceMetadata("<", outcome.trailers) +
         fmt::format("* {}: sent {}, received {} ({}){}, total {}\n", status, Plural(outcome.sent, "message"),
                     Plural(outcome.received, "message"), FormatSize(outcome.received_bytes), first,
                     Milliseconds(outcome.total));
}

}  // namespace rpcctl
