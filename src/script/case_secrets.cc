#include "script/case_secrets.h"

#include "call/prepared_call.h"
#include "script/hidden_line.h"
#include "script/told_text.h"

namespace rpcctl {

void HideSecretsOf(std::span<const std::string> headers, SecretMask& mask) {
  for (const std::string& header : headers) {
    const Result<MetadataEntry> entry = ParseMetadata(header);
    if (entry && IsSecret(*entry)) mask.Add(entry->value);
    if (entry) continue;
    const size_t colon = header.find(':', 1);
    if (colon == std::string::npos || !IsSecretName(header.substr(0, colon))) continue;
    const size_t begin = header.find_first_not_of(" \t", colon + 1);
    if (begin != std::string::npos) mask.Add(std::string_view(header).substr(begin));
  }
}

void HideSecretsIn(CaseReport& report, const SecretMask& mask) {
  mask.Hide(report.name);
  mask.Hide(report.command);
  for (std::string& line : report.transcript) mask.Hide(line);
  for (Failure& failure : report.failures) {
    failure.line = Shortened(HiddenLine(failure.line, mask));
    mask.Hide(failure.expected);
    mask.Hide(failure.actual);
    // A secret is not written into a file.
    if (mask.Hidden(failure.replacement) != failure.replacement) failure.replacement.clear();
  }
}

}  // namespace rpcctl
