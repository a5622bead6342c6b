// Answers the conformance runner's requests with what rpcctl does to messages.
#pragma once

#include "tests/conformance/exchange.h"

namespace rpcctl {
class Schema;
}

namespace rpcctl::conformance {

// Reads the message of `request` as `rpcctl call` reads data, and writes it as it writes responses. What the
// tool does not do is skipped: JSPB, unknown fields in text, types that `schema` does not have.
Response Answer(const Request& request, Schema& schema);

}  // namespace rpcctl::conformance
