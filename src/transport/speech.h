// Tells by its first bytes what a peer speaks.
#pragma once

#include <string>
#include <string_view>

namespace rpcctl {

enum class Speech { kNothing, kHttp2, kTls, kHttp1, kSsh, kUnknown };

// `first_bytes` are those the peer sent, as far as they are there; kNothing for none.
Speech SpeechOf(std::string_view first_bytes);

// What the peer of `first_bytes` does, for a sentence that begins with it: "speaks HTTP/1.x ('HTTP/1.1 400
// Bad Request')", "begins with '\x00\x01'". Safe to show. Not for kNothing.
std::string DescribeSpeech(std::string_view first_bytes);

}  // namespace rpcctl
