#include "schema/import_order.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "schema/file_store.h"
#include "tests/support/schema_text.h"

namespace rpcctl {
namespace {

// "a: b c" is a.proto that imports b.proto and c.proto.
void AddFile(FileStore& store, const std::string& name, const std::vector<std::string>& imports) {
  google::protobuf::FileDescriptorProto file;
  for (const std::string& import : imports) file.add_dependency(import);
  store.Add(0, "the server", {name, file.SerializeAsString()});
}

std::string Order(FileStore& store, const std::string& root) {
  std::string names;
  for (const StoredFile* file : ImportOrder(*store.Find(root), store)) names += file->name + " ";
  return names;
}

std::string ProblemOf(FileStore& store, const std::string& name) {
  const StoredFile* file = store.Find(name);
  return file->problem ? file->problem->message : "";
}

// f1 imports f2 imports ... f`length`.
void AddChain(FileStore& store, int length) {
  for (int i = 1; i <= length; ++i) {
    AddFile(store, fmt::format("f{}", i),
            i < length ? std::vector{fmt::format("f{}", i + 1)} : std::vector<std::string>());
  }
}

TEST_CASE("import_order: a file comes after all it imports, each once") {
  FileStore store;
  AddFile(store, "a", {"b", "c"});
  AddFile(store, "b", {"d"});
  AddFile(store, "c", {"d", "b"});
  AddFile(store, "d", {});
  CHECK(Order(store, "a") == "d b c a ");
  CHECK(Order(store, "b") == "d b ");
}

TEST_CASE("import_order: what is not in the store is passed over") {
  FileStore store;
  AddFile(store, "a", {"gone", "google/protobuf/any.proto"});
  CHECK(Order(store, "a") == "a ");
}

TEST_CASE("import_order: a cycle is a problem of the files on it, and of no other") {
  FileStore store;
  AddFile(store, "top", {"a", "free"});
  AddFile(store, "a", {"b"});
  AddFile(store, "b", {"c"});
  AddFile(store, "c", {"a"});
  AddFile(store, "free", {});
  CHECK(Order(store, "top") == "c b a free top ");
  for (const char* name : {"a", "b", "c"}) CHECK(ProblemOf(store, name) == "import cycle: a -> b -> c -> a");
  for (const char* name : {"top", "free"}) CHECK(ProblemOf(store, name) == "");
}

TEST_CASE("import_order: a long cycle is told in short") {
  FileStore store;
  AddChain(store, 20);
  AddFile(store, "g", {});
  store.Find("f20")->proto->add_dependency("f1");
  Order(store, "f1");
  CHECK(ProblemOf(store, "f7") == "import cycle: f1 -> f2 -> f3 -> f4 -> f5 -> f6 -> f7 -> f8 -> ... -> f1");
}

TEST_CASE("import_order: only the files that stand too high are too deep") {
  FileStore store;
  AddChain(store, 520);
  Order(store, "f1");
  CHECK(ProblemOf(store, "f1") == "f1: schema limit: import depth > 512");
  CHECK(ProblemOf(store, "f8") == "f8: schema limit: import depth > 512");
  CHECK(ProblemOf(store, "f9") == "");
}

TEST_CASE("import_order: depth counts the longest way, not the shortest") {
  FileStore store;
  AddChain(store, 512);
  AddFile(store, "top", {"f512", "f1"});
  Order(store, "top");
  CHECK(ProblemOf(store, "top") == "top: schema limit: import depth > 512");
}

TEST_CASE("import_order: files that import each other in every way are walked once") {
  FileStore store;
  std::vector<std::string> below;
  for (int i = 400; i > 0; --i) {
    AddFile(store, fmt::format("f{}", i), below);
    below.push_back(fmt::format("f{}", i));
  }
  CHECK(ImportOrder(*store.Find("f1"), store).size() == 400);
}

}  // namespace
}  // namespace rpcctl
