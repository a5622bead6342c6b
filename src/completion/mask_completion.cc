#include "completion/mask_completion.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <string>
#include <vector>

#include "completion/description.h"
#include "completion/dotted_path.h"
#include "completion/plain_name.h"
#include "message/json_form.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

std::vector<std::string_view> Split(std::string_view paths) {
  std::vector<std::string_view> split;
  while (true) {
    const size_t comma = paths.find(',');
    split.push_back(paths.substr(0, comma));
    if (comma == std::string_view::npos) return split;
    paths.remove_prefix(comma + 1);
  }
}

}  // namespace

const Descriptor* MaskedType(const FieldDescriptor& mask) {
  const Descriptor* masked = nullptr;
  const Descriptor& request = *mask.containing_type();
  for (int i = 0; i < request.field_count(); ++i) {
    const FieldDescriptor& field = *request.field(i);
    if (field.message_type() == nullptr || field.is_repeated()) continue;
    if (JsonFormOf(*field.message_type()) != JsonForm::kObject) continue;
    if (masked != nullptr) return nullptr;
    masked = field.message_type();
  }
  return masked;
}

void OfferMaskPaths(const Descriptor& type, std::string_view typed, std::string_view before, Answer& answer) {
  const std::vector<std::string_view> paths = Split(typed.substr(before.size()));
  const std::string_view path = paths.back();
  const std::string_view scope = path.substr(0, path.rfind('.') + 1);  // npos + 1 is 0
  const Descriptor* within = TypeInside(type, scope);
  if (within == nullptr) return;
  const std::string whole(typed.substr(0, typed.size() - path.size() + scope.size()));
  for (int i = 0; i < within->field_count(); ++i) {
    const FieldDescriptor& field = *within->field(i);
    const std::string named = std::string(scope) + field.name();
    const bool again = std::find(paths.begin(), paths.end() - 1, named) != paths.end() - 1;
    if (again || !IsPlainName(field.name())) continue;
    Offer(answer, typed, whole + field.name(), DescriptionOf(field));
  }
  answer.no_space = answer.keep_order = true;
}

}  // namespace rpcctl
