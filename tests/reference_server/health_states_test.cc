#include "reference_server/health_states.h"

#include <doctest/doctest.h>

namespace rpcctl::reference {
namespace {

using State = HealthStates::State;

TEST_CASE("health states: what was given serves, but for what does not") {
  const HealthStates states({"a.A", "b.B"}, {"b.B"});
  CHECK(states.Of("a.A") == State::kServing);
  CHECK(states.Of("b.B") == State::kNotServing);
  CHECK(states.Of("") == State::kServing);
  CHECK(states.Of("c.C") == State::kUnknown);
}

TEST_CASE("health states: the server as a whole may be the one that does not") {
  CHECK(HealthStates({}, {""}).Of("") == State::kNotServing);
}

TEST_CASE("health states: a name that nobody serves is known when it does not serve") {
  CHECK(HealthStates({}, {"made.Up"}).Of("made.Up") == State::kNotServing);
}

TEST_CASE("health states: a flip turns each known state round, a second one back") {
  HealthStates states({"a.A"}, {"b.B"});
  states.Flip();
  CHECK(states.Of("a.A") == State::kNotServing);
  CHECK(states.Of("b.B") == State::kServing);
  CHECK(states.Of("c.C") == State::kUnknown);
  states.Flip();
  CHECK(states.Of("a.A") == State::kServing);
}

}  // namespace
}  // namespace rpcctl::reference
