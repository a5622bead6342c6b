// What all expectations have in common when they are judged: their matcher, and how it is told that they do
// not hold.
#pragma once

#include <memory>
#include <string>

#include "message/known_types.h"
#include "script/checked_step.h"
#include "script/report.h"

namespace rpcctl {

// The one of its own or, where something is filled in to it, a new one. Errors are those of MakeMatcher.
Result<std::shared_ptr<const Matcher>> MatcherOf(const CheckedExpectation& expectation,
                                                 const KnownTypes& known, const Variables& variables);

// A failure of what stands at `expectation`; `expected` is empty where nothing could be compared.
Failure FailureOf(const Expectation& expectation, std::string expected, std::string actual);

// "\"them\"", "(absent)", "\"\" (not set)".
std::string ActualText(const ActualValue& actual);

// The word that would make the expectation hold of `actual`, the text of a value or the JSON of a message, a
// list or a map; empty where no line can hold it, and for all but "== value".
std::string ReplacementFor(const Expectation& expectation, const std::string& actual);

}  // namespace rpcctl
