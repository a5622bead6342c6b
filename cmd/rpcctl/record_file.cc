#include "cmd/rpcctl/record_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <set>

#include "base/files.h"
#include "base/safe_text.h"
#include "script/variables.h"

namespace rpcctl {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kMostBytes = 64 << 20;
constexpr mode_t kMode = 0600;

Error Unwritten(const std::string& path, std::string_view why) {
  return {ErrorKind::kOutput, fmt::format("--record: {}: {}", SafeText(path), why)};
}

// Closes what it holds.
class Descriptor final {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  const int number_;
};

// All of `text`, or the errno of what prevented it.
int WriteAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written < 0 && errno != EINTR) return errno;
    if (written > 0) text.remove_prefix(static_cast<size_t>(written));
  }
  return 0;
}

// A name in lower case, and a value without the blanks around it; what is filled in is
// marked, since braces may stand for themselves.
using Header = std::pair<std::string, std::string>;

Header HeaderIn(const Word& word) {
  std::string text;
  for (const WordPiece& piece : word.pieces)
    text += piece.insertion ? '\1' + InsertionText(*piece.insertion) : piece.text;
  const size_t colon = std::min(text.find(':', 1), text.size());
  std::string name = text.substr(0, colon);
  std::ranges::transform(name, name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c; });
  const size_t begin = std::min(text.find_first_not_of(" \t", colon + 1), text.size());
  return {name, text.substr(begin, text.find_last_not_of(" \t") + 1 - begin)};
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
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) {
    const fs::path folder = fs::path(path).parent_path();
    if (path.empty() || (!folder.empty() && !fs::is_directory(folder, error)))
      return Unwritten(path, "its folder does not exist");
    if (faccessat(AT_FDCWD, folder.empty() ? "." : folder.c_str(), W_OK | X_OK, AT_EACCESS) != 0)
      return Unwritten(path, ErrnoText(errno));
    return RecordFile(path, true);
  }
  Result<std::string> text = ReadRegularFile(path, kMostBytes);
  if (!text) return Error{text.error().kind, "--record: " + text.error().message, text.error().hint};
  if (faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) != 0) return Unwritten(path, ErrnoText(errno));
  ScriptErrors errors;
  ScriptOutline outline = OutlineScript(*text, environment, errors);
  if (!errors.empty()) {
    const ScriptError& first = errors.list().front();
    return Error{ErrorKind::kUsage,
                 fmt::format("--record: {}: {}", PlaceText(path, first.place), first.error.message),
                 "nothing is added to a script with mistakes; rpcctl test --list FILE tells all of them"};
  }
  RecordFile file(path, false);
  file.text_ = std::move(*text);
  file.outline_ = std::move(outline);
  return file;
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
  const int creates = is_new_ ? O_CREAT | O_EXCL : 0;
  const Descriptor file(open(path_.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC | O_NONBLOCK | creates, kMode));
  struct stat before {};
  if (file.number() < 0 || fstat(file.number(), &before) != 0) return Unwritten(path_, ErrnoText(errno));
  if (!S_ISREG(before.st_mode)) return Unwritten(path_, "what is there is not a regular file");
  const bool lacks_break = !text_.empty() && !text_.ends_with('\n');
  const int failure = WriteAll(file.number(), (lacks_break ? "\n" : "") + std::string(text));
  if (failure == 0) return {};
  const bool undone = is_new_ ? unlink(path_.c_str()) == 0 : ftruncate(file.number(), before.st_size) == 0;
  return Unwritten(path_, ErrnoText(failure) + (undone ? "" : "; a part was written"));
}

}  // namespace rpcctl
