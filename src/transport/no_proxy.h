// The rule of no_proxy: what is reached without a proxy.
#pragma once

#include <string_view>

#include "transport/target.h"

namespace rpcctl {

// The first entry of `list` that names `target`, whose kind is kTcp; empty for none. Entries stand between
// commas or white space:
//   corp.test       this name and all below it
//   .corp.test      all below it (also *.corp.test)
//   192.0.2.7  2001:db8::1  [2001:db8::1]    this address
//   192.0.2.0/24  2001:db8::/32              the addresses of this network
//   *               everything
// Names, and addresses (an IPv6 one in brackets), may end in ":PORT": then they are for this port only.
// Addresses are compared with a target that is written as one, since no name is looked up for it. An entry
// that is none of these names nothing.
std::string_view ExemptingEntry(std::string_view list, const Target& target);

}  // namespace rpcctl
