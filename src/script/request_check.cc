#include "script/request_check.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include <algorithm>

#include "base/safe_text.h"
#include "message/field_path.h"
#include "message/field_resolver.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::MethodDescriptor;

bool IsFile(ItemValue kind) {
  return kind == ItemValue::kTextFile || kind == ItemValue::kJsonFile;
}
bool IsJson(ItemValue kind) {
  return kind == ItemValue::kJson;
}

// A mistake in request data is one in the script.
Error InScript(Error error) {
  if (error.kind == ErrorKind::kInput) error.kind = ErrorKind::kUsage;
  return error;
}

// Where the word stands that became `text`.
TextPosition PlaceOf(const CheckedWords& request, std::string_view text) {
  const auto found = std::ranges::find(request.marked, text);
  if (found == request.marked.end()) return request.written.front().place;
  return request.written[static_cast<size_t>(found - request.marked.begin())].place;
}

class RequestChecker final {
 public:
  RequestChecker(const CheckedWords& request, const MethodDescriptor& method, const RequestCheck& check,
                 ScriptErrors& errors)
      : request_(request),
        type_(*method.input_type()),
        check_(check),
        known_(Completed(check.known, type_)),
        builder_(Options(check.known)),
        errors_(errors) {}

  // Whether nothing was wrong.
  bool Check() {
    for (const RequestGroup& group : request_.words.request.groups) {
      for (const DataSource& source : group.data) CheckSource(source);
      for (const Item& item : group.items) CheckItem(item);
    }
    return well_;
  }

 private:
  static BuildOptions Options(const KnownTypes& known) {
    BuildOptions options;
    options.reading.known = known;
    return options;
  }

  void Add(std::string_view word, Error error) {
    well_ = false;
    errors_.Add(PlaceOf(request_, word), std::move(error));
  }
  void CheckSource(const DataSource& source);
  void CheckItem(const Item& item);
  void CheckPath(const Item& item);
  bool NamesFileByCapture(std::string_view name) const;

  const CheckedWords& request_;
  const Descriptor& type_;
  const RequestCheck& check_;
  const KnownTypes known_;
  Builder builder_;
  ScriptErrors& errors_;
  bool well_ = true;
};

// A server must not choose which file is read.
bool RequestChecker::NamesFileByCapture(std::string_view name) const {
  return std::ranges::any_of(request_.marks.MarksIn(name), [&](const Insertion* insertion) {
    return insertion->kind == Insertion::Kind::kVariable && check_.server_named.contains(insertion->name);
  });
}

void RequestChecker::CheckSource(const DataSource& source) {
  const std::string word = source.kind == SourceKind::kFile ? "@" + source.text : source.text;
  if (source.kind == SourceKind::kStandardInput)
    return Add("@-", {ErrorKind::kUsage, "a script does not read standard input", "write @FILE"});
  if (source.kind == SourceKind::kFile && NamesFileByCapture(source.text))
    Add(word, {ErrorKind::kUsage, "what a server sent does not name a file",
               "no name that a 'let' of this file sets stands behind '@'"});
  // A value could end the one that it stands in, and go on with fields of its own.
  const bool is_typed_text = source.kind == SourceKind::kText && source.format != DataFormat::kJson;
  if (is_typed_text && MarkedWords::HasMarks(source.text))
    Add(word, {ErrorKind::kUsage, "nothing can be filled in where --in is not json",
               "write an item, name={{name}}, or JSON"});
}

void RequestChecker::CheckItem(const Item& item) {
  if (MarkedWords::HasMarks(item.path)) {
    return Add(item.word, {ErrorKind::kUsage,
                           fmt::format("{}: the path of an item is written out",
                                       SafeText(request_.marks.Unmarked(item.path))),
                           "{{...}} stands in the value: name={{name}}"});
  }
  if (IsFile(item.value_kind) && NamesFileByCapture(item.value)) {
    return Add(item.word, {ErrorKind::kUsage, item.path + ": what a server sent does not name a file",
                           "no name that a 'let' of this file sets stands behind '@'"});
  }
  if (MarkedWords::HasMarks(item.value)) return CheckPath(item);
  if (IsFile(item.value_kind)) return CheckPath(item);
  if (Result<void> good = builder_.Check({&item, 1}, type_); !good) Add(item.word, InScript(good.error()));
}

void RequestChecker::CheckPath(const Item& item) {
  const Result<FieldPath> path = ParseFieldPath(item.path);
  if (!path) return Add(item.word, InScript(path.error()));
  if (path->steps.back().text == "@type") return;  // of an Any: the builder knows it
  const Result<ResolvedPath> resolved = ResolveFields(type_, *path, known_.find_named_extension);
  if (!resolved) Add(item.word, InScript(resolved.error()));
}

