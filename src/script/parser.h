// Reads the text of a script.
#pragma once

#include <string_view>

#include "script/line_reader.h"
#include "script/script.h"
#include "script/script_error.h"

namespace rpcctl {

struct ParsedScript {
  Script script;  // what could be understood of it
  ScriptErrors errors;
};

// A line is
//
//   set target ADDR | set timeout DUR | set total-timeout DUR | set header NAME: VALUE | set secret NAME
//   set NAME VALUE
//   wait ready [DUR]
//   case NAME [@tag...]
//   retry N [every DUR]
//   call METHOD [ITEM...]
//   open METHOD | send [ITEM...] | recv [within DUR] [PATH PREDICATE] | norecv for DUR | close | cancel
//   expect ...           see expectation_parser.h
//   let NAME = SUBJECT
//
// or empty, or a comment. Settings and "wait ready" stand before the first case, "retry" before the first
// step of its case. Indentation means nothing; lines end with LF or CRLF.
ParsedScript ParseScript(std::string_view text, const EnvironmentReader& environment);

}  // namespace rpcctl
