// How errors about request data are worded.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace rpcctl {

// A kInput error "place: what" with `hint`; "what" alone where `place` is empty. Both come out safe to show,
// whatever they quote.
Error InputError(std::string_view place, std::string_view what, std::string_view hint = {});

// `error` as seen from outside: its message after "place: ".
Error AtPlace(std::string_view place, Error error);

// 'text' in single quotes, shortened where it is long.
std::string Quoted(std::string_view text);

}  // namespace rpcctl
