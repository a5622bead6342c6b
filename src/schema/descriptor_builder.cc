#include "schema/descriptor_builder.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <algorithm>
#include <vector>

#include "schema/edition_features.h"
#include "schema/edition_lowering.h"
#include "schema/file_build.h"
#include "schema/file_fetcher.h"
#include "schema/file_store.h"
#include "schema/import_order.h"
#include "schema/import_repair.h"

namespace rpcctl {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FileDescriptor;
using google::protobuf::FileDescriptorProto;

// The indexes into the imports of those that `kept` numbers anew; -1 there is an import left out.
void Renumber(google::protobuf::RepeatedField<int>& indexes, const std::vector<int>& kept) {
  google::protobuf::RepeatedField<int> renumbered;
  for (const int index : indexes) {
    const bool valid = index >= 0 && static_cast<size_t>(index) < kept.size();
    // An index that points nowhere stays, for the pool to complain about.
    const int now = valid ? kept[static_cast<size_t>(index)] : index;
    if (!valid || now >= 0) renumbered.Add(now);
  }
  indexes.Swap(&renumbered);
}

template <typename IsThere>
FileDescriptorProto WithoutMissingImports(const FileDescriptorProto& file, IsThere is_there) {
  FileDescriptorProto lighter = file;
  lighter.clear_dependency();
  std::vector<int> kept;
  for (const std::string& name : file.dependency()) {
    kept.push_back(is_there(name) ? lighter.dependency_size() : -1);
    if (kept.back() >= 0) lighter.add_dependency(name);
  }
  Renumber(*lighter.mutable_public_dependency(), kept);
  Renumber(*lighter.mutable_weak_dependency(), kept);
  return lighter;
}

void TakeOverProblem(StoredFile& file, const StoredFile& import) {
  file.culprit = import.culprit != nullptr ? import.culprit : &import;
  file.problem = file.culprit->problem;
  file.problem->message =
      fmt::format("{} needs a broken import: {}", file.ShownName(), file.culprit->problem->message);
}

}  // namespace

DescriptorBuilder::DescriptorBuilder(FileFetcher& fetcher, FileStore& store)
    : fetcher_(fetcher), store_(store), pool_(std::make_unique<DescriptorPool>(&builtins_.pool())) {}

DescriptorBuilder::~DescriptorBuilder() = default;

Result<const FileDescriptor*> DescriptorBuilder::Build(StoredFile& file) {
  while (file.built == nullptr && !file.problem) {
    const Result<void> fetched = fetcher_.FetchImports(file);
    if (!fetched) {
      file.problem = fetched.error();
      break;
    }
    // A repair adds imports: these are to be fetched and built first. It happens once for each file.
    for (StoredFile* next : ImportOrder(file, store_)) (void)BuildOne(*next);
  }
  if (file.problem) return *file.problem;
  return file.built;
}

// Leaves `file` built, with a problem, repaired, or waiting for an import that was repaired.
void DescriptorBuilder::BuildOne(StoredFile& file) {
  if (file.built != nullptr || file.problem || !TakeImports(file)) return;
  const auto is_there = [&](const std::string& name) { return StandsInPool(name); };
  const auto& imports = file.proto->dependency();
  const bool complete = std::all_of(imports.begin(), imports.end(), is_there);
  const Result<const FileDescriptor*> built =
      complete ? BuildProto(*file.proto, file.ShownName())
               : BuildProto(WithoutMissingImports(*file.proto, is_there), file.ShownName());
  if (built) {
    file.built = *built;
  } else if (!file.repaired && RepairFile(file, store_)) {
    file.repaired = true;
  } else {
    file.problem = WhyNotBuilt(file, built.error());
  }
}

// What protobuf refuses as proto3 it may build as proto2, which is also tried for proto3 beside a file of an
// edition that was built so.
Result<const FileDescriptor*> DescriptorBuilder::BuildProto(const FileDescriptorProto& proto,
                                                            std::string_view shown_name) {
  const bool of_edition = IsOfEdition(proto);
  Result<const FileDescriptor*> built(nullptr);
  if (of_edition) {
    const Result<FileDescriptorProto> lowered = Lowered(proto, *pool_, shown_name);
    if (!lowered) return lowered.error();
    has_edition_ = true;
    built = BuildFile(*pool_, *lowered, shown_name);
    if (built || lowered->syntax() == "proto2") return built;
  } else {
    built = BuildFile(*pool_, proto, shown_name);
    if (built || !has_edition_ || proto.syntax() != "proto3") return built;
  }
  const Result<FileDescriptorProto> lowered = LoweredToProto2(proto, *pool_, shown_name);
  if (!lowered) return lowered.error();
  const Result<const FileDescriptor*> as_proto2 = BuildFile(*pool_, *lowered, shown_name);
  return as_proto2 || of_edition ? as_proto2 : built;
}

// Brings in the built-in files among the imports, and takes over the problem of an import that has one. Where
// a source's copy of a built-in file is broken, the built-in one stands in. Returns whether `file` can be
// tried now.
bool DescriptorBuilder::TakeImports(StoredFile& file) {
  for (const std::string& name : file.proto->dependency()) {
    const StoredFile* import = store_.Find(name);
    if (import == nullptr || (import->problem && BuiltinFiles::Has(name))) {
      builtins_.Build(name);
    } else if (import->problem) {
      TakeOverProblem(file, *import);
      return false;
    } else if (import->built == nullptr) {
      return false;
    }
  }
  return true;
}

bool DescriptorBuilder::StandsInPool(const std::string& file_name) const {
  return pool_->FindFileByName(file_name) != nullptr;
}

// A missing import explains what the pool complains about.
Error DescriptorBuilder::WhyNotBuilt(const StoredFile& file, const Error& complaint) const {
  for (const std::string& name : file.proto->dependency()) {
    const Error* missing = fetcher_.Missing(name);
    if (missing == nullptr || BuiltinFiles::Has(name)) continue;
    Error error = *missing;
    error.message = fmt::format("{} imports {}", file.ShownName(), missing->message);
    return error;
  }
  return complaint;
}

}  // namespace rpcctl
