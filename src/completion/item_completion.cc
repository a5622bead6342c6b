#include "completion/item_completion.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include "completion/path_completion.h"
#include "completion/request_so_far.h"
#include "completion/value_completion.h"
#include "schema/schema.h"

namespace rpcctl {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;

const MethodDescriptor* MethodOf(const KnownSchema& known, const std::string& words, Answer& answer) {
  const Result<const MethodDescriptor*> method = known.schema->FindMethod(words);
  if (method) return *method;
  Hint(answer, method.error());
  return nullptr;
}

void OfferFile(Answer& answer, std::string_view typed) {
  answer.files = true;
  answer.file_at = 1;
  Offer(answer, typed, "@-", "standard input");
}

void OfferValue(const RequestSoFar& request, const Item& item, Answer& answer) {
  const size_t value_at = item.word.size() - item.value.size();
  const bool is_file = item.value_kind == ItemValue::kTextFile || item.value_kind == ItemValue::kJsonFile;
  if (is_file) {
    answer.files = true;
    answer.file_at = value_at;
    return;
  }
  const Result<FieldPath> path = ParseFieldPath(item.path);
  if (!path) return Hint(answer, path.error());
  const Result<ReachedPlace> reached = request.Follow(*path);
  if (!reached) return Hint(answer, reached.error());
  OfferFieldValues({request, *reached, item, value_at}, answer);
}

}  // namespace

void OfferItems(const KnownSchema& known, const Cursor& cursor, Answer& answer) {
  const std::string& typed = cursor.typed;
  const std::span<const std::string> words(cursor.words);
  const MethodDescriptor* method = MethodOf(known, words.front(), answer);
  if (method == nullptr) return;
  if (typed.starts_with('@')) return OfferFile(answer, typed);
  if (typed.starts_with('{')) {
    answer.hints.push_back("a JSON document: " + method->input_type()->full_name());
    return;
  }
  const RequestSoFar request(*method->input_type(), *known.schema, words.subspan(1));
  const Result<Item> item = ParseItem(typed);
  if (item && item->kind == ItemKind::kAssignment) return OfferValue(request, *item, answer);
  if (!typed.starts_with(',')) OfferPaths(request, typed, answer);
  const bool may_go_on = method->client_streaming() && (words.size() > 1 || !typed.empty());
  if (may_go_on) Offer(answer, typed, ",", "the next message of the stream");
}

}  // namespace rpcctl
