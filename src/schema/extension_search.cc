#include "schema/extension_search.h"

#include <google/protobuf/descriptor.h>

#include "schema/descriptor_builder.h"
#include "schema/exact_lookup.h"
#include "schema/file_check.h"
#include "schema/file_fetcher.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// A stream may bring a new unknown number with every message; from then on nobody is asked any more.
constexpr size_t kMostQuestions = 1000;

}  // namespace

const FieldDescriptor* ExtensionSearch::Find(const Descriptor& type, int number) {
  const auto known = [&] { return builder_.pool().FindExtensionByNumber(&type, number); };
  if (const FieldDescriptor* extension = known()) return extension;
  if (!type.IsExtensionNumber(number) || !IsWorthAsking(type, std::to_string(number))) return nullptr;
  for (size_t i = 0; i < fetcher_.sources().size(); ++i) {
    for (StoredFile* file : fetcher_.FetchExtending(i, type.full_name(), number)) {
      if (!builder_.Build(*file)) continue;
      if (const FieldDescriptor* extension = known()) return extension;
    }
  }
  return nullptr;
}

const FieldDescriptor* ExtensionSearch::Find(const Descriptor& type, std::string_view name) {
  const std::string full_name(name);
  const auto known = [&] { return builder_.pool().FindExtensionByPrintableName(&type, full_name); };
  if (const FieldDescriptor* extension = known()) return extension;
  if (type.extension_range_count() == 0 || !IsQualifiedName(name)) return nullptr;
  if (IsWorthAsking(type, name)) (void)exact_.Find(full_name);
  return known();
}

bool ExtensionSearch::IsWorthAsking(const Descriptor& type, std::string_view what) {
  return asked_.size() < kMostQuestions && asked_.emplace(&type, what).second;
}

}  // namespace rpcctl
