#include "schema/export_paths.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/safe_text.h"

namespace rpcctl {
namespace {

using Names = std::vector<std::string>;

std::string Problem(const Names& names) {
  const Result<void> checked = CheckExportPaths(names);
  if (checked) return "";
  CHECK(checked.error().kind == ErrorKind::kSchema);
  CHECK(SafeText(checked.error().message) == checked.error().message);
  return checked.error().message;
}

TEST_CASE("export_paths: usual names are fine") {
  CHECK(Problem({"a.proto", "pkg/v1/a.proto", "pkg/v1/b.proto", "x-y_z/1.proto", "\xc3\xa9.proto"}) == "");
  CHECK(Problem({}) == "");
}

TEST_CASE("export_paths: a name that leads out of the folder is refused") {
  for (const char* name : {"", "/", "/etc/x.proto", "../x.proto", "a/../x.proto", "a/./x.proto", "a//x.proto",
                           "./x.proto", "a/", "..", ".", "a/..", "..\\x.proto", "a\\b.proto"}) {
    CAPTURE(name);
    CHECK(Problem({"fine.proto", name}).ends_with("is not written: its name leads somewhere else"));
  }
  CHECK(Problem({std::string("a\0b.proto", 9)}).ends_with("its name leads somewhere else"));
}

TEST_CASE("export_paths: a server does not choose to write what is not a .proto file, or is hidden") {
  for (const char* name : {"Makefile", "a.sh", "a.proto/x", "a.PROTO", "proto"}) {
    CAPTURE(name);
    CHECK(Problem({name}).ends_with("its name does not end in .proto"));
  }
  for (const char* name : {".bashrc.proto", ".git/hooks/x.proto", "a/.b.proto", ".proto"}) {
    CAPTURE(name);
    CHECK(Problem({name}).ends_with("it would be hidden"));
  }
}

TEST_CASE("export_paths: characters that fool a terminal are refused, and shown escaped") {
  CHECK(Problem({"a\x1b[31m.proto"}) ==
        "the file 'a\\x1b[31m.proto' is not written: its name has characters that cannot be shown");
  CHECK(Problem({"a\n.proto"}).ends_with("cannot be shown"));
  CHECK(Problem({"a\xff.proto"}).ends_with("cannot be shown"));
  CHECK(Problem({"a\xe2\x80\xae.proto"}).ends_with("cannot be shown"));
}

TEST_CASE("export_paths: what no file system takes is refused") {
  CHECK(Problem({std::string(249, 'x') + ".proto"}) == "");
  CHECK(Problem({std::string(250, 'x') + ".proto"}).ends_with("a part of its name is too long"));
  CHECK(Problem({std::string(300, 'x') + "/a.proto"}).ends_with("a part of its name is too long"));
  std::string deep;
  for (int i = 0; i < 2000; ++i) deep += "a/";
  CHECK(Problem({deep + "b.proto"}).ends_with("its name is too long"));
}

TEST_CASE("export_paths: two names that differ in case only are refused") {
  CHECK(Problem({"Pkg/A.proto", "pkg/a.proto"}) ==
        "the file 'pkg/a.proto' is not written: 'Pkg/A.proto' has the same name but for case");
  CHECK(Problem({"a.proto", "a.proto"}) ==
        "the file 'a.proto' is not written: 'a.proto' has the same name but for case");
  CHECK(Problem({"A/x.proto", "a/y.proto"}) == "");
}

TEST_CASE("export_paths: a file is not a folder as well") {
  CHECK(Problem({"a.proto/b.proto", "a.proto"}) ==
        "the file 'a.proto/b.proto' is not written: 'a.proto' is a file");
  CHECK(Problem({"x/A.PROTO/b/c.proto", "X/a.proto"}) ==
        "the file 'x/A.PROTO/b/c.proto' is not written: 'X/a.proto' is a file");
}

TEST_CASE("export_paths: the hint names the way that takes every name") {
  const Names names = {"../x"};
  CHECK(CheckExportPaths(names).error().hint == "--to FILE writes a descriptor set, which takes any name");
}

}  // namespace
}  // namespace rpcctl
