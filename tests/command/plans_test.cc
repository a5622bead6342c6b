// From what was typed to what is meant: the options of a connection and of a call.
#include <doctest/doctest.h>

#include <map>

#include "cmd/rpcctl/all_abilities.h"
#include "cmd/rpcctl/call_plan.h"
#include "cmd/rpcctl/connection_plan.h"

namespace rpcctl {
namespace {

// A script's surroundings, or a terminal's.
struct World {
  StringOutput out, err;
  bool terminal = false;
  std::map<std::string, std::string> environment = {};

  Surroundings Around() {
    Surroundings around{
        0, out, err, terminal, terminal, [this](const std::string& name) -> std::optional<std::string> {
          const auto found = environment.find(name);
          return found == environment.end() ? std::nullopt : std::optional(found->second);
        }};
    around.abilities = AllAbilities();
    return around;
  }
};

const TimePoint kBegan = TimePoint(std::chrono::hours(1));

Result<ConnectionPlan> Connection(const ConnectionFlags& flags) {
  World world;
  return MakeConnectionPlan(flags, world.Around(), kBegan);
}

// "message | hint" of the usage error that `flags` are.
std::string Refusal(const ConnectionFlags& flags) {
  const Result<ConnectionPlan> plan = Connection(flags);
  if (plan) return "no error";
  CHECK(plan.error().kind == ErrorKind::kUsage);
  return plan.error().message + " | " + plan.error().hint;
}

TEST_CASE("connection plan: without options it is the default target, without any limit but for connecting") {
  const Result<ConnectionPlan> plan = Connection({});
  REQUIRE(plan);
  CHECK(plan->target.Name() == "localhost:50051");
  CHECK(plan->deadline == TimePoint::max());
  CHECK(plan->connect_timeout == std::chrono::seconds(10));
  CHECK(plan->metadata.empty());
  CHECK(plan->out_colour == Colour::kOff);
}

TEST_CASE("connection plan: the time of the command counts from its beginning") {
  ConnectionFlags flags;
  flags.timeout = "1m30s";
  flags.connect_timeout = "250ms";
  const Result<ConnectionPlan> plan = Connection(flags);
  REQUIRE(plan);
  CHECK(plan->deadline == kBegan + std::chrono::seconds(90));
  CHECK(plan->connect_timeout == std::chrono::milliseconds(250));
}

TEST_CASE("connection plan: times that are none name their option") {
  for (const char* text : {"", "5", "0s", "-1s", "1", "5 s", "s", "1e3s"}) {
    CAPTURE(text);
    ConnectionFlags timeout, connect;
    timeout.timeout = text;
    connect.connect_timeout = text;
    CHECK(Refusal(timeout).starts_with("--timeout: "));
    CHECK(Refusal(connect).starts_with("--connect-timeout: "));
  }
}

TEST_CASE("connection plan: headers keep their order, and the first bad one is told") {
  ConnectionFlags flags;
  flags.headers = {"X-Team: a", "x-team:b", "x-data-bin: AAE="};
  const Result<ConnectionPlan> plan = Connection(flags);
  REQUIRE(plan);
  REQUIRE(plan->metadata.size() == 3);
  CHECK(plan->metadata[0].name == "x-team");
  CHECK(plan->metadata[0].value == "a");
  CHECK(plan->metadata[1].value == "b");
  CHECK(plan->metadata[2].value == std::string("\0\1", 2));
  for (const char* header : {"", "x", ": v", "grpc-timeout: 1S", "te: trailers", ":path: /",
                             "content-type: x", "a b: c", "x: a\nb", "x-bin: !"}) {
    CAPTURE(header);
    flags.headers = {"x-team: a", header};
    CHECK(Refusal(flags).starts_with("--header: "));
  }
}

TEST_CASE("connection plan: another machine gets credentials in plaintext only when that is asked for") {
  ConnectionFlags flags;
  flags.target = "example.com:80";
  flags.plaintext = true;
  CHECK(Connection(flags));
  flags.headers = {"authorization: Bearer t0ken"};
  const std::string refusal = Refusal(flags);
  CHECK(
      refusal.starts_with("header 'authorization' would cross the network to 'example.com:80' without TLS"));
  CHECK(refusal.find("t0ken") == std::string::npos);
  flags.allow_plaintext_credentials = true;
  CHECK(Connection(flags));
}

TEST_CASE("connection plan: to this machine credentials may go in plaintext") {
  for (const char* target : {"localhost:1", "127.9.9.9:1", "[::1]:1", "unix:/x", "unix-abstract:x", ":1"}) {
    CAPTURE(target);
    ConnectionFlags flags;
    flags.target = target;
    flags.headers = {"authorization: Bearer t0ken", "x-api-key: k"};
    CHECK(Connection(flags));
  }
}

TEST_CASE("connection plan: a colour that is none is told") {
  ConnectionFlags flags;
  flags.colour = "sometimes";
  CHECK(Refusal(flags) ==
        "--color: 'sometimes' is none of its values | the values are auto, always and never");
}

Result<CallPlan> Call(const CallFlags& call, bool terminal = false) {
  World world;
  world.terminal = terminal;
  Flags flags;
  flags.call = call;
  if (flags.call.method.empty()) flags.call.method = "S.M";
  return MakeCallPlan(flags, world.Around(), kBegan);
}

std::string CallRefusal(const CallFlags& call) {
  const Result<CallPlan> plan = Call(call);
  if (plan) return "no error";
  CHECK(plan.error().kind == ErrorKind::kUsage);
  return plan.error().message;
}

TEST_CASE("call plan: the output of a terminal is laid out for people, any other for programs") {
  CHECK(Call({}, true)->style.layout == JsonLayout::kIndented);
  CHECK(Call({}, false)->style.layout == JsonLayout::kCompact);
  for (const bool terminal : {true, false}) {
    CallFlags flags;
    flags.output = "jsonl";
    CHECK(Call(flags, terminal)->style.layout == JsonLayout::kCompact);
    flags.output = "json";
    CHECK(Call(flags, terminal)->style.layout == JsonLayout::kIndented);
    flags.output = "none";
    CHECK(Call(flags, terminal)->output == CallPlan::Output::kNone);
  }
}

TEST_CASE("call plan: a template is an output of its own") {
  CallFlags flags;
  flags.format = "{name}";
  const Result<CallPlan> plan = Call(flags);
  REQUIRE(plan);
  CHECK(plan->output == CallPlan::Output::kTemplate);
  CHECK(plan->format == "{name}");
  flags.output = "json";
  CHECK(CallRefusal(flags) == "--format and --output exclude each other");
}

TEST_CASE("call plan: an output that is none names the nearest") {
  CallFlags flags;
  flags.output = "jsonn";
  const Result<CallPlan> plan = Call(flags);
  REQUIRE_FALSE(plan);
  CHECK(plan.error().message == "--output: 'jsonn' is none of its values");
  CHECK(plan.error().hint.starts_with("did you mean 'json'"));
}

TEST_CASE("call plan: sizes and counts are above zero and not beyond what a message can be") {
  CHECK(Call({})->max_message_size == 4u << 20);
  CallFlags flags;
  flags.max_message_size = "512KiB";
  flags.limit = "18446744073709551615";
  CHECK(Call(flags)->max_message_size == 512u << 10);
  CHECK(Call(flags)->limit == 18446744073709551615u);
  flags.max_message_size = "16GiB";
  CHECK(Call(flags)->max_message_size == 2147483647u);
  for (const char* limit : {"", "0", "-1", "1.5", "x", "1x", " 1", "18446744073709551616"}) {
    CAPTURE(limit);
    CallFlags bad;
    bad.limit = limit;
    CHECK(CallRefusal(bad).starts_with("--limit: "));
  }
  for (const char* size : {"", "0", "x", "-1", "1 MiB"}) {
    CAPTURE(size);
    CallFlags bad;
    bad.max_message_size = size;
    CHECK(CallRefusal(bad).starts_with("--max-message-size: "));
  }
}

TEST_CASE("call plan: what stands where the method should is told") {
  for (const char* word : {"name=you", "{}", "two words"}) {
    CallFlags flags;
    flags.method = word;
    CHECK(CallRefusal(flags).ends_with("stands where the METHOD is expected"));
  }
}

}  // namespace
}  // namespace rpcctl
