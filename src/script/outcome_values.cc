#include "script/outcome_values.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <google/rpc/status.pb.h>

#include "base/base64.h"
#include "message/json_string.h"
#include "script/judged_status.h"
#include "script/message_place.h"
#include "script/told_text.h"

namespace rpcctl {
namespace {

using google::protobuf::Message;

using Kind = Subject::Kind;

Instant InstantOf(Duration duration) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(duration);
  return {seconds.count(), static_cast<int32_t>((duration - seconds).count())};
}

ActualValue TextValue(const std::string& text) {
  std::string json;
  AppendJsonString(text, json);
  ActualValue actual{.there = true,
                     .present = true,
                     .text = text,
                     .json = std::move(json),
                     .typed = ScalarValue(text),
                     .size = text.size(),
                     .elements = {},
                     .element_documents = {},
                     .fault = {}};
  return actual;
}

ActualValue LengthValue(Duration duration) {
  ActualValue actual{.there = true,
                     .present = true,
                     .text = RoundedDuration(duration),
                     .json = {},
                     .typed = InstantOf(duration),
                     .size = 0,
                     .elements = {},
                     .element_documents = {},
                     .fault = {}};
  return actual;
}

std::vector<ActualValue> DetailsOf(const CheckedExpectation& expectation, const CallOutcome& outcome,
                                   MessageTable& messages) {
  std::vector<ActualValue> found;
  google::rpc::Status status;
  const std::string& bytes = outcome.status.details;
  if (!status.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return found;
  for (const google::protobuf::Any& detail : status.details()) {
    const std::string& url = detail.type_url();
    if (std::string_view(url).substr(url.rfind('/') + 1) != expectation.detail_type->full_name()) continue;
    const Result<const Message*> message = messages.Parse(*expectation.detail_type, detail.value());
    if (!message) {
      found.push_back(UnparsedValue(*expectation.detail_type));
      continue;
    }
    found.push_back(expectation.place->Look(**message, &messages.json()));
  }
  return found;
}

}  // namespace

ActualValue CountValue(uint64_t count) {
  ActualValue actual{.there = true,
                     .present = true,
                     .text = std::to_string(count),
                     .json = {},
                     .typed = ScalarValue(count),
                     .size = 0,
                     .elements = {},
                     .element_documents = {},
                     .fault = {}};
  return actual;
}

std::vector<ActualValue> ValuesOf(const Metadata& metadata, const std::string& name) {
  std::vector<ActualValue> values;
  for (const MetadataEntry& entry : metadata) {
    if (entry.name == name)
      values.push_back(TextValue(name.ends_with("-bin") ? EncodeBase64(entry.value) : entry.value));
  }
  return values;
}

std::vector<ActualValue> OutcomeValues(const CheckedExpectation& expectation, const CallOutcome& outcome,
                                       uint64_t count, MessageTable& messages) {
  const Subject& subject = expectation.written.subject;
  switch (subject.kind) {
    case Kind::kCount:
      return {CountValue(count)};
    case Kind::kLatency:
      return {LengthValue(outcome.total)};
    case Kind::kFirstTime:
      if (!outcome.first) return {};
      return {LengthValue(*outcome.first)};
    case Kind::kStatusMessage:
      return {TextValue(JudgedStatus(outcome).message)};
    case Kind::kHeader:
      return ValuesOf(outcome.headers, subject.name);
    case Kind::kTrailer:
      return ValuesOf(outcome.trailers, subject.name);
    default:
      return DetailsOf(expectation, outcome, messages);
  }
}

}  // namespace rpcctl
