// Request and response metadata: what gRPC calls the name-value pairs beside the messages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace rpcctl {

// One pair. The name is in lower case; the value of a name ending in "-bin" is raw bytes, not base64.
struct MetadataEntry {
  std::string name;
  std::string value;
  bool is_secret = false;  // the value came from where secrets are kept, whatever the name

  bool operator==(const MetadataEntry&) const = default;
};

// In the order sent or received; a name may stand several times.
using Metadata = std::vector<MetadataEntry>;

// Reads "name: value" as a user types it: the name is lowered, white space around the value dropped, a "-bin"
// value decoded from base64 (padding optional). Errors are kUsage: a character that HTTP/2 or gRPC does not
// allow, base64 that is none, and names that belong to the protocol (":x", "te", "grpc-*", "content-type",
// "connection"...). Source: grpc's doc/PROTOCOL-HTTP2.md, "Custom-Metadata".
Result<MetadataEntry> ParseMetadata(std::string_view text);

// Whether names like this one carry credentials: authorization, cookie, *-token, *-key and their kin.
bool IsSecretName(std::string_view name);

// Whether the value must not be shown, or cross a network in the open: by its name or where it came from.
bool IsSecret(const MetadataEntry& entry);

// Marks those of `received` as secret that carry the value of a secret that was `sent`: servers echo.
void MarkEchoedSecrets(const Metadata& sent, Metadata& received);

// Puts "***" in place of the secrets that were `sent`, wherever they stand in `text`: servers quote what they
// refuse. Of "Bearer x" that is "x" too. Not of what is shorter than four bytes, which may be part of any
// word.
void HideSecrets(const Metadata& sent, std::string& text);

// The value made safe to show: "-bin" as base64, secrets masked, control bytes visible.
std::string ShownMetadataValue(const MetadataEntry& entry);

}  // namespace rpcctl
