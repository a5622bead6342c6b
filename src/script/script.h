// A script of smoke tests as it was written: plain structs, nothing known of types yet.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/duration.h"
#include "message/text_position.h"
#include "script/word.h"

namespace rpcctl {

// What an expectation looks at.
struct Subject {
  enum class Kind {
    kStatus,         // the code that the call ended with
    kMessage,        // a place in messages
    kCount,          // of received messages
    kFirstTime,      // until the first message
    kLatency,        // of the whole call
    kStatusMessage,  // status.message
    kHeader,
    kTrailer,
    kDetail,  // a detail of an error
  };
  // Which of the messages.
  enum class Choice { kOnly, kIndex, kEach, kAny, kFirst, kLast };

  Kind kind = Kind::kStatus;
  TextPosition place = {};
  Choice choice = Choice::kOnly;  // with kMessage
  uint64_t index = 0;             // with kIndex, from 0
  std::string name = {};          // of a header or trailer, in lower case; of a detail's type
  std::string path = {};          // ".a.b[0]"; "." for the whole message; empty for a whole detail
  TextPosition path_place = {};
};

enum class Relation {
  kEqual,
  kUnequal,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kMatches,
  kContains,
  kStartsWith,
  kEndsWith,
  kExists,
  kAbsent,
  kIsEmpty,
  kIn,
};

// "not contains x".
struct Predicate {
  Relation relation = Relation::kExists;
  bool negated = false;
  TextPosition place = {};
  std::vector<Word> operands = {};  // one; none for exists, absent and isempty; any number for in
};

struct Expectation {
  TextPosition place = {};
  std::string line = {};  // as it is written, from "expect" or "recv" on
  Subject subject = {};
  std::optional<Predicate> predicate = {};  // none with kStatus
  std::optional<int> code = {};             // with kStatus; nullopt: any
  std::optional<Duration> within = {};      // with kStatus: of the whole call
};

// "let name = .path".
struct Capture {
  TextPosition place = {};
  std::string name = {};
  Subject subject = {};
};

// One act on a stream that is open.
struct LiveAct {
  enum class Kind {
    kSend,
    kReceive,
    kSilence,  // norecv
    kClose,
    kCancel,
    kCapture,
  };
  Kind kind = Kind::kSend;
  TextPosition place = {};
  std::string line = {};
  std::vector<Word> words = {};                 // with kSend: the items
  std::optional<Duration> limit = {};           // with kReceive and kSilence
  std::optional<Expectation> expectation = {};  // with kReceive: about the message that came
  size_t capture = 0;                           // with kCapture: which of the step's
};

// A call, with what is expected of it.
struct Step {
  bool live = false;  // begun by "open"
  TextPosition place = {};
  std::string line = {};
  std::vector<Word> words = {};  // what stands behind "call" or "open"
  std::vector<LiveAct> acts = {};
  std::vector<Expectation> expectations = {};
  std::vector<Capture> captures = {};
};

// "retry 10 every 500ms".
struct Retry {
  uint64_t attempts = 1;  // at most
  Duration pause{};
};

// A case before its steps.
struct CaseHead {
  std::string name = {};  // white space in it is single
  std::vector<std::string> tags = {};
  TextPosition place = {};
  std::optional<Retry> retry = {};
};

struct HeaderSetting {
  TextPosition place = {};
  Word value = {};  // "name: value"
};

struct VariableSetting {
  TextPosition place = {};
  std::string name = {};
  Word value = {};
};

struct SecretSetting {
  TextPosition place = {};
  std::string name = {};
};

// What holds for all cases of a file.
struct Settings {
  std::optional<Word> target = {};
  std::optional<Duration> timeout = {};        // of one call
  std::optional<Duration> total_timeout = {};  // of the file
  std::vector<HeaderSetting> headers = {};
  std::vector<VariableSetting> variables = {};
  std::vector<SecretSetting> secrets = {};
  std::optional<Duration> wait_ready = {};
};

}  // namespace rpcctl
