// The words of those options that take one of a few, and what each word means: for the plan that checks them
// and for completion alike.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cmd/rpcctl/call_plan.h"
#include "message/data_format.h"
#include "message/json_style.h"

namespace rpcctl {

struct OutputChoice {
  CallPlan::Output output = CallPlan::Output::kJson;
  JsonLayout layout = JsonLayout::kCompact;
};

// -o of call. On a terminal "auto" is "json".
inline constexpr std::pair<std::string_view, OutputChoice> kOutputChoices[] = {
    {"auto", {CallPlan::Output::kJson, JsonLayout::kCompact}},
    {"json", {CallPlan::Output::kJson, JsonLayout::kIndented}},
    {"jsonl", {CallPlan::Output::kJson, JsonLayout::kCompact}},
    {"text", {CallPlan::Output::kText, JsonLayout::kCompact}},
    {"binary", {CallPlan::Output::kBinary, JsonLayout::kCompact}},
    {"none", {CallPlan::Output::kNone, JsonLayout::kCompact}},
};

// --in
inline constexpr std::pair<std::string_view, DataFormat> kInputChoices[] = {
    {"json", DataFormat::kJson}, {"text", DataFormat::kText}, {"binary", DataFormat::kBinary}};

// --as of call
inline constexpr std::pair<std::string_view, CallPlan::Translation> kTranslationChoices[] = {
    {"grpcurl", CallPlan::Translation::kGrpcurl},
    {"items", CallPlan::Translation::kItems},
    {"json", CallPlan::Translation::kJson},
    {"rpc", CallPlan::Translation::kScript}};

// --as of template
enum class TemplateForm { kJson, kItems };
inline constexpr std::pair<std::string_view, TemplateForm> kTemplateFormChoices[] = {
    {"json", TemplateForm::kJson}, {"items", TemplateForm::kItems}};

// -o of describe
enum class DescribeAs { kProto, kJson };
inline constexpr std::pair<std::string_view, DescribeAs> kDescribeChoices[] = {{"proto", DescribeAs::kProto},
                                                                               {"json", DescribeAs::kJson}};

// --color: whether colours may be used; ColourFor decides.
inline constexpr std::pair<std::string_view, bool> kColourChoices[] = {
    {"auto", true}, {"always", true}, {"never", false}};

// --status: whether the outcome is told as one line of JSON.
inline constexpr std::pair<std::string_view, bool> kStatusChoices[] = {{"text", false}, {"json", true}};

// --transport: the name of it.
inline constexpr std::pair<std::string_view, std::string_view> kTransportChoices[] = {{"h2", "h2"},
                                                                                      {"grpc", "grpc"}};

// The words of one of these tables, in its order.
template <const auto& kChoices>
std::vector<std::string> WordsOf() {
  std::vector<std::string> words;
  for (const auto& [word, meaning] : kChoices) words.emplace_back(word);
  return words;
}

}  // namespace rpcctl
