#include "schema/file_build.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <string>
#include <vector>

#include "base/safe_text.h"
#include "schema/source_place.h"

namespace rpcctl {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptorProto;
using google::protobuf::FileDescriptor;
using google::protobuf::FileDescriptorProto;
using google::protobuf::Message;
using google::protobuf::MethodDescriptorProto;

constexpr size_t kToldComplaints = 3;
constexpr size_t kShownNameBytes = 200;
constexpr size_t kShownMessageBytes = 400;

// Keeps the pool's first few complaints.
class Complaints final : public DescriptorPool::ErrorCollector {
 public:
  Complaints(const FileDescriptorProto& file, std::string_view shown_name)
      : file_(file), shown_name_(shown_name) {}

  void AddError(const std::string& file_name, const std::string& element, const Message* declaration,
                ErrorLocation location, const std::string& message) override {
    if (texts_.size() == kToldComplaints) return;
    std::string place = shown_name_;
    if (const auto line = LineOf(declaration, location)) {
      place += fmt::format(":{}:{}", line->line, line->column);
    } else if (!element.empty() && element != file_name) {
      place += ": " + SafeExcerpt(element, kShownNameBytes);
    }
    const std::string_view text = message;
    texts_.push_back(
        place + ": " +
        SafeExcerpt(text.substr(0, text.size() - (text.ends_with('.') ? 1 : 0)), kShownMessageBytes));
  }

  Error ToError() const {
    if (texts_.empty()) return {ErrorKind::kSchema, shown_name_ + ": it cannot be built"};
    Error error{ErrorKind::kSchema, texts_.front()};
    for (size_t i = 1; i < texts_.size(); ++i) error.hint += (i == 1 ? "also " : "\nalso ") + texts_[i];
    return error;
  }

 private:
  std::optional<SourcePlace> LineOf(const Message* declaration, ErrorLocation location) const {
    if (declaration == nullptr) return std::nullopt;
    return FindSourcePlace(file_, *declaration, DetailNumber(*declaration, location));
  }

  // The field of the declaration that is meant. Its name is number 1 in every kind of declaration.
  static int DetailNumber(const Message& declaration, ErrorLocation location) {
    const bool is_field = declaration.GetDescriptor() == FieldDescriptorProto::descriptor();
    const bool is_method = declaration.GetDescriptor() == MethodDescriptorProto::descriptor();
    if (location == NAME) return 1;
    if (is_field && location == TYPE) return FieldDescriptorProto::kTypeNameFieldNumber;
    if (is_field && location == NUMBER) return FieldDescriptorProto::kNumberFieldNumber;
    if (is_field && location == EXTENDEE) return FieldDescriptorProto::kExtendeeFieldNumber;
    if (is_field && location == DEFAULT_VALUE) return FieldDescriptorProto::kDefaultValueFieldNumber;
    if (is_method && location == INPUT_TYPE) return MethodDescriptorProto::kInputTypeFieldNumber;
    if (is_method && location == OUTPUT_TYPE) return MethodDescriptorProto::kOutputTypeFieldNumber;
    return 0;
  }

  const FileDescriptorProto& file_;
  const std::string shown_name_;
  std::vector<std::string> texts_;
};

}  // namespace

Result<const FileDescriptor*> BuildFile(DescriptorPool& pool, const FileDescriptorProto& file,
                                        std::string_view shown_name) {
  Complaints complaints(file, shown_name);
  const FileDescriptor* built = pool.BuildFileCollectingErrors(file, &complaints);
  if (built == nullptr) return complaints.ToError();
  return built;
}

}  // namespace rpcctl
