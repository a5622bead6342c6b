// What is secret in a case, and its report without that.
#pragma once

#include <span>
#include <string>

#include "script/report.h"
#include "script/secret_mask.h"

namespace rpcctl {

// Has `mask` hide the values of those `headers`, "name: value", whose name says that they are secrets; also
// of such as no header may be, which are told when they are refused.
void HideSecretsOf(std::span<const std::string> headers, SecretMask& mask);

// Hides what `mask` knows wherever `report` tells it.
void HideSecretsIn(CaseReport& report, const SecretMask& mask);

}  // namespace rpcctl
