// What a failure says in one line, for reports that have room for no more.
#pragma once

#include <string>
#include <string_view>

#include "script/report.h"

namespace rpcctl {

// "smoke.rpc:12:3: expect .name == you: expected == you, actual them", or behind the line what prevented the
// step. Safe to show.
std::string FailureText(std::string_view file, const Failure& failure);

// Why none of a file's cases was run, its hint included. Safe to show.
std::string FileErrorText(const Error& error);

}  // namespace rpcctl
