#include <doctest/doctest.h>

#include "cmd/rpcctl/call_plan.h"
#include "cmd/rpcctl/counter_line.h"
#include "tests/support/run_in_process.h"

namespace rpcctl {
namespace {

struct Terminals {
  bool out = false;
  bool err = false;
  std::string term = "xterm";
};

// Whether a call with these words may be counted.
bool Counts(const Terminals& terminals, const std::optional<std::string>& output = {},
            const std::string& status = "text") {
  StringOutput out, err;
  const auto environment = [&](const std::string& name) -> std::optional<std::string> {
    return name == "TERM" ? std::optional(terminals.term) : std::nullopt;
  };
  const Surroundings around{0, out, err, terminals.out, terminals.err, environment};
  Flags flags;
  flags.call.method = "S.M";
  flags.call.output = output;
  flags.connection.status = status;
  Result<CallPlan> plan = MakeCallPlan(flags, around, {});
  REQUIRE(plan);
  return plan->counts;
}

TEST_CASE("counter: where standard error is a terminal and standard output is not") {
  CHECK(Counts({.out = false, .err = true}));
  CHECK_FALSE(Counts({.out = true, .err = true}));
  CHECK_FALSE(Counts({.out = false, .err = false}));
  CHECK_FALSE(Counts({.out = true, .err = false}));
}

TEST_CASE("counter: with -o none standard output does not matter") {
  CHECK(Counts({.out = true, .err = true}, "none"));
  CHECK_FALSE(Counts({.out = true, .err = false}, "none"));
}

TEST_CASE("counter: with --status json nothing else is told") {
  CHECK_FALSE(Counts({.out = false, .err = true}, {}, "json"));
}

TEST_CASE("counter: a terminal that cannot erase a line has none") {
  CHECK_FALSE(Counts({.out = false, .err = true, .term = "dumb"}));
}

TEST_CASE("counter: a line without a terminal does nothing") {
  CounterLine counter(nullptr);
  counter.Count(1);
  counter.Refresh();
  counter.Erase();
  CHECK(counter.NextRefresh() == TimePoint::max());
}

TEST_CASE("counter: a stream of less than a second writes nothing") {
  StringOutput err;
  CounterLine counter(&err);
  counter.Count(1);
  counter.Erase();
  CHECK(err.text().empty());
  CHECK(counter.NextRefresh() < TimePoint::max());
}

}  // namespace
}  // namespace rpcctl
