#include "transport/metadata.h"

#include <doctest/doctest.h>

#include <string>

namespace rpcctl {
namespace {

std::string Fault(std::string_view text) {
  Result<MetadataEntry> entry = ParseMetadata(text);
  if (entry) return "";
  CHECK(entry.error().kind == ErrorKind::kUsage);
  return entry.error().message;
}

TEST_CASE("metadata: a header is read, its name lowered, its value trimmed") {
  CHECK(*ParseMetadata("X-Team:  a b ") == MetadataEntry{"x-team", "a b"});
  CHECK(*ParseMetadata("x:y:z") == MetadataEntry{"x", "y:z"});
  CHECK(*ParseMetadata("x:") == MetadataEntry{"x", ""});
}

TEST_CASE("metadata: a -bin value is base64, with or without padding") {
  CHECK(ParseMetadata("x-bin: AAE=")->value == std::string("\0\1", 2));
  CHECK(ParseMetadata("x-bin: AAE")->value == std::string("\0\1", 2));
  CHECK(Fault("x-bin: !!") == "header 'x-bin': the value of a -bin header must be base64");
}

TEST_CASE("metadata: what would break the protocol is refused by name") {
  CHECK(Fault("no colon") == "the header has no ':'");
  CHECK(Fault(" : x") == "the header has no name");
  CHECK(Fault(":path: x") == "header ':path': names that begin with ':' belong to HTTP/2");
  CHECK(Fault("te: x") == "header 'te': this name belongs to the protocol");
  CHECK(Fault("grpc-timeout: 1S") == "header 'grpc-timeout': this name belongs to the protocol");
  CHECK(Fault("Content-Type: x") == "header 'content-type': this name belongs to the protocol");
  CHECK(Fault("a b: x") == "header 'a...': the name has a character that gRPC does not allow");
  CHECK(Fault("x: \xc3\xa9") == "header 'x': the value has a character that is not printable ASCII");
  CHECK(Fault("x: a\nb") == "header 'x': the value has a character that is not printable ASCII");
}

TEST_CASE("metadata: a name that an option sets is refused with that option") {
  CHECK(ParseMetadata("user-agent: x").error().hint == "--user-agent sets it");
  CHECK(ParseMetadata("host: x").error().hint == "--authority says whom a call is for");
}

TEST_CASE("metadata: a value from where secrets are kept is masked, whatever its name") {
  CHECK(IsSecret({"x-team", "a", true}));
  CHECK_FALSE(IsSecret({"x-team", "a"}));
  CHECK(ShownMetadataValue({"x-team", "a", true}) == "***");
  CHECK(ShownMetadataValue({"x-team-bin", "a", true}) == "***");
}

TEST_CASE("metadata: a secret that comes back is masked, under any name") {
  const Metadata sent = {
      {"x-team", "s3cret", true}, {"authorization", "Bearer t"}, {"x-a", "open"}, {"x-b", "", true}};
  Metadata received = {{"x-echo", "s3cret"}, {"x-auth", "Bearer t"}, {"x-a", "open"}, {"x-c", ""}};
  MarkEchoedSecrets(sent, received);
  CHECK(received[0].is_secret);
  CHECK(received[1].is_secret);
  CHECK_FALSE(received[2].is_secret);
  CHECK_FALSE(received[3].is_secret);
}

TEST_CASE("metadata: secrets that were sent are hidden in a text, with their scheme and without") {
  const Metadata sent = {{"authorization", "Bearer SEKRET"},
                         {"x-note", "plain"},
                         {"x-api-key", "K3Y"},
                         {"x-mine", "own1", true}};
  std::string text = "bad Bearer SEKRET, SEKRET or SEKRETSEKRET; plain own1 K3Y";
  HideSecrets(sent, text);
  CHECK(text == "bad ***, *** or ******; plain *** K3Y");
}

TEST_CASE("metadata: secrets are masked, binary is base64, control bytes are visible") {
  CHECK(ShownMetadataValue({"authorization", "Bearer x"}) == "***");
  CHECK(ShownMetadataValue({"x-api-key", "k"}) == "***");
  CHECK(ShownMetadataValue({"x-session-token", "t"}) == "***");
  CHECK(ShownMetadataValue({"x-bin", std::string("\0\1", 2)}) == "AAE=");
  CHECK(ShownMetadataValue({"x-note", "\x1b[2J"}) == "\\x1b[2J");
}

}  // namespace
}  // namespace rpcctl
