#include "transport/no_proxy.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>

#include "base/text.h"

namespace rpcctl {
namespace {

constexpr std::string_view kSeparators = ", \t\r\n";
constexpr unsigned kAddressBits = 128;
constexpr unsigned kMappedBits = 96;  // that stand before an IPv4 address

// An IPv4 address stands as the IPv6 one that it is mapped to (RFC 4291, section 2.5.5.2), so that both ways
// of writing it are the same.
struct Address {
  std::array<unsigned char, 16> bytes{};
  bool is_v4 = false;  // as written
};

std::optional<Address> AddressOf(std::string_view text) {
  const std::string host(text.substr(0, text.find('%')));
  Address address;
  if (inet_pton(AF_INET6, host.c_str(), address.bytes.data()) == 1) return address;
  in_addr v4;
  if (inet_pton(AF_INET, host.c_str(), &v4) != 1) return std::nullopt;
  const auto* bytes = reinterpret_cast<const unsigned char*>(&v4);
  address.is_v4 = true;
  address.bytes[10] = address.bytes[11] = 0xFF;
  std::copy(bytes, bytes + sizeof v4, address.bytes.begin() + kMappedBits / 8);
  return address;
}

std::optional<unsigned> NumberOf(std::string_view text) {
  unsigned number = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = code == std::errc() && end == text.data() + text.size();
  return whole ? std::optional(number) : std::nullopt;
}

bool ShareBits(const Address& a, const Address& b, unsigned bits) {
  const unsigned whole = bits / 8;
  if (!std::equal(a.bytes.begin(), a.bytes.begin() + whole, b.bytes.begin())) return false;
  const unsigned rest = bits % 8;
  return rest == 0 || ((a.bytes[whole] ^ b.bytes[whole]) >> (8 - rest)) == 0;
}

bool IsMapped(const Address& address) {
  return ShareBits(address, *AddressOf("::ffff:0.0.0.0"), kMappedBits);
}

// Whether `text`, "192.0.2.0/24" or an address alone, has `address` in it.
bool NetworkHas(std::string_view text, const Address& address) {
  const size_t slash = text.find('/');
  const std::optional<Address> network = AddressOf(text.substr(0, slash));
  if (!network) return false;
  if (slash == std::string_view::npos) return ShareBits(*network, address, kAddressBits);
  const std::optional<unsigned> length = NumberOf(text.substr(slash + 1));
  const unsigned before = network->is_v4 ? kMappedBits : 0;
  if (!length || *length > kAddressBits - before) return false;
  // A network of IPv6, however large, has no address of IPv4 in it.
  if (before + *length < kMappedBits && IsMapped(address)) return false;
  return ShareBits(*network, address, before + *length);
}

// A name that is complete may end in a dot.
std::string PlainName(std::string_view name) {
  if (name.ends_with('.')) name.remove_suffix(1);
  return ToLowerAscii(name);
}

bool NameFits(std::string_view entry, std::string_view host) {
  if (entry.starts_with("*.")) entry.remove_prefix(1);
  const std::string suffix = PlainName(entry);
  const std::string name = PlainName(host);
  if (suffix.empty()) return false;
  return suffix[0] == '.' ? name.size() > suffix.size() && name.ends_with(suffix) : EndsAtDot(name, suffix);
}

struct HostAndPort {
  std::string_view host;
  std::string_view port;  // empty: any
};

HostAndPort Split(std::string_view entry) {
  if (entry.starts_with('[')) {
    const size_t close = std::min(entry.find(']'), entry.size() - 1);
    const std::string_view rest = entry.substr(close + 1);
    return {entry.substr(1, close - 1), rest.starts_with(':') ? rest.substr(1) : rest};
  }
  const size_t colon = entry.find(':');
  // With more than one it is an IPv6 address.
  if (colon == std::string_view::npos || entry.find(':', colon + 1) != std::string_view::npos)
    return {entry, ""};
  return {entry.substr(0, colon), entry.substr(colon + 1)};
}

bool Names(std::string_view entry, const Target& target) {
  const HostAndPort parts = Split(entry);
  if (!parts.port.empty() && NumberOf(parts.port) != target.port) return false;
  if (parts.host == "*") return true;
  const std::optional<Address> address = AddressOf(target.host);
  if (address) return NetworkHas(parts.host, *address);
  return !AddressOf(parts.host) && NameFits(parts.host, target.host);
}

}  // namespace

std::string_view ExemptingEntry(std::string_view list, const Target& target) {
  while (!list.empty()) {
    const std::string_view entry = list.substr(0, list.find_first_of(kSeparators));
    if (!entry.empty() && Names(entry, target)) return entry;
    list.remove_prefix(std::min(entry.size() + 1, list.size()));
  }
  return "";
}

}  // namespace rpcctl
