// What a call turned out to be, apart from its messages.
#pragma once

#include <cstdint>
#include <vector>

#include "call/call_outcome.h"
#include "script/actual_value.h"
#include "script/checked_step.h"
#include "script/message_table.h"

namespace rpcctl {

// A number of messages.
ActualValue CountValue(uint64_t count);

// The values of a header or trailer as a person types them, those of "-bin" names in base64; none where it
// did not come.
std::vector<ActualValue> ValuesOf(const Metadata& metadata, const std::string& name);

// What `expectation`, which is not about the status code or messages, looks at, `count` of which came.
// Several values where there are: of a header that came twice, of details of one type; none where it is not
// there.
std::vector<ActualValue> OutcomeValues(const CheckedExpectation& expectation, const CallOutcome& outcome,
                                       uint64_t count, MessageTable& messages);

}  // namespace rpcctl
