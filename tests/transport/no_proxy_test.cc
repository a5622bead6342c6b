#include "transport/no_proxy.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

std::string Exempting(std::string_view list, std::string_view target) {
  return std::string(ExemptingEntry(list, *ParseTarget(target)));
}

TEST_CASE("no_proxy: what each form of an entry names, and what it does not") {
  struct Row {
    std::string entry;
    std::vector<std::string> named;
    std::vector<std::string> others;
  };
  const Row kRows[] = {
      {"*", {"api.test:1", "192.0.2.1:1", "[2001:db8::1]:1"}, {}},
      {"corp.test", {"corp.test:1", "a.b.CORP.test:1", "corp.test.:1"}, {"xcorp.test:1", "corp.test.org:1"}},
      {"Corp.Test.", {"corp.test:1", "a.corp.test:1"}, {"corp:1"}},
      {".corp.test", {"a.corp.test:1", "a.b.corp.test:1"}, {"corp.test:1", "xcorp.test:1"}},
      {"*.corp.test", {"a.corp.test:1"}, {"corp.test:1"}},
      {"corp.test:8443", {"corp.test:8443", "a.corp.test:8443"}, {"corp.test:443"}},
      {"*:8443", {"corp.test:8443"}, {"corp.test:443"}},
      {"192.0.2.7", {"192.0.2.7:1", "[::ffff:192.0.2.7]:1"}, {"192.0.2.77:1", "x.192.0.2.7:1"}},
      {"192.0.2.7:443", {"192.0.2.7:443"}, {"192.0.2.7:1"}},
      {"192.0.2.0/24", {"192.0.2.0:1", "192.0.2.255:1", "[::ffff:192.0.2.9]:1"}, {"192.0.3.0:1", "a.test:1"}},
      {"192.0.2.128/25", {"192.0.2.128:1"}, {"192.0.2.127:1"}},
      {"192.0.2.3/31", {"192.0.2.2:1", "192.0.2.3:1"}, {"192.0.2.1:1", "192.0.2.4:1"}},
      {"0.0.0.0/0", {"192.0.2.1:1"}, {"[2001:db8::1]:1", "a.test:1"}},
      {"2001:db8::1", {"[2001:db8::1]:1", "[2001:DB8:0::1]:1"}, {"[2001:db8::2]:1"}},
      {"[2001:db8::1]", {"[2001:db8::1]:1"}, {"[2001:db8::2]:1"}},
      {"[2001:db8::1]:443", {"[2001:db8::1]:443"}, {"[2001:db8::1]:1"}},
      {"2001:db8::/33", {"[2001:db8:7fff::1]:1"}, {"[2001:db8:8000::1]:1", "192.0.2.1:1"}},
      {"fe80::/10", {"[fe80::1%eth0]:1", "[febf::1]:1"}, {"[fec0::1]:1"}},
      {"::/0", {"[2001:db8::1]:1"}, {"192.0.2.1:1", "[::ffff:192.0.2.1]:1", "a.test:1"}},
      {"::ffff:192.0.2.0/120", {"192.0.2.1:1", "[::ffff:192.0.2.1]:1"}, {"192.0.3.1:1"}},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.entry);
    for (const std::string& target : row.named)
      CHECK_MESSAGE(Exempting(row.entry, target) == row.entry, target);
    for (const std::string& target : row.others) CHECK_MESSAGE(Exempting(row.entry, target).empty(), target);
  }
}

TEST_CASE("no_proxy: the first entry that fits is told, whatever separates them") {
  CHECK(Exempting("a.test,b.test", "b.test:1") == "b.test");
  CHECK(Exempting(" a.test ,\t.b.test , b.test,", "x.b.test:1") == ".b.test");
  CHECK(Exempting("a.test b.test", "b.test:1") == "b.test");
  CHECK(Exempting("a.test,b.test", "c.test:1").empty());
}

TEST_CASE("no_proxy: an entry that makes no sense names nothing, and spoils no other") {
  for (const std::string entry :
       {"", ",", ".", "*.", "/", "/8", ":", ":443", "[", "[]", "[::1", "192.0.2.0/", "192.0.2.0/33",
        "192.0.2.0/-1", "192.0.2.0/24x", "2001:db8::/129", "192.0.2.1:x", "192.0.2.1:443:1", "192.0.2/24"}) {
    CAPTURE(entry);
    CHECK(Exempting(entry, "192.0.2.1:443").empty());
    CHECK(Exempting(entry, "a.test:443").empty());
    CHECK(Exempting(entry + ",a.test", "a.test:443") == "a.test");
  }
}

}  // namespace
}  // namespace rpcctl
