#include "render/status_line.h"

#include <fmt/format.h>

#include <iterator>
#include <utility>

#include "base/base64.h"
#include "base/error_kind_name.h"
#include "message/json_string.h"

namespace rpcctl {
namespace {

// Members of one object, in the order they are added.
class ObjectText final {
 public:
  void AddString(std::string_view name, std::string_view value) {
    Begin(name);
    AppendJsonString(value, text_);
  }
  // `value` is JSON already.
  void Add(std::string_view name, std::string_view value) {
    Begin(name);
    text_ += value;
  }
  std::string Take() && { return std::move(text_) + "}"; }

 private:
  void Begin(std::string_view name) {
    text_ += text_.empty() ? '{' : ',';
    AppendJsonString(name, text_);
    text_ += ':';
  }
  std::string text_;
};

std::string ArrayText(const std::vector<std::string>& elements) {
  return fmt::format("[{}]", fmt::join(elements, ","));
}

// What came back of a secret that was sent is masked; what else a server says is for the program that asked.
std::string TextOf(const MetadataEntry& entry) {
  if (entry.is_secret) return "***";
  return entry.name.ends_with("-bin") ? EncodeBase64(entry.value) : entry.value;
}

// Values by name, in the order in which the names came first; those of names ending in "-bin" in base64.
std::string MetadataText(const Metadata& metadata) {
  std::vector<std::pair<std::string_view, std::vector<std::string>>> names;
  for (const MetadataEntry& entry : metadata) {
    auto found = names.begin();
    while (found != names.end() && found->first != entry.name) ++found;
    if (found == names.end()) found = names.insert(names.end(), {entry.name, {}});
    AppendJsonString(TextOf(entry), found->second.emplace_back());
  }
  if (names.empty()) return "{}";
  ObjectText object;
  for (const auto& [name, values] : names) object.Add(name, ArrayText(values));
  return std::move(object).Take();
}

std::string Milliseconds(Duration duration) {
  return fmt::format("{:.3f}", std::chrono::duration<double, std::milli>(duration).count());
}

void AddPhases(const ConnectionPhases& phases, ObjectText& timing) {
  timing.Add("name_ms", Milliseconds(phases.name));
  timing.Add("dial_ms", Milliseconds(phases.dial));
  if (phases.proxy) timing.Add("proxy_ms", Milliseconds(*phases.proxy));
  if (phases.tls) timing.Add("tls_ms", Milliseconds(*phases.tls));
}

// The phases of the connection by their lengths, everything else from the beginning of the call.
std::string TimingText(const CallOutcome& outcome) {
  ObjectText timing;
  if (outcome.connection) AddPhases(*outcome.connection, timing);
  timing.Add("connect_ms", Milliseconds(outcome.opening));
  if (outcome.answered) timing.Add("headers_ms", Milliseconds(*outcome.answered));
  if (outcome.first) timing.Add("first_ms", Milliseconds(*outcome.first));
  timing.Add("total_ms", Milliseconds(outcome.total));
  return std::move(timing).Take();
}

void AddOutcome(const CallOutcome& outcome, ObjectText& line) {
  line.Add("headers", MetadataText(outcome.headers));
  line.Add("trailers", MetadataText(outcome.trailers));
  line.Add("sent", std::to_string(outcome.sent));
  line.Add("received", std::to_string(outcome.received));
  line.Add("timing", TimingText(outcome));
}

void AddHint(std::string_view hint, ObjectText& line) {
  if (!hint.empty()) line.AddString("hint", hint);
}

}  // namespace

std::string StatusLine(const CallOutcome& outcome, const RpcStatus& status,
                       const std::vector<std::string>& details, std::string_view hint) {
  ObjectText line;
  line.AddString("code", StatusName(status.code));
  line.Add("number", std::to_string(status.code));
  line.AddString("message", status.message);
  line.Add("details", ArrayText(details));
  AddHint(hint, line);
  AddOutcome(outcome, line);
  return std::move(line).Take() + "\n";
}

std::string StatusLine(const CallOutcome& outcome, const Error& unmet, int exit_code) {
  ObjectText line;
  line.AddString("code", ErrorKindName(unmet.kind));
  line.Add("number", std::to_string(exit_code));
  line.AddString("message", unmet.message);
  AddHint(unmet.hint, line);
  AddOutcome(outcome, line);
  return std::move(line).Take() + "\n";
}

std::string StatusLine(const Error& error, int exit_code) {
  const bool is_status = error.kind == ErrorKind::kStatus;
  ObjectText line;
  line.AddString("code", is_status ? StatusName(error.status) : ErrorKindName(error.kind));
  line.Add("number", std::to_string(is_status ? error.status : exit_code));
  line.AddString("message", error.message);
  AddHint(error.hint, line);
  return std::move(line).Take() + "\n";
}

}  // namespace rpcctl
