// A step that was looked at against the schema, ready to be run.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "script/caller.h"
#include "script/matcher.h"
#include "script/message_place.h"
#include "script/script.h"
#include "script/variables.h"

namespace rpcctl {

// Descriptors are borrowed from the schema.

struct CheckedExpectation {
  Expectation written = {};
  std::optional<MessagePlace> place = {};                     // in a message or in a detail
  ValueShape shape = {};                                      // none with kStatus
  const google::protobuf::Descriptor* detail_type = nullptr;  // with kDetail
  // Set where no operand changes from run to run; otherwise made when the operands are filled in.
  std::shared_ptr<const Matcher> matcher = {};
};

struct CheckedCapture {
  Capture written = {};
  std::optional<MessagePlace> place = {};  // with kMessage
};

// The words of a call or of a send; `written` is empty where they could not be read.
struct CheckedWords {
  CallWords words = {};  // marked
  MarkedWords marks = {};
  std::vector<Word> written = {};
  std::vector<std::string> marked = {};  // `written` with marks
  bool is_plain = true;                  // nothing is to be filled in
};

struct CheckedAct {
  LiveAct written = {};
  CheckedWords request = {};                           // with kSend
  std::optional<CheckedExpectation> expectation = {};  // with kReceive
};

struct CheckedStep {
  bool live = false;
  TextPosition place = {};
  std::string line = {};
  const google::protobuf::MethodDescriptor* method = nullptr;
  CheckedWords request = {};
  std::vector<CheckedAct> acts = {};
  std::vector<CheckedExpectation> expectations = {};
  std::vector<CheckedCapture> captures = {};
};

}  // namespace rpcctl
