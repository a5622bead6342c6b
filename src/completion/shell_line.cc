#include "completion/shell_line.h"

#include <algorithm>

#include "completion/escapes.h"

namespace rpcctl {
namespace {

constexpr std::pair<std::string_view, Shell> kShells[] = {
    {"bash", Shell::kBash}, {"zsh", Shell::kZsh}, {"fish", Shell::kFish}};

// What a substitution in parentheses becomes.
constexpr std::string_view kSubstituted = "$(...)";

bool IsNameStart(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}
bool IsAllDigits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), IsDigit);
}

// Where the value of NAME=value begins; npos for a word that is none.
size_t AssignedAt(std::string_view word) {
  size_t end = 0;
  while (end < word.size() && (IsNameStart(word[end]) || (end > 0 && IsDigit(word[end])))) ++end;
  return end > 0 && end < word.size() && word[end] == '=' ? end + 1 : std::string_view::npos;
}

bool IsOneOf(char c, std::string_view set) {
  return c != '\0' && set.find(c) != std::string_view::npos;
}

enum class Quote { kNone, kSingle, kDouble, kEscaping };
// What began a command within the line.
enum class Opened { kLine, kSubshell, kSubstitution, kBackquote };

// One command that is being read.
struct Frame {
  explicit Frame(Opened by) : opened(by) {}

  void EndWord() {
    if (in_word && !line.names_file) Keep();
    if (in_word) line.names_file = false;
    line.current = {};
    in_word = quoted = false;
  }
  void EndCommand() {
    EndWord();
    line = {};
  }

  Opened opened;
  ShellLine line;
  Quote quote = Quote::kNone;
  bool in_word = false;
  bool quoted = false;  // some of the word was in quotes

 private:
  void Keep() {
    ShellWordText& word = line.current;
    const size_t value = line.words.empty() ? AssignedAt(word.text) : std::string_view::npos;
    if (value == std::string_view::npos) {
      line.words.push_back(std::move(word));
    } else {
      line.assignments.emplace_back(word.text.substr(0, value - 1), word.text.substr(value));
    }
  }
};

class Reader final {
 public:
  Reader(Shell shell, std::string_view text) : is_fish_(shell == Shell::kFish), shell_(shell), text_(text) {
    frames_.emplace_back(Opened::kLine);
  }

  ShellLine Read() {
    while (at_ < text_.size()) Step();
    Top().line.in_comment = in_comment_;
    return std::move(Top().line);
  }

 private:
  Frame& Top() { return frames_.back(); }
  // The byte `ahead` of this one; NUL behind the end.
  char Peek(size_t ahead = 1) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  std::string& Word() {
    Top().in_word = true;
    return Top().line.current.text;
  }
  void Take(size_t bytes) {
    Word() += text_.substr(at_, bytes);
    at_ = std::min(at_ + bytes, text_.size());
  }

  void Step() {
    if (text_[at_] == '`' && !is_fish_ && Top().quote != Quote::kSingle && Top().quote != Quote::kEscaping)
      return Backquote();
    switch (Top().quote) {
      case Quote::kNone:
        return Plain();
      case Quote::kSingle:
        return Single();
      case Quote::kDouble:
        return Double();
      case Quote::kEscaping:
        return Escaping();
    }
  }

  void Plain() {
    switch (text_[at_]) {
      case ' ':
      case '\t':
      case '\r':
        Top().EndWord();
        ++at_;
        return;
      case '&':
        if (Peek() == '>') return Redirect();
        [[fallthrough]];
      case '\n':
      case ';':
      case '|':
        Top().EndCommand();
        ++at_;
        return;
      case '(':
        return Parenthesis();
      case ')':
        ++at_;
        return Close();
      case '<':
      case '>':
        return Redirect();
      default:
        return WordByte();
    }
  }

  void WordByte() {
    switch (text_[at_]) {
      case '\'':
        return Open(Quote::kSingle, 1);
      case '"':
        return Open(Quote::kDouble, 1);
      case '$':
        return Dollar();
      case '\\':
        return Backslash();
      case '#':
        if (!Top().in_word && shell_ != Shell::kZsh) return Comment();
        return Take(1);
      case '~':
        if (!Top().in_word) Top().line.current.tilde = true;
        return Take(1);
      default:
        return Take(1);
    }
  }

  void Open(Quote quote, size_t bytes) {
    Word();
    Top().quoted = true;
    Top().quote = quote;
    at_ += bytes;
  }
  void CloseQuote() {
    Top().quote = Quote::kNone;
    ++at_;
  }

  void Single() {
    if (text_[at_] == '\'') return CloseQuote();
    const bool escapes = is_fish_ && text_[at_] == '\\' && (Peek() == '\'' || Peek() == '\\');
    if (escapes) ++at_;
    Take(1);
  }

