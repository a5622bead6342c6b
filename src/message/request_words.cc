#include "message/request_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/safe_text.h"
#include "message/input_error.h"

namespace rpcctl {
namespace {

Error Usage(std::string message, std::string hint = "") {
  return {ErrorKind::kUsage, std::move(message), std::move(hint)};
}

// What looks like an item and cannot be JSON: "name=you".
bool IsItemInstead(const std::string& value, DataFormat format) {
  const bool begins_name = !value.empty() && ((value[0] >= 'a' && value[0] <= 'z') ||
                                              (value[0] >= 'A' && value[0] <= 'Z') || value[0] == '_');
  if (format != DataFormat::kJson || !begins_name) return false;
  const Result<Item> item = ParseItem(value);
  return item && item->kind == ItemKind::kAssignment;
}

Result<DataSource> SourceOfOption(const std::string& value, DataFormat format) {
  if (IsItemInstead(value, format))
    return Usage(fmt::format("-d {} is no JSON", Quoted(value)),
                 SafeText("as an item it stands without -d: " + value));
  if (!value.starts_with('@')) return DataSource{SourceKind::kText, value, format};
  if (value == "@-") return DataSource{SourceKind::kStandardInput, "", format};
  if (value == "@") return Usage("-d '@' names no file", "-d @FILE reads a file, -d @- standard input");
  return DataSource{SourceKind::kFile, value.substr(1), format};
}

DataSource SourceOfItem(const Item& item, DataFormat format) {
  switch (item.kind) {
    case ItemKind::kFile:
      return {SourceKind::kFile, item.value, format};
    case ItemKind::kStandardInput:
      return {SourceKind::kStandardInput, "", format};
    default:
      return {SourceKind::kText, item.value};
  }
}

void Add(Item item, DataFormat format, RequestPlan& plan) {
  if (plan.groups.empty()) plan.groups.emplace_back();
  if (item.kind == ItemKind::kNextMessage) {
    plan.groups.emplace_back();
  } else if (item.kind == ItemKind::kAssignment) {
    plan.groups.back().items.push_back(std::move(item));
  } else {
    plan.groups.back().data.push_back(SourceOfItem(item, format));
  }
}

size_t CountStandardInput(const RequestPlan& plan) {
  size_t count = 0;
  for (const RequestGroup& group : plan.groups) {
    count +=
        static_cast<size_t>(std::ranges::count(group.data, SourceKind::kStandardInput, &DataSource::kind));
  }
  return count;
}

Result<void> CheckTogether(const RequestPlan& plan, bool has_option) {
  if (has_option && plan.groups.size() > 1) {
    return Usage("-d and ',' do not go together: it is not clear which message the data is for",
                 "name the data among the items, where it belongs: @FILE, @- or '{...}'");
  }
  if (CountStandardInput(plan) > 1) return Usage("standard input (@-) can be read only once");
  return {};
}

}  // namespace

bool RequestPlan::ReadsStandardInput() const {
  return CountStandardInput(*this) > 0;
}

Result<RequestPlan> PlanRequest(std::span<const std::string> data, std::span<const std::string> words,
                                DataFormat format) {
  RequestPlan plan;
  if (!data.empty()) plan.groups.emplace_back();
  for (const std::string& value : data) {
    Result<DataSource> source = SourceOfOption(value, format);
    if (!source) return source.error();
    plan.groups.front().data.push_back(std::move(*source));
  }
  for (const std::string& word : words) {
    Result<Item> item = ParseItem(word);
    if (!item) return item.error();
    Add(std::move(*item), format, plan);
  }
  Result<void> together = CheckTogether(plan, !data.empty());
  if (!together) return together.error();
  return plan;
}

}  // namespace rpcctl
