#include "schema/schema.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <iterator>
#include <optional>

#include "schema/builtin_files.h"
#include "schema/descriptor_builder.h"
#include "schema/exact_lookup.h"
#include "schema/extension_search.h"
#include "schema/file_check.h"
#include "schema/file_export.h"
#include "schema/file_fetcher.h"
#include "schema/file_store.h"
#include "schema/method_search.h"
#include "schema/name_match.h"
#include "schema/symbol_search.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

// A stream may bring a new unknown type with every message; from then on nobody is asked any more.
constexpr size_t kMostUnknownMessages = 1000;

}  // namespace

Schema::Schema(std::vector<std::unique_ptr<SchemaSource>> sources)
    : sources_(std::move(sources)),
      store_(std::make_unique<FileStore>()),
      fetcher_(std::make_unique<FileFetcher>(sources_, *store_)),
      builder_(std::make_unique<DescriptorBuilder>(*fetcher_, *store_)),
      exact_(std::make_unique<ExactLookup>(*fetcher_, *builder_)),
      extensions_(std::make_unique<ExtensionSearch>(*fetcher_, *builder_, *exact_)) {}

Schema::~Schema() = default;

Result<std::vector<std::string>> Schema::ServiceNames() {
  std::set<std::string> all;
  for (size_t i = 0; i < sources_.size(); ++i) {
    Result<std::vector<std::string>> names = fetcher_->ServiceNames(i);
    if (!names) return names.error();
    all.insert(names->begin(), names->end());
  }
  return std::vector<std::string>(all.begin(), all.end());
}

std::vector<Declaration> Schema::Declarations() {
  fetcher_->FetchAll();
  std::vector<Declaration> all;
  for (const StoredFile* file : store_->All()) {
    std::vector<Declaration> declared = DeclarationsOf(*file->proto);
    std::move(declared.begin(), declared.end(), std::back_inserter(all));
  }
  std::erase_if(all, [](const Declaration& declared) { return !IsQualifiedName(declared.full_name); });
  std::ranges::sort(all, {}, &Declaration::full_name);
  const auto is_same = [](const Declaration& a, const Declaration& b) { return a.full_name == b.full_name; };
  all.erase(std::unique(all.begin(), all.end(), is_same), all.end());
  return all;
}

Result<const MethodDescriptor*> Schema::FindMethod(std::string_view words) {
  if (const auto before = found_methods_.find(words); before != found_methods_.end()) return before->second;
  const Result<MethodWords> parts = ParseMethodWords(words);
  if (!parts) return parts.error();
  const Result<Symbol> found = MethodSearch(*fetcher_, *exact_).FindMethod(*parts);
  if (!found) return found.error();
  found_methods_.emplace(words, found->method);
  return found->method;
}

Result<const ServiceDescriptor*> Schema::FindService(std::string_view words) {
  const Result<std::string> name = ParseSymbolWords(words);
  if (!name) return name.error();
  const Result<Symbol> found = MethodSearch(*fetcher_, *exact_).FindService(*name);
  if (!found) return found.error();
  return found->service;
}

Result<Symbol> Schema::FindSymbol(std::string_view words) {
  if (const auto before = found_symbols_.find(words); before != found_symbols_.end()) return before->second;
  const Result<std::string> name = ParseSymbolWords(words);
  if (!name) return name.error();
  Result<Symbol> found = SymbolSearch(*fetcher_, *store_, *exact_).Find(*name);
  if (found) found_symbols_.emplace(words, *found);
  return found;
}

const Descriptor* Schema::FindMessage(std::string_view full_name) {
  const std::string name(full_name);
  if (const Descriptor* known = builder_->pool().FindMessageTypeByName(name)) return known;
  if (unknown_messages_.size() >= kMostUnknownMessages || unknown_messages_.contains(name)) return nullptr;
  if (const std::optional<std::string> builtin = BuiltinFiles::FileWithSymbol(name)) {
    builder_->BuildBuiltin(*builtin);
    return builder_->pool().FindMessageTypeByName(name);
  }
  if (!IsQualifiedName(name)) return nullptr;
  const Result<Symbol> found = exact_->Find(name);
  if (found && found->message != nullptr) return found->message;
  unknown_messages_.insert(name);
  return nullptr;
}

const FieldDescriptor* Schema::FindExtension(const Descriptor& type, int number) {
  return extensions_->Find(type, number);
}

const FieldDescriptor* Schema::FindExtension(const Descriptor& type, std::string_view name) {
  return extensions_->Find(type, name);
}

Result<std::vector<ExportedFile>> Schema::Export(std::span<const Symbol> symbols) {
  FileExport files(*fetcher_, *store_, *builder_);
  if (symbols.empty()) return files.Everything();
  return files.Holding(symbols);
}

const google::protobuf::DescriptorPool& Schema::pool() const {
  return builder_->pool();
}

void Schema::Close() {
  for (const auto& source : sources_) source->Close();
}

}  // namespace rpcctl
