#include "schema/recording_source.h"

#include <unordered_map>

#include "schema/limits.h"

namespace rpcctl {
namespace {

// Absent names are kept so that they need not be asked for again; whoever makes many up gains nothing.
constexpr size_t kMostAbsentNames = 1000;

class RecordingSource final : public SchemaSource {
 public:
  using Files = Result<std::vector<SchemaFile>>;

  RecordingSource(std::unique_ptr<SchemaSource> source, std::shared_ptr<SchemaRecord> record)
      : source_(std::move(source)), record_(std::move(record)) {}

  std::string Name() const override { return source_->Name(); }

  Result<std::vector<std::string>> ServiceNames() override {
    Result<std::vector<std::string>> names = source_->ServiceNames();
    if (names) record_->services = *names;
    return names;
  }

  Files FilesWithSymbol(std::string_view symbol) override {
    return Taken(source_->FilesWithSymbol(symbol), symbol, record_->absent_symbols);
  }

  Files FilesNamed(std::string_view name) override {
    return Taken(source_->FilesNamed(name), name, record_->absent_files);
  }

  Files FilesExtending(std::string_view type, std::optional<int> number) override {
    Files answer = source_->FilesExtending(type, number);
    if (answer) Take(*answer);
    return answer;
  }

  Files AllFiles() override { return source_->AllFiles(); }
  std::vector<Error> Problems() const override { return source_->Problems(); }
  void Close() override { source_->Close(); }

 private:
  using Names = std::set<std::string, std::less<>>;

  Files Taken(Files answer, std::string_view asked, Names& absent) {
    if (answer && answer->empty() && absent.size() < kMostAbsentNames) absent.emplace(asked);
    if (answer) Take(*answer);
    return answer;
  }

  void Take(const std::vector<SchemaFile>& files) {
    for (const SchemaFile& file : files) {
      if (record_->is_unusable) return;
      const auto [known, is_new] = places_.emplace(file.name, record_->files.size());
      if (is_new) {
        record_->files.push_back(file);
        bytes_ += file.bytes.size();
      } else if (record_->files[known->second].bytes != file.bytes) {
        record_->is_unusable = true;
      }
      if (bytes_ > kMaxDescriptorBytes || places_.size() > kMaxSchemaFiles) record_->is_unusable = true;
    }
  }

  const std::unique_ptr<SchemaSource> source_;
  const std::shared_ptr<SchemaRecord> record_;
  std::unordered_map<std::string, size_t> places_;  // of the record's files, by name
  uint64_t bytes_ = 0;
};

}  // namespace

std::unique_ptr<SchemaSource> RecordAnswers(std::unique_ptr<SchemaSource> source,
                                            std::shared_ptr<SchemaRecord> record) {
  return std::make_unique<RecordingSource>(std::move(source), std::move(record));
}

}  // namespace rpcctl
