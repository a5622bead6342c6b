#include "schema/type_name.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>

#include "schema/declared_names.h"
#include "schema/symbol.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::EnumDescriptor;
using google::protobuf::FileDescriptor;

// Whether further parts of a name are looked for within `name`: a type, a service or a package.
bool HoldsNames(const DescriptorPool& pool, const std::string& name) {
  const Symbol symbol = FindInPool(pool, name);
  if (symbol.Found()) return symbol.message || symbol.enumeration || symbol.service;
  return pool.FindFileContainingSymbol(name) != nullptr;  // knows packages too
}

// What protobuf takes `name` for within `scope`: the first part is looked for outwards, and decides. "" for
// nothing.
std::string Meaning(const DescriptorPool& pool, std::string_view name, std::string_view scope) {
  const size_t dot = name.find('.');
  for (;; scope = Scope(scope)) {
    const std::string first = Qualified(scope, name.substr(0, dot));
    const bool decides =
        dot == std::string_view::npos ? FindInPool(pool, first).Found() : HoldsNames(pool, first);
    if (decides) return Qualified(scope, name);
    if (scope.empty()) return "";
  }
}

// Words that begin something else where a type may stand: ".string" is a type called string.
constexpr std::string_view kKeywords[] = {
    "double",   "float",    "int32",    "int64",   "uint32",  "uint64", "sint32",   "sint64", "fixed32",
    "fixed64",  "sfixed32", "sfixed64", "bool",    "string",  "bytes",  "group",    "map",    "stream",
    "optional", "repeated", "required", "message", "enum",    "oneof",  "reserved", "extend", "extensions",
    "option",   "returns",  "rpc",      "service", "package", "import", "syntax",   "true",   "false",
};

bool BeginsWithKeyword(std::string_view name) {
  const std::string_view first = name.substr(0, name.find('.'));
  return std::find(std::begin(kKeywords), std::end(kKeywords), first) != std::end(kKeywords);
}

template <typename Type>
std::string NameIn(const Type& type, const FileDescriptor& file, std::string_view scope) {
  // Not the pool of the type: that may be the one underneath, which does not know what stands in the file's
  // way.
  const DescriptorPool& pool = *file.pool();
  const std::string& full_name = type.full_name();
  const std::string& package = file.package();
  if (type.file()->package() == package) {
    const std::string_view within =
        std::string_view(full_name).substr(package.empty() ? 0 : package.size() + 1);
    for (size_t dot = within.rfind('.'); dot != std::string_view::npos; dot = within.rfind('.', dot - 1)) {
      const std::string_view shorter = within.substr(dot + 1);
      if (Meaning(pool, shorter, scope) == full_name) return std::string(shorter);
    }
    if (Meaning(pool, within, scope) == full_name) return std::string(within);
  }
  return Meaning(pool, full_name, scope) == full_name ? full_name : "." + full_name;
}

}  // namespace

std::string TypeNameIn(const Descriptor& type, const FileDescriptor& file, std::string_view scope) {
  std::string name = NameIn(type, file, scope);
  return BeginsWithKeyword(name) ? "." + type.full_name() : name;
}

std::string TypeNameIn(const EnumDescriptor& type, const FileDescriptor& file, std::string_view scope) {
  std::string name = NameIn(type, file, scope);
  return BeginsWithKeyword(name) ? "." + type.full_name() : name;
}

}  // namespace rpcctl
