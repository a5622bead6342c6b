#include "transport/speech.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

using std::string_view_literals::operator""sv;

TEST_CASE("speech: each protocol is known by how it begins") {
  CHECK(SpeechOf("") == Speech::kNothing);
  CHECK(SpeechOf("HTTP/1.1 400 Bad Request\r\n") == Speech::kHttp1);
  CHECK(SpeechOf("SSH-2.0-OpenSSH_9.2p1\r\n") == Speech::kSsh);
  CHECK(SpeechOf("\x15\x03\x01\x00\x02\x02\x46"sv) == Speech::kTls);
  CHECK(SpeechOf("\x16\x03"sv) == Speech::kTls);
  CHECK(SpeechOf("\x00\x00\x12\x04\x00\x00\x00\x00\x00"sv) == Speech::kHttp2);
  CHECK(SpeechOf("\x00\x00\x08\x07\x00"sv) == Speech::kHttp2);
}

TEST_CASE("speech: everything else is unknown") {
  for (const std::string_view bytes :
       {"\x16"sv, "\x16\x02\x00"sv, "\x00\x00\x12"sv, "\x00\x00\x12\x01"sv, "\x01\x00\x12\x04"sv,
        "220 mail ESMTP\r\n"sv, "HTTP"sv, "\x00\x01\x02\x03"sv})
    CHECK(SpeechOf(bytes) == Speech::kUnknown);
}

TEST_CASE("speech: it is told with its first line, made safe to show") {
  CHECK(DescribeSpeech("HTTP/1.1 400 \x1b[2J\r\nserver: x\r\n") ==
        "speaks HTTP/1.x ('HTTP/1.1 400 \\x1b[2J')");
  CHECK(DescribeSpeech("SSH-2.0-x\r\n") == "speaks SSH ('SSH-2.0-x')");
  CHECK(DescribeSpeech("\x15\x03\x01"sv) == "speaks TLS");
  CHECK(DescribeSpeech("\x00\x00\x12\x04"sv) == "speaks HTTP/2");
  CHECK(DescribeSpeech("\x00\xff"sv) == "begins with '\\x00\\xff'");
  CHECK(DescribeSpeech("HTTP/1.1 " + std::string(1000, 'x')).size() < 120);
}

}  // namespace
}  // namespace rpcctl