  void Double() {
    const char c = text_[at_];
    if (c == '"') return CloseQuote();
    if (c == '$') return Dollar();
    if (c == '\\' && Peek() == '\n') {
      at_ += 2;
      return;
    }
    const bool escapes = c == '\\' && (Peek() == '"' || Peek() == '\\' || Peek() == '$' || Peek() == '`');
    if (escapes) ++at_;
    Take(1);
  }

  void Escaping() {
    const char c = text_[at_];
    if (c == '\'') return CloseQuote();
    if (c != '\\' || at_ + 1 >= text_.size()) return Take(1);
    if (const size_t taken = AppendEscape(text_.substr(at_ + 1), Word()); taken > 0) {
      at_ += 1 + taken;
      return;
    }
    const bool means_itself = IsOneOf(Peek(), "\\'\"?");
    if (means_itself) ++at_;
    Take(1);
  }

  void Backslash() {
    if (Peek() == '\n') {
      at_ += 2;
      return;
    }
    ++at_;
    Word();
    Top().quoted = true;
    if (at_ >= text_.size()) return;
    if (is_fish_) {
      if (const size_t taken = AppendEscape(text_.substr(at_), Word()); taken > 0) {
        at_ += taken;
        return;
      }
    }
    Take(1);
  }

  void Dollar() {
    const bool bare = Top().quote == Quote::kNone && !is_fish_;
    if (bare && Peek() == '\'') return Open(Quote::kEscaping, 2);
    if (bare && Peek() == '"') return Open(Quote::kDouble, 2);
    if (Peek() == '(') {
      at_ += 2;
      return Push(Opened::kSubstitution);
    }
    if (Peek() == '{' && !is_fish_) return Braces();
    const char next = Peek();
    const bool is_variable = IsNameStart(next) || IsDigit(next) || IsOneOf(next, "*@#?$!-");
    if (is_variable) Top().line.current.opaque = true;
    Take(is_variable ? 2 : 1);
  }

  // "${...}" as it stands, up to the brace that closes it.
  void Braces() {
    size_t depth = 0;
    size_t end = at_ + 1;
    for (; end < text_.size(); ++end) {
      if (text_[end] == '\\') {
        ++end;
      } else if (text_[end] == '{') {
        ++depth;
      } else if (text_[end] == '}' && --depth == 0) {
        break;
      }
    }
    Top().line.current.opaque = true;
    Take(std::min(end + 1, text_.size()) - at_);
  }

  void Parenthesis() {
    // "f()" begins a function.
    const bool in_word = is_fish_ || (shell_ == Shell::kZsh && Top().in_word && Peek() != ')');
    ++at_;
    if (!in_word) Top().EndCommand();
    Push(in_word ? Opened::kSubstitution : Opened::kSubshell);
  }

  void Backquote() {
    ++at_;
    if (Top().opened == Opened::kBackquote) return Pop();
    Push(Opened::kBackquote);
  }

  void Push(Opened opened) {
    if (opened != Opened::kSubshell) Word();
    frames_.emplace_back(opened);
  }

  void Close() {
    const bool closes = Top().opened == Opened::kSubshell || Top().opened == Opened::kSubstitution;
    if (closes) return Pop();
    Top().EndCommand();
  }

  void Pop() {
    const Opened opened = Top().opened;
    frames_.pop_back();
    if (opened == Opened::kSubshell) return Top().EndCommand();
    Word() += kSubstituted;
    Top().line.current.opaque = true;
  }

  void Redirect() {
    if (Peek() == '(' && !is_fish_) {
      at_ += 2;
      return Push(Opened::kSubstitution);
    }
    Frame& frame = Top();
    const bool is_descriptor = frame.in_word && !frame.quoted && IsAllDigits(frame.line.current.text);
    if (is_descriptor) {
      frame.line.current = {};
      frame.in_word = false;
    }
    frame.EndWord();
    const size_t begin = at_;
    while (at_ < text_.size() && IsOneOf(text_[at_], "<>&|?")) ++at_;
    const std::string_view sign = text_.substr(begin, at_ - begin);
    const bool copies = sign.size() > 1 && sign.back() == '&';
    const bool dash = Peek(0) == '-' && (copies || sign == "<<");
    if (dash) ++at_;
    frame.line.names_file = !(copies && dash);  // "2>&-" closes
  }

  void Comment() {
    at_ = std::min(text_.find('\n', at_), text_.size());
    in_comment_ = at_ == text_.size();
  }

  const bool is_fish_;
  const Shell shell_;
  const std::string_view text_;
  size_t at_ = 0;
  std::vector<Frame> frames_;
  bool in_comment_ = false;
};

}  // namespace

std::optional<Shell> ShellCalled(std::string_view name) {
  for (const auto& [known, shell] : kShells) {
    if (known == name) return shell;
  }
  return std::nullopt;
}

ShellLine ReadShellLine(Shell shell, std::string_view line) {
  return Reader(shell, line).Read();
}

}  // namespace rpcctl
