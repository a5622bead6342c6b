#include <google/protobuf/descriptor.h>

#include "base/new_files.h"
#include "cmd/rpcctl/client.h"
#include "cmd/rpcctl/commands.h"
#include "schema/builtin_files.h"
#include "schema/descriptor_set.h"
#include "schema/export_paths.h"
#include "schema/file_export.h"
#include "schema/outline.h"

namespace rpcctl {
namespace {

constexpr std::string_view kStandardOutput = "-";

Result<void> CheckPlace(const ExportFlags& flags, const Surroundings& around) {
  const std::string_view hint = "--to FILE writes a descriptor set, --to-dir DIR writes .proto files";
  if (!flags.file && !flags.folder) {
    return Error{ErrorKind::kUsage, "export needs to know where to", std::string(hint)};
  }
  if (flags.file && flags.folder) {
    return Error{ErrorKind::kUsage, "--to and --to-dir do not go together", std::string(hint)};
  }
  if (flags.file.value_or(flags.folder.value_or("")).empty()) {
    return Error{ErrorKind::kUsage, "where to export is empty", std::string(hint)};
  }
  if (flags.file == kStandardOutput && around.out_is_terminal) {
    return Error{ErrorKind::kUsage, "a descriptor set is binary and not for a terminal",
                 "--to FILE writes it to a file; or redirect standard output"};
  }
  return {};
}

Result<std::vector<ExportedFile>> FilesToExport(Schema& schema, std::span<const std::string> names) {
  std::vector<Symbol> symbols;
  for (const std::string& name : names) {
    Result<Symbol> symbol = schema.FindSymbol(name);
    if (!symbol) return symbol.error();
    symbols.push_back(*symbol);
  }
  Result<std::vector<ExportedFile>> files = schema.Export(symbols);
  if (files && files->empty()) return Error{ErrorKind::kSchema, "there is nothing to export"};
  return files;
}

Result<void> WriteSet(std::span<const ExportedFile> files, const std::string& path, Existing existing,
                      Surroundings& around) {
  std::vector<SchemaFile> set;
  for (const ExportedFile& file : files) set.push_back({file.name, file.bytes});
  const std::string bytes = JoinDescriptorSet(set);
  return path == kStandardOutput ? around.out.Write(bytes) : WriteNewFile(path, bytes, existing);
}

// Whoever reads .proto files has google/protobuf: it is written only where it was asked for.
bool IsLeftOut(const ExportedFile& file) {
  return file.is_needed_only && BuiltinFiles::IsPreferred(file.name);
}

Result<void> WriteProtoFiles(std::span<const ExportedFile> files, const std::string& folder,
                             Existing existing) {
  std::vector<NewFile> texts;
  std::vector<std::string> names;
  for (const ExportedFile& file : files) {
    if (IsLeftOut(file)) continue;
    names.push_back(file.name);
    texts.push_back({file.name, OutlineFile(*file.descriptor)});
  }
  if (Result<void> safe = CheckExportPaths(names); !safe) return safe;
  return WriteFilesBelow(folder, texts, existing);
}

}  // namespace

Result<Ending> RunExportCommand(const Flags& flags, Surroundings& around, TimePoint began) {
  Result<ConnectionPlan> plan = MakeConnectionPlan(flags.connection, around, began);
  if (!plan) return plan.error();
  if (Result<void> valid = CheckPlace(flags.exporting, around); !valid) return valid.error();
  Result<std::shared_ptr<Client>> client = MakeClient(*plan, around, 0);
  if (!client) return client.error();
  const Result<std::vector<ExportedFile>> files = FilesToExport(*(*client)->schema, flags.exporting.symbols);
  if (!files) return files.error();
  const Existing existing = flags.exporting.force ? Existing::kReplace : Existing::kKeep;
  const Result<void> written = flags.exporting.file
                                   ? WriteSet(*files, *flags.exporting.file, existing, around)
                                   : WriteProtoFiles(*files, *flags.exporting.folder, existing);
  if (!written) return written.error();
  Ending ending;
  ending.leftovers = *client;
  return ending;
}

}  // namespace rpcctl
