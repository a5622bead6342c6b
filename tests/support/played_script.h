// A script that is run against calls whose events the test lines up: no server, no network.
#pragma once

#include <doctest/doctest.h>

#include <deque>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "message/message_reader.h"
#include "script/case_runner.h"
#include "script/checker.h"
#include "script/script_outline.h"
#include "tests/support/fake_source.h"
#include "tests/support/fake_transport.h"

namespace rpcctl::testing {

// What is called: one method of each kind that scripts tell apart.
inline constexpr const char* kPlayedTypes = R"(
package t;
import "google/protobuf/any.proto";
import "google/protobuf/wrappers.proto";
message Ask { string name = 1; }
message Told {
  string name = 1; int64 n = 2; repeated string tags = 3; google.protobuf.Any any = 4;
  repeated google.protobuf.Any anys = 5; bytes key = 6;
}
message Inside { string name = 1; Inside more = 2; google.protobuf.Any any = 3; repeated int32 numbers = 4; }
service S {
  rpc One(Ask) returns (Told);
  rpc Down(Ask) returns (stream Told);
  rpc Chat(stream Ask) returns (stream Told);
}
)";

// One message, made when it is asked for.
class OneRequest final : public RequestSource {
 public:
  explicit OneRequest(std::string wire) : wire_(std::move(wire)) {}
  Result<RequestStep> Next(std::string& message) override {
    if (std::exchange(given_, true)) return RequestStep::kEnd;
    message = wire_;
    return RequestStep::kMessage;
  }
  int descriptor() const override { return -1; }

 private:
  const std::string wire_;
  bool given_ = false;
};

// Takes only words that are JSON, and makes each call over the next of its transports.
class FakeCaller final : public Caller {
 public:
  // The next call's events are lined up in what is returned; good for the life of the caller.
  FakeTransport& NextCall() {
    transports_.emplace_back();
    waiting_.push_back(&transports_.back());
    return transports_.back();
  }

  Result<CallWords> Read(std::span<const std::string> words) override {
    if (unreadable) return *unreadable;
    CallWords read;
    read.method = words.front();
    Result<RequestPlan> plan = PlanRequest({}, words.subspan(1));
    if (!plan) return plan.error();
    read.request = std::move(*plan);
    return read;
  }
  Result<ScriptCall> Prepare(const CallWords& words, std::span<const std::string> headers,
                             const google::protobuf::MethodDescriptor& method, TimePoint deadline) override {
    if (refusal) return *refusal;
    std::string wire;
    if (!words.request.groups.empty()) {
      const auto reader = MakeMessageReader(DataFormat::kJson, *method.input_type(), {});
      Result<void> read = reader->Read(words.request.groups.front().data.front().text, wire);
      if (!read) return read.error();
    }
    ScriptCall call;
    call.call.start.deadline = deadline;
    call.call.kind = method.client_streaming()   ? MethodKind::kBidi
                     : method.server_streaming() ? MethodKind::kServerStreaming
                                                 : MethodKind::kUnary;
    call.requests = std::make_unique<OneRequest>(std::move(wire));
    for (const std::string& header : headers) sent_headers.push_back(header);
    return call;
  }
  CallOutcome Run(ScriptCall& call, ResponseSink& responses) override {
    return RunCall(Next(), call.call, *call.requests, responses, -1);
  }
  std::unique_ptr<LiveCall> Open(const PreparedCall& call) override {
    return std::make_unique<LiveCall>(Next(), call, -1);
  }
  std::string CommandLine(const MadeCall& call, const std::function<void(std::string&)>& hide) override {
    std::string line = call.words.method;
    if (!call.typed) return line + ", " + std::to_string(call.messages.size()) + " made";
    for (std::string word : *call.typed) {
      hide(word);
      line += " " + word;
    }
    return line;
  }

  std::optional<Error> refusal;     // of every call
  std::optional<Error> unreadable;  // the words of every call, from now on
  std::vector<std::string> sent_headers;

 private:
  FakeTransport& Next() {
    if (waiting_.empty()) throw std::logic_error("a call that the test did not line up");
    FakeTransport& next = *waiting_.front();
    waiting_.pop_front();
    return next;
  }

  std::list<FakeTransport> transports_;
  std::deque<FakeTransport*> waiting_;
};

// A script of one case, checked against kPlayedTypes.
class PlayedScript final {
 public:
  explicit PlayedScript(std::string_view text)
      : text_(text), outline_(OutlineScript(text_, environment_, errors)) {
    for (const VariableSetting& setting : outline_.settings.variables)
      variables.SetText(setting.name, *variables.Fill(setting.value));
    for (const SecretSetting& secret : outline_.settings.secrets) variables.Conceal(secret.name, mask);
    if (errors.empty()) CheckScript(text_, outline_, tools_, errors);
  }

  // Tries to run the first case.
  CaseReport Run() {
    for (const ScriptError& error : errors.list()) FAIL_CHECK(error.error.message);
    REQUIRE(errors.empty());
    CaseSteps steps(text_, outline_.cases.front(), tools_);
    return CaseRunner({caller, messages_, variables, mask, outline_.settings.headers, std::chrono::hours(1),
                       std::nullopt, deadline, pause, interrupted})
        .Run(steps);
  }

  // The wire of a message of type "t.Told", or of another, from JSON.
  std::string Wire(std::string_view json, std::string_view type = "t.Told") {
    std::string wire;
    ReadOptions options;
    options.known = known_;
    const Result<void> read =
        MakeMessageReader(DataFormat::kJson, *schema_->FindMessage(type), options)->Read(json, wire);
    if (!read) FAIL(read.error().message);
    return wire;
  }
  // Lines up a call with these answers, as JSON, that ends with `status`.
  void Answer(const std::vector<std::string>& answers, RpcStatus status = {}) {
    FakeTransport& call = caller.NextCall().Writable();
    for (const std::string& answer : answers) call.Message(Wire(answer));
    call.End(std::move(status));
  }

 private:
  const EnvironmentReader environment_ = [](const std::string&) { return std::nullopt; };
  FakeServer server_{{"t.proto", kPlayedTypes}};
  const std::unique_ptr<Schema> schema_ = SchemaOver(server_);
  KnownTypes known_{
      &schema_->pool(), [this](std::string_view name) { return schema_->FindMessage(name); },
      [this](const auto& type, int number) { return schema_->FindExtension(type, number); },
      [this](const auto& type, std::string_view name) { return schema_->FindExtension(type, name); }};
  MessageTable messages_{known_};
  const std::string text_;

 public:
  FakeCaller caller;
  Variables variables{{environment_, std::chrono::system_clock::now, [] { return uint64_t{4}; }}};
  SecretMask mask;
  ScriptErrors errors;  // of what was read and checked

 private:
  const ScriptOutline outline_;
  const StepTools tools_{*schema_, caller, known_, variables};

 public:
  TimePoint deadline = TimePoint::max();
  std::function<bool(TimePoint)> pause = [](TimePoint) { return true; };
  std::function<bool()> interrupted = [] { return false; };
};

// What did not hold, in a line each: "3: == \"you\": \"them\"", with the line of the script.
inline std::string FailuresOf(const CaseReport& report) {
  std::string lines;
  for (const Failure& failure : report.failures) {
    lines += fmt::format("{}{}: {}{}{}", lines.empty() ? "" : "\n", failure.place.line, failure.expected,
                         failure.expected.empty() ? "" : ": ", failure.actual);
  }
  return lines;
}

}  // namespace rpcctl::testing
