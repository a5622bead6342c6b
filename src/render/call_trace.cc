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

std::string TraceConnected(const ConnectionPhases& phases) {
  Duration all = phases.name + phases.dial;
  std::string parts = fmt::format("name {}, dial {}", Milliseconds(phases.name), Milliseconds(phases.dial));
  for (const auto& [name, length] : {std::pair("proxy", phases.proxy), std::pair("TLS", phases.tls)}) {
    if (!length) continue;
    all += *length;
    parts += fmt::format(", {} {}", name, Milliseconds(*length));
  }
  return fmt::format("* connected to {} in {} ({})\n", SafeText(phases.address), Milliseconds(all), parts);
}

std::string TraceOutcome(const CallOutcome& outcome) {
  const std::string_view status =
      outcome.limit_reached ? "stopped at the limit" : StatusName(outcome.status.code);
  const std::string headers = outcome.answered ? ", headers after " + Milliseconds(*outcome.answered) : "";
  const std::string first = outcome.first ? ", first message after " + Milliseconds(*outcome.first) : "";
  return TraceMetadata("<", outcome.trailers) +
         fmt::format("* {}: sent {}, received {} ({}){}{}, total {}\n", status,
                     Plural(outcome.sent, "message"), Plural(outcome.received, "message"),
                     FormatSize(outcome.received_bytes), headers, first, Milliseconds(outcome.total));
}

}  // namespace rpcctl
