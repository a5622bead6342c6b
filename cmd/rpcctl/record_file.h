// A test script that cases are added to.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/owned_descriptor.h"
#include "base/result.h"
#include "script/line_reader.h"
#include "script/script_outline.h"
#include "transport/metadata.h"

namespace rpcctl {

// The names of headers that a script sets for all its cases, and that a call was made without.
struct HeadersBeside {
  std::vector<std::string> unsent;  // it had none of this name
  std::vector<std::string> other;   // it had one, with another value
};

class RecordFile final {
 public:
  // Reads the script at `path`, or begins a new one where there is none. What does not parse is refused, so
  // that nothing is added to what is no script: kUsage, with the place of the first mistake. kInput for a
  // file that cannot be read; kOutput where no file can be made.
  static Result<RecordFile> Open(const std::string& path, const EnvironmentReader& environment);
  // The same file, made where there is none, as it is once those who record to it before have ended; until
  // this is destroyed nobody else claims it. A new file is for its owner alone (0600), since it holds what
  // was sent. Also kOutput where another program holds it (flock(2)) for ten seconds.
  static Result<RecordFile> Claim(const std::string& path, const EnvironmentReader& environment);

  // There is nothing in it.
  bool is_new() const { return text_.empty(); }
  const Settings& settings() const { return outline_.settings; }  // none for a new one

  // `name`, or "name 2" and so on where a case is called so already.
  std::string FreeName(const std::string& name) const;
  // Whether the script sets the header `word`, which is one word of a script: "'x-team: a'". Quotes, blanks
  // and the case of the name make no difference.
  bool SetsHeader(const std::string& word) const;
  // Of the headers that the script sets, those that are none of `words` and that the metadata `sent` has not.
  // What is filled in to them is what the environment and the variables of the script have now.
  HeadersBeside HeadersBesideOf(const std::vector<std::string>& words, const Metadata& sent,
                                const EnvironmentReader& environment) const;

  // Adds `text`, lines, to the end of a file that was claimed. When the system fails in the middle the file
  // is as before. Errors are kOutput.
  Result<void> Append(std::string_view text) const;

 private:
  explicit RecordFile(std::string path) : path_(std::move(path)) {}
  Result<void> Read(const EnvironmentReader& environment);

  std::string path_;
  bool is_made_ = false;  // by this one
  OwnedDescriptor claimed_{-1};
  std::string text_;
  ScriptOutline outline_;
};

}  // namespace rpcctl
