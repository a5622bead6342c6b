// The texts that stand for Timestamp, Duration and FieldMask in ProtoJSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rpcctl {

// The fields of google.protobuf.Timestamp and Duration.
struct SecondsAndNanos {
  int64_t seconds = 0;
  int32_t nanos = 0;  // of the sign of a duration; never negative in a timestamp
};

// Reads RFC 3339, 2026-11-22T10:00:00Z, with up to 9 digits of a second, and Z or an offset such as +02:00.
// nullopt for anything else, a day or an hour that does not exist, and times outside the years 1 to 9999
// (UTC).
std::optional<SecondsAndNanos> ReadTimestampText(std::string_view text);

// Reads 1.5s: seconds with up to 9 digits of a fraction. nullopt for anything else and beyond 10,000 years.
std::optional<SecondsAndNanos> ReadDurationText(std::string_view text);

// Turns one path of a field mask from JSON's spelling to that of protobuf, user.displayName to
// user.display_name, and appends it to `out`. False for what is not the camel case of a path. Anything may
// stand in a path ("*" often does), since what a server sends must read back.
bool AppendFieldMaskPath(std::string_view camel_case, std::string& out);

}  // namespace rpcctl
