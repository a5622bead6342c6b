// Completes the names of a schema: methods, services, types.
#pragma once

#include <string_view>

#include "completion/answer.h"
#include "completion/known_schema.h"

namespace rpcctl {

// A method in the form it was begun in: Service.Method, pkg.Service.Method, the method alone, with a slash
// before it, with another one in front. Of very many services only their names, to go on from.
void OfferMethods(const KnownSchema& known, std::string_view typed, Answer& answer);

enum class ServiceNames { kShort, kFull };
void OfferServices(const KnownSchema& known, std::string_view typed, ServiceNames names, Answer& answer);

enum class Symbols { kAll, kRequests };
// By short or full names: whatever is declared, and behind the name of a message and a dot its fields and the
// values of its enums; or what has a request: methods and messages.
void OfferSymbols(const KnownSchema& known, std::string_view typed, Symbols which, Answer& answer);

// Message types by their full names. In the word `typed` such a name follows `before`.
void OfferMessages(Schema& schema, std::string_view typed, std::string_view before, Answer& answer);

}  // namespace rpcctl
