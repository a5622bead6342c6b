// Looks at what is expected of a call, and at what is captured from it, against the types of its method.
#pragma once

#include "message/known_types.h"
#include "schema/schema.h"
#include "script/checked_step.h"
#include "script/script_error.h"

namespace rpcctl {

struct ExpectationCheck {
  Schema& schema;
  const KnownTypes& known;
  const Variables& variables;
};

// What is wrong is told in `errors`. `method` is null where it is not known: then only what needs no types is
// looked at. With `is_received` the expectation is about the one message of a "recv".
CheckedExpectation CheckExpectation(Expectation expectation, const google::protobuf::MethodDescriptor* method,
                                    bool is_received, ExpectationCheck check, ScriptErrors& errors);

CheckedCapture CheckCapture(Capture capture, const google::protobuf::MethodDescriptor* method,
                            ExpectationCheck check, ScriptErrors& errors);

// The matcher for a predicate whose operands are filled in from `variables` now. Errors are those of the
// filling, and kInput for an operand that is no value of the shape.
Result<Matcher> MakeMatcher(const CheckedExpectation& expectation, const KnownTypes& known,
                            const Variables& variables);

}  // namespace rpcctl
