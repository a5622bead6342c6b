#include "schema/cached_source.h"

#include <set>

namespace rpcctl {
namespace {

class CachedSource final : public SchemaSource {
 public:
  using Files = Result<std::vector<SchemaFile>>;

  CachedSource(std::shared_ptr<const CacheFile> file, std::unique_ptr<SchemaSource> behind)
      : file_(std::move(file)), behind_(std::move(behind)) {}

  std::string Name() const override { return behind_ ? behind_->Name() : "the cached schema"; }

  Result<std::vector<std::string>> ServiceNames() override {
    if (std::optional<std::vector<std::string>> services = file_->Services()) return std::move(*services);
    Result<std::vector<std::string>> told =
        behind_ ? behind_->ServiceNames() : Error{ErrorKind::kSchema, "the services are not known"};
    std::vector<std::string> some = told ? std::vector<std::string>() : ServicesWithMethods();
    // Better some than none where nobody tells them all.
    return some.empty() ? std::move(told) : Result<std::vector<std::string>>(std::move(some));
  }

  Files FilesWithSymbol(std::string_view symbol) override {
    const std::optional<size_t> number = file_->FileDeclaring(symbol);
    if (std::optional<Files> known = Known(number)) return std::move(*known);
    return Asks(number, file_->IsAbsentSymbol(symbol)) ? behind_->FilesWithSymbol(symbol) : Files(None());
  }

  Files FilesNamed(std::string_view name) override {
    const std::optional<size_t> number = file_->FileNamed(name);
    if (std::optional<Files> known = Known(number)) return std::move(*known);
    return Asks(number, file_->IsAbsentFile(name)) ? behind_->FilesNamed(name) : Files(None());
  }

  // Which of them extend `type` is for the asker to find out.
  Files FilesExtending(std::string_view, std::optional<int>) override {
    std::vector<SchemaFile> files;
    for (const size_t number : file_->FilesExtending()) {
      if (Result<SchemaFile> file = file_->Read(number)) files.push_back(std::move(*file));
    }
    return files;
  }

  Files AllFiles() override { return std::vector<SchemaFile>(); }

  void Close() override {
    if (behind_) behind_->Close();
  }

 private:
  static std::vector<SchemaFile> None() { return {}; }

  // Those whose files are there, each once.
  std::vector<std::string> ServicesWithMethods() const {
    std::set<std::string> services;
    for (CachedMethod& method : file_->Methods()) services.insert(std::move(method.service));
    return {services.begin(), services.end()};
  }

  // Whether there is somebody to ask who may know better: what the entry should have (`number`) it could not
  // read.
  bool Asks(std::optional<size_t> number, bool is_absent) const {
    return behind_ != nullptr && (number || !(file_->IsComplete() || is_absent));
  }

  // None for a file that is not there, or damaged.
  std::optional<Files> Known(std::optional<size_t> number) const {
    if (!number) return std::nullopt;
    Result<SchemaFile> file = file_->Read(*number);
    if (!file) return std::nullopt;
    std::vector<SchemaFile> files;
    files.push_back(std::move(*file));
    return Files(std::move(files));
  }

  const std::shared_ptr<const CacheFile> file_;
  const std::unique_ptr<SchemaSource> behind_;
};

}  // namespace

std::unique_ptr<SchemaSource> OpenCachedSchema(std::shared_ptr<const CacheFile> file,
                                               std::unique_ptr<SchemaSource> behind) {
  return std::make_unique<CachedSource>(std::move(file), std::move(behind));
}

}  // namespace rpcctl
