// Completes what the table of commands and options knows by itself.
#pragma once

#include "completion/answer.h"
#include "completion/cursor.h"
#include "completion/value_form.h"

namespace rpcctl {

void OfferCommands(const OptionTable& table, const Cursor& cursor, Answer& answer);

// Short and long names. Those that were given already and would only be overridden are left out.
void OfferOptions(const OptionTable& table, const Cursor& cursor, Answer& answer);

// The literals of `form` and, of what needs no schema, what it takes. `name` is how hints call it; the value
// begins at byte `at` of the word being typed.
void OfferPlainValues(const ValueForm& form, std::string_view name, std::string_view value_name, size_t at,
                      const CompletionQuestions& questions, const Cursor& cursor, Answer& answer);

}  // namespace rpcctl
