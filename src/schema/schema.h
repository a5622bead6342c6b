// The types of one command: descriptors fetched from the sources as they are needed, and looked up by short
// names.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "schema/declarations.h"
#include "schema/schema_source.h"
#include "schema/symbol.h"

namespace google::protobuf {
class DescriptorPool;
}

namespace rpcctl {

struct ExportedFile;
class DescriptorBuilder;
class ExactLookup;
class ExtensionSearch;
class FileFetcher;
class FileStore;

// Owns the pool; every descriptor it hands out lives as long as it does. Names may be short: any suffix that
// begins at a dot and is unique; exact case wins, otherwise case is ignored where that is unambiguous. A '/'
// may stand for the last dot of a method, and one may lead.
//
// Errors: kUsage for a malformed or an ambiguous name (the hint lists the candidates) or a service where a
// method is needed (likewise); kSchema for an unknown name (the hint has the nearest) and for a file that is
// missing or broken, limits included; what a source says, when no other source can answer. One broken file
// loses only what needs it.
class Schema {
 public:
  // Asks `sources` in this order; the first that knows a name wins. Takes them over.
  explicit Schema(std::vector<std::unique_ptr<SchemaSource>> sources);
  ~Schema();
  Schema(const Schema&) = delete;
  Schema& operator=(const Schema&) = delete;

  // All services, fully qualified, sorted, each once; as the sources tell them, not yet checked: safe to show
  // only through SafeText. An error of any source is an error.
  Result<std::vector<std::string>> ServiceNames();
  // Everything that the sources declare, built-in files aside, sorted by name, each once; fetches all that
  // can be had, and is silent about what cannot. Names that are no identifiers are left out.
  std::vector<Declaration> Declarations();
  // A method or a symbol that was found takes no search when it is asked for again.
  Result<const google::protobuf::MethodDescriptor*> FindMethod(std::string_view words);
  Result<const google::protobuf::ServiceDescriptor*> FindService(std::string_view words);
  Result<Symbol> FindSymbol(std::string_view words);
  // The message type with this exact full name; null when no source has it. For Any and error details: any
  // text may be asked for, any number of times.
  const google::protobuf::Descriptor* FindMessage(std::string_view full_name);
  // The extension of `type` with this number, or with this full name (of a MessageSet also with that of its
  // type); null when no source has it. Any may be asked for, any number of times.
  const google::protobuf::FieldDescriptor* FindExtension(const google::protobuf::Descriptor& type,
                                                         int number);
  const google::protobuf::FieldDescriptor* FindExtension(const google::protobuf::Descriptor& type,
                                                         std::string_view name);
  // The files that declare `symbols`, or all files where there are none: see FileExport.
  Result<std::vector<ExportedFile>> Export(std::span<const Symbol> symbols);
  // What has been built so far.
  const google::protobuf::DescriptorPool& pool() const;
  // Closes what the sources hold open. Questions may still be asked; they open it again.
  void Close();

 private:
  std::vector<std::unique_ptr<SchemaSource>> sources_;
  std::unique_ptr<FileStore> store_;
  std::unique_ptr<FileFetcher> fetcher_;
  std::unique_ptr<DescriptorBuilder> builder_;
  std::unique_ptr<ExactLookup> exact_;
  std::unique_ptr<ExtensionSearch> extensions_;
  // By the words that they were asked for by.
  std::map<std::string, const google::protobuf::MethodDescriptor*, std::less<>> found_methods_;
  std::map<std::string, Symbol, std::less<>> found_symbols_;
  std::set<std::string, std::less<>> unknown_messages_;
};

}  // namespace rpcctl
