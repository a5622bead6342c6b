// What grpc.health.v1 is asked, and what it answers.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace rpcctl {

// The bytes of the question about `service`, which is UTF-8; empty for the server as a whole.
std::string HealthQuestion(const std::string& service);

// The state in an answer. An error is kStatus: INTERNAL for what does not parse.
Result<int> ReadHealthState(std::string_view message);

bool IsServing(int state);

// "NOT_SERVING"; the number of a state that has no name.
std::string HealthStateName(int state);

}  // namespace rpcctl
