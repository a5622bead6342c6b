#include "transport/metadata.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/base64.h"
#include "base/safe_text.h"
#include "base/text.h"

namespace rpcctl {
namespace {

// Names that gRPC or HTTP/2 give a meaning of their own; sending them as metadata would break the call.
struct ReservedName {
  std::string_view name;
  std::string_view hint = "rpcctl sets it itself where it is needed";
};
constexpr ReservedName kReservedNames[] = {{"te"},
                                           {"content-type"},
                                           {"content-length"},
                                           {"connection"},
                                           {"transfer-encoding"},
                                           {"upgrade"},
                                           {"keep-alive"},
                                           {"proxy-connection"},
                                           {"host", "--authority says whom a call is for"},
                                           {"user-agent", "--user-agent sets it"}};
constexpr ReservedName kReservedPrefix = {"grpc-"};

constexpr std::string_view kMask = "***";
constexpr size_t kShortestHidden = 4;

constexpr std::string_view kShape = "write it as 'name: value'";

bool IsNameCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

// The entry that reserves `name`; null for none.
const ReservedName* FindReserved(std::string_view name) {
  if (name.starts_with(kReservedPrefix.name)) return &kReservedPrefix;
  const auto* found = std::find_if(std::begin(kReservedNames), std::end(kReservedNames),
                                   [&](const ReservedName& reserved) { return reserved.name == name; });
  return found == std::end(kReservedNames) ? nullptr : found;
}

std::string_view Trimmed(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

Error Usage(std::string message, std::string hint = std::string(kShape)) {
  return {ErrorKind::kUsage, std::move(message), std::move(hint)};
}

Result<void> CheckName(std::string_view name) {
  if (name.empty()) return Usage("the header has no name");
  if (name[0] == ':') {
    return Usage(fmt::format("header '{}': names that begin with ':' belong to HTTP/2", SafeText(name)), "");
  }
  const auto* wrong = std::find_if_not(name.begin(), name.end(), IsNameCharacter);
  if (wrong != name.end()) {
    // What stands behind may be a credential, as in "authorization Bearer a:b".
    return Usage(fmt::format("header '{}...': the name has a character that gRPC does not allow",
                             std::string_view(name.begin(), wrong)),
                 "names are made of letters, digits, '-', '_' and '.'");
  }
  if (const ReservedName* reserved = FindReserved(name)) {
    return Usage(fmt::format("header '{}': this name belongs to the protocol", name),
                 std::string(reserved->hint));
  }
  return {};
}

// gRPC allows visible ASCII and the space in a value that is not "-bin".
bool IsValueCharacter(char c) {
  return c >= 0x20 && c <= 0x7E;
}

Result<MetadataEntry> CheckedEntry(std::string name, std::string_view value) {
  if (name.ends_with("-bin")) {
    std::optional<std::string> bytes = DecodeBase64(value);
    if (!bytes) return Usage(fmt::format("header '{}': the value of a -bin header must be base64", name), "");
    return MetadataEntry{std::move(name), std::move(*bytes)};
  }
  if (!std::all_of(value.begin(), value.end(), IsValueCharacter)) {
    return Usage(fmt::format("header '{}': the value has a character that is not printable ASCII", name),
                 "send other bytes base64-encoded in a header whose name ends in -bin");
  }
  return MetadataEntry{std::move(name), std::string(value)};
}

}  // namespace

Result<MetadataEntry> ParseMetadata(std::string_view text) {
  size_t colon = text.find(':', 1);  // beyond the one that ":path: /" begins with
  if (colon == std::string_view::npos) colon = text.find(':');
  // Any part of it may be a secret, so that it is not shown.
  if (colon == std::string_view::npos) return Usage("the header has no ':'");
  std::string name = ToLowerAscii(Trimmed(text.substr(0, colon)));
  if (Result<void> valid = CheckName(name); !valid) return valid.error();
  return CheckedEntry(std::move(name), Trimmed(text.substr(colon + 1)));
}

bool IsSecretName(std::string_view name) {
  constexpr std::string_view kSecretParts[] = {"authorization", "cookie",  "token",  "secret",
                                               "password",      "api-key", "apikey", "credential"};
  const std::string lower = ToLowerAscii(name);
  const auto contains = [&](std::string_view part) { return lower.find(part) != std::string::npos; };
  return lower.ends_with("-key") || std::any_of(std::begin(kSecretParts), std::end(kSecretParts), contains);
}

bool IsSecret(const MetadataEntry& entry) {
  return entry.is_secret || IsSecretName(entry.name);
}

void MarkEchoedSecrets(const Metadata& sent, Metadata& received) {
  for (MetadataEntry& entry : received) {
    const auto is_echoed = [&](const MetadataEntry& other) {
      return IsSecret(other) && !other.value.empty() && other.value == entry.value;
    };
    entry.is_secret = entry.is_secret || std::any_of(sent.begin(), sent.end(), is_echoed);
  }
}

void HideSecrets(const Metadata& sent, std::string& text) {
  const auto hide = [&text](std::string_view secret) {
    if (secret.size() < kShortestHidden) return;
    for (size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at + kMask.size()))
      text.replace(at, secret.size(), kMask);
  };
  for (const MetadataEntry& entry : sent) {
    if (!IsSecret(entry)) continue;
    hide(entry.value);
    const size_t space = entry.value.find(' ');  // behind the scheme: RFC 9110, section 11.4
    if (space != std::string::npos) hide(std::string_view(entry.value).substr(space + 1));
  }
}

std::string ShownMetadataValue(const MetadataEntry& entry) {
  if (IsSecret(entry)) return std::string(kMask);
  return entry.name.ends_with("-bin") ? EncodeBase64(entry.value) : SafeText(entry.value);
}

}  // namespace rpcctl
