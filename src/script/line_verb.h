// The word that a line of a script begins with.
#pragma once

#include <string_view>

#include "base/result.h"
#include "script/line_reader.h"

namespace rpcctl {

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
// step of its case. Indentation means nothing.
enum class Verb {
  kSet,
  kWait,
  kCase,
  kRetry,
  kCall,
  kOpen,
  kSend,
  kReceive,  // recv
  kSilence,  // norecv
  kClose,
  kCancel,
  kExpect,
  kLet,
};

struct VerbWord {
  Verb verb = Verb::kSet;
  TextPosition place = {};
};

// Takes the first word of a line. kUsage for one that is no verb.
Result<VerbWord> ReadVerb(LineReader& reader);

// "recv", as it is written.
std::string_view VerbName(Verb verb);

// The mistake of a line that may not stand where it stands: a setting behind a case, what is said of a step
// before there is one.
Error Misplaced(LineReader& reader, const VerbWord& verb);

}  // namespace rpcctl
