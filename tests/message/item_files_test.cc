#include "message/item_files.h"

#include <doctest/doctest.h>

#include "tests/support/temporary_directory.h"

namespace rpcctl {
namespace {

Result<std::vector<Item>> Load(const std::string& word) {
  return LoadItemFiles({*ParseItem(word)});
}

TEST_CASE("item_files: the content takes the place of the name, byte for byte") {
  const TemporaryDirectory folder;
  const std::string path = folder.Write("value", std::string("a\0\xff\n", 4));
  CHECK(Load("blob=@" + path)->front().value == std::string("a\0\xff\n", 4));
  CHECK(Load("blob:=@" + path)->front().value == std::string("a\0\xff\n", 4));
}

TEST_CASE("item_files: what names no file stays as it is") {
  CHECK(Load("name=@@x").error().message == "name: cannot read '@x': No such file or directory");
  CHECK(Load("name=x@y")->front().value == "x@y");
  CHECK(Load("name:=\"@x\"")->front().value == "\"@x\"");
}

TEST_CASE("item_files: a file that is missing may have been meant as text") {
  const Error error = Load("name=@home").error();
  CHECK(error.kind == ErrorKind::kInput);
  CHECK(error.message == "name: cannot read 'home': No such file or directory");
  CHECK(error.hint == "for a value that begins with '@' write name:='\"@...\"'");
  CHECK(Load("name:=@home").error().hint.empty());
}

TEST_CASE("item_files: an @ alone names no file") {
  CHECK(Load("name=@").error().message == "name: no file name stands behind '@'");
}

TEST_CASE("item_files: standard input is read as a file or not at all") {
  const Error error = Load("name=@-").error();
  CHECK(error.message == "name: a value is not read from standard input by '-'");
  CHECK(error.hint == "name it as a file, /dev/stdin; a file called '-' is ./-");
}

TEST_CASE("item_files: an endless file ends at the limit") {
  CHECK(Load("name=@/dev/zero").error().message == "name: cannot read '/dev/zero': it is larger than 64 MiB");
}

}  // namespace
}  // namespace rpcctl
