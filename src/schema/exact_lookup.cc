#include "schema/exact_lookup.h"

#include <google/protobuf/descriptor.h>

#include <optional>

#include "schema/builtin_files.h"
#include "schema/descriptor_builder.h"
#include "schema/file_fetcher.h"
#include "schema/file_store.h"

namespace rpcctl {

Result<Symbol> ExactLookup::Find(const std::string& full_name, const std::string& asked_for) {
  const std::optional<std::string> builtin = BuiltinFiles::FileWithSymbol(asked_for);
  if (!builtin || !BuiltinFiles::IsPreferred(*builtin)) {
    Result<StoredFile*> file = fetcher_.Locate(asked_for);
    if (!file) return file.error();
    if (*file != nullptr) {
      const Result<const google::protobuf::FileDescriptor*> built = builder_.Build(**file);
      if (!built && !builtin) return built.error();
    }
  }
  if (builtin) builder_.BuildBuiltin(*builtin);
  return FindInPool(builder_.pool(), full_name);
}

}  // namespace rpcctl
