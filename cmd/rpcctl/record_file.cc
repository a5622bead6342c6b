#include "cmd/rpcctl/record_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <set>
#include <thread>

#include "base/duration.h"
#include "base/files.h"
#include "base/safe_text.h"
#include "base/text.h"
#include "base/write_all.h"
#include "script/variables.h"

namespace rpcctl {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kMostBytes = 64 << 20;
constexpr mode_t kMode = 0600;
constexpr Duration kPatience = std::chrono::seconds(10);
constexpr Duration kPause = std::chrono::milliseconds(5);

Error Unwritten(const std::string& path, std::string_view why) {
  return {ErrorKind::kOutput, fmt::format("--record: {}: {}", SafeText(path), why)};
}

// Waits for a turn to write; where the file system knows no turns, everybody has one.
Result<void> Hold(const std::string& path, int descriptor, TimePoint until) {
  while (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) return {};
    if (std::chrono::steady_clock::now() >= until) return Unwritten(path, "another program holds it");
    std::this_thread::sleep_for(kPause);
  }
  return {};
}

// Whether `descriptor` is of the file that `path` leads to.
bool IsStillAt(const std::string& path, int descriptor) {
  struct stat held {};
  struct stat there {};
  return fstat(descriptor, &held) == 0 && stat(path.c_str(), &there) == 0 && held.st_dev == there.st_dev &&
         held.st_ino == there.st_ino;
}

// A name in lower case, and a value without the blanks around it; what is filled in is marked, since braces
// may stand for themselves.
using Header = std::pair<std::string, std::string>;

Header HeaderIn(const Word& word) {
  std::string text;
  for (const WordPiece& piece : word.pieces)
    text += piece.insertion ? '\1' + InsertionText(*piece.insertion) : piece.text;
  const size_t colon = std::min(text.find(':', 1), text.size());
  const size_t begin = std::min(text.find_first_not_of(" \t", colon + 1), text.size());
  return {ToLowerAscii(text.substr(0, colon)), text.substr(begin, text.find_last_not_of(" \t") + 1 - begin)};
}

Header HeaderIn(const std::string& word) {
  const Result<Word> read = LineReader(word, 1).Next();
  return read ? HeaderIn(*read) : Header();
}

// What is made anew each time, such as {{uuid}}, is not as it was in any call.
Variables VariablesOf(const Settings& settings, const EnvironmentReader& environment) {
  Variables variables({environment, std::chrono::system_clock::now, [] { return uint64_t{0}; }});
  for (const VariableSetting& setting : settings.variables) {
    if (Result<std::string> value = variables.Fill(setting.value); value)
      variables.SetText(setting.name, std::move(*value));
  }
  return variables;
}

bool IsSent(const Word& header, const Variables& variables, const Metadata& sent) {
  const Result<std::string> text = variables.Fill(header);
  const Result<MetadataEntry> set = text ? ParseMetadata(*text) : text.error();
  return set && std::ranges::any_of(sent, [&](const MetadataEntry& entry) {
           return entry.name == set->name && entry.value == set->value;
         });
}

}  // namespace

Result<RecordFile> RecordFile::Open(const std::string& path, const EnvironmentReader& environment) {
  std::error_code error;
  RecordFile file(path);
  if (fs::status(path, error).type() == fs::file_type::not_found) {
    const fs::path folder = fs::path(path).parent_path();
    if (path.empty() || (!folder.empty() && !fs::is_directory(folder, error)))
      return Unwritten(path, "its folder does not exist");
    if (faccessat(AT_FDCWD, folder.empty() ? "." : folder.c_str(), W_OK | X_OK, AT_EACCESS) != 0)
      return Unwritten(path, ErrnoText(errno));
    return file;
  }
  if (Result<void> read = file.Read(environment); !read) return read.error();
  if (faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) != 0) return Unwritten(path, ErrnoText(errno));
  return file;
}

Result<RecordFile> RecordFile::Claim(const std::string& path, const EnvironmentReader& environment) {
  const TimePoint until = After(std::chrono::steady_clock::now(), kPatience);
  RecordFile file(path);
  do {
    constexpr int kFlags = O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK;
    file.claimed_ = OwnedDescriptor(open(path.c_str(), kFlags | O_EXCL, kMode));
    file.is_made_ = file.claimed_.value() >= 0;
    if (!file.is_made_) file.claimed_ = OwnedDescriptor(open(path.c_str(), kFlags, kMode));
    if (file.claimed_.value() < 0) return Unwritten(path, ErrnoText(errno));
    struct stat status {};
    if (fstat(file.claimed_.value(), &status) != 0 || !S_ISREG(status.st_mode))
      return Unwritten(path, "what is there is not a regular file");
    if (Result<void> held = Hold(path, file.claimed_.value(), until); !held) return held.error();
    // One who could not write has taken away what was new.
  } while (!IsStillAt(path, file.claimed_.value()));
  if (Result<void> read = file.Read(environment); !read) return read.error();
  return file;
}

Result<void> RecordFile::Read(const EnvironmentReader& environment) {
  Result<std::string> text = ReadRegularFile(path_, kMostBytes);
  if (!text) return Error{text.error().kind, "--record: " + text.error().message, text.error().hint};
  ScriptErrors errors;
  outline_ = OutlineScript(*text, environment, errors);
  if (!errors.empty()) {
    const ScriptError& first = errors.list().front();
    return Error{ErrorKind::kUsage,
                 fmt::format("--record: {}: {}", PlaceText(path_, first.place), first.error.message),
                 "nothing is added to a script with mistakes; rpcctl test --list FILE tells all of them"};
  }
  text_ = std::move(*text);
  return {};
}

std::string RecordFile::FreeName(const std::string& name) const {
  std::set<std::string> taken;
  for (const SectionMark mark : outline_.cases) taken.insert(ReadCaseHead(text_, mark).name);
  std::string free = name;
  for (size_t number = 2; taken.contains(free); ++number) free = fmt::format("{} {}", name, number);
  return free;
}

bool RecordFile::SetsHeader(const std::string& word) const {
  return std::ranges::any_of(
      outline_.settings.headers,
      [wanted = HeaderIn(word)](const HeaderSetting& header) { return HeaderIn(header.value) == wanted; });
}

HeadersBeside RecordFile::HeadersBesideOf(const std::vector<std::string>& words, const Metadata& sent,
                                          const EnvironmentReader& environment) const {
  const Variables variables = VariablesOf(outline_.settings, environment);
  HeadersBeside beside;
  for (const HeaderSetting& header : outline_.settings.headers) {
    const Header set = HeaderIn(header.value);
    const auto is_set = [&set](const std::string& word) { return HeaderIn(word) == set; };
    if (std::ranges::any_of(words, is_set)) continue;
    const auto has_name = [&set](const MetadataEntry& entry) { return entry.name == set.first; };
    if (std::ranges::none_of(sent, has_name)) {
      beside.unsent.push_back(set.first);
    } else if (!IsSent(header.value, variables, sent)) {
      beside.other.push_back(set.first);
    }
  }
  return beside;
}

Result<void> RecordFile::Append(std::string_view text) const {
  const bool lacks_break = !text_.empty() && !text_.ends_with('\n');
  const int failure = WriteAll(claimed_.value(), (lacks_break ? "\n" : "") + std::string(text));
  if (failure == 0) return {};
  const bool undone = ftruncate(claimed_.value(), static_cast<off_t>(text_.size())) == 0;
  if (is_made_ && is_new()) unlink(path_.c_str());
  return Unwritten(path_, ErrnoText(failure) + (undone ? "" : "; a part was written"));
}

}  // namespace rpcctl