// Those that can be filled in before the run: a credential is not to cross the network in the open, and where
// that is known nothing is called.
void CheckHeaders(const CheckedWords& request, const MethodDescriptor& method, const RequestCheck& check,
                  ScriptErrors& errors) {
  const CallWords words{.method = request.words.method,
                        .request = {},
                        .headers = KnownHeaders(request, check.variables),
                        .timeout = {}};
  if (words.headers.empty()) return;
  if (const Result<ScriptCall> prepared = check.caller.Prepare(words, {}, method, TimePoint::max());
      !prepared)
    errors.Add(request.written.front().place, prepared.error());
}

// Words that are no items have marks only where a value is expected.
void CheckUse(const CheckedWords& request, const MethodDescriptor& method, RequestUse use,
              ScriptErrors& errors) {
  const TextPosition place = request.written.front().place;
  const std::vector<RequestGroup>& groups = request.words.request.groups;
  if (use == RequestUse::kOpen && !groups.empty() && method.client_streaming())
    errors.Add(place, "a stream that is opened sends nothing yet", "a line 'send ITEM...' sends a message");
  if (use == RequestUse::kSend && groups.size() > 1)
    errors.Add(place, "'send' sends one message", "write a line 'send' for each");
  if (use == RequestUse::kSend && !method.client_streaming())
    errors.Add(place, fmt::format("{} takes one message, which stands behind 'open'", method.full_name()));
}

Result<void> FillItem(Item& item, const MarkedWords& marks, const Variables& variables) {
  const bool is_json = IsJson(item.value_kind);
  Result<std::string> value =
      is_json ? marks.FillJson(item.value, variables) : marks.FillText(item.value, variables);
  if (!value) return value.error();
  item.value = std::move(*value);
  item.word = marks.Unmarked(item.word);
  return {};
}

Result<void> FillSource(DataSource& source, const MarkedWords& marks, const Variables& variables) {
  const bool is_json = source.kind == SourceKind::kText && source.format == DataFormat::kJson;
  Result<std::string> text =
      is_json ? marks.FillJson(source.text, variables) : marks.FillText(source.text, variables);
  if (!text) return text.error();
  source.text = std::move(*text);
  return {};
}

}  // namespace

std::optional<CheckedWords> ReadRequest(std::span<const Word> written, Caller& caller, ScriptErrors& errors) {
  CheckedWords request;
  request.written.assign(written.begin(), written.end());
  std::vector<std::string>& words = request.marked;
  for (const Word& word : written) {
    words.push_back(request.marks.Mark(word));
    request.is_plain = request.is_plain && word.IsPlain();
  }
  Result<CallWords> read = caller.Read(words);
  if (read) {
    request.words = std::move(*read);
    return request;
  }
  // The line that takes words apart says which one, but not where: look at each by itself.
  TextPosition place = written.front().place;
  for (size_t i = 1; i < words.size(); ++i) {
    if (words[i].starts_with('-') || words[i] == ",") break;
    if (const Result<Item> item = ParseItem(words[i]); !item) {
      place = written[i].place;
      break;
    }
  }
  Error error = InScript(read.error());
  error.message = request.marks.Unmarked(error.message);
  errors.Add(place, std::move(error));
  return std::nullopt;
}

void CheckRequest(const CheckedWords& request, const MethodDescriptor& method, RequestUse use,
                  const RequestCheck& check, ScriptErrors& errors) {
  CheckUse(request, method, use, errors);
  const bool good = RequestChecker(request, method, check, errors).Check();
  if (!good) return;
  if (!request.is_plain) return CheckHeaders(request, method, check, errors);
  const Result<ScriptCall> prepared = check.caller.Prepare(request.words, {}, method, TimePoint::max());
  if (prepared) return;
  const bool is_file = prepared.error().message.find("No such file") != std::string::npos;
  errors.Add(request.written.front().place, is_file ? prepared.error() : InScript(prepared.error()));
}

std::vector<std::string> KnownHeaders(const CheckedWords& request, const Variables& variables) {
  std::vector<std::string> headers;
  for (const std::string& header : request.words.headers) {
    Result<std::string> filled = request.marks.FillText(header, variables);
    if (filled) headers.push_back(std::move(*filled));
  }
  return headers;
}

Result<CallWords> FillRequest(const CheckedWords& request, const Variables& variables) {
  CallWords words = request.words;
  if (request.is_plain) return words;
  for (RequestGroup& group : words.request.groups) {
    for (Item& item : group.items) {
      if (Result<void> filled = FillItem(item, request.marks, variables); !filled) return filled.error();
    }
    for (DataSource& source : group.data) {
      if (Result<void> filled = FillSource(source, request.marks, variables); !filled) return filled.error();
    }
  }
  for (std::string& header : words.headers) {
    Result<std::string> filled = request.marks.FillText(header, variables);
    if (!filled) return filled.error();
    header = std::move(*filled);
  }
  return words;
}

}  // namespace rpcctl
