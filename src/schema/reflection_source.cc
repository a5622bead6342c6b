#include "schema/reflection_source.h"

#include <fmt/format.h>
#include <grpc/reflection/v1/reflection.pb.h>

#include <algorithm>
#include <iterator>
#include <optional>

#include "base/safe_text.h"
#include "schema/file_name.h"
#include "schema/limits.h"

namespace rpcctl {
namespace {

using grpc::reflection::v1::ServerReflectionRequest;
using grpc::reflection::v1::ServerReflectionResponse;

// Newer servers serve v1, older ones v1alpha only; the messages are the same bytes under another name.
constexpr std::string_view kPaths[] = {"/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
                                       "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"};
constexpr size_t kVersions = std::size(kPaths);

// What all questions from the first to Close may take together: a server that never answers must not hold a
// command up.
constexpr Duration kReflectionTime = std::chrono::seconds(10);

// One open reflection stream.
class Stream final : public CallEvents {
 public:
  // Waits no longer once `interrupt` can be read; -1 for none.
  Stream(Transport& transport, CallStart start, int interrupt)
      : transport_(transport), interrupt_(interrupt), call_(transport.Open(std::move(start), *this)) {
    if (interrupt_ >= 0) transport_.Watch(interrupt_, [this] { Interrupt(); });
  }
  ~Stream() override { Unwatch(); }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  // Sends one question and waits for its answer until `due`; false when there was none.
  bool Ask(const std::string& question, TimePoint due);
  // Lets the server end the stream; nothing is waited for.
  void HalfClose() {
    Unwatch();
    if (!end_) call_->HalfClose();
  }
  const std::string& answer() const { return *answer_; }
  bool has_answered() const { return has_answered_; }
  const std::optional<CallEnd>& end() const { return end_; }
  bool interrupted() const { return interrupted_; }

 private:
  void OnHeaders(Metadata) override {}
  void OnMessage(std::string_view message) override {
    answer_ = std::string(message);
    has_answered_ = true;
  }
  void OnWritable() override { writable_ = true; }
  void OnEnd(CallEnd end) override { end_ = std::move(end); }

  void Interrupt() {
    interrupted_ = true;
    Unwatch();
  }
  void Unwatch() {
    if (interrupt_ >= 0) transport_.Unwatch(interrupt_);
    interrupt_ = -1;
  }

  Transport& transport_;
  int interrupt_;  // -1 when it is not watched
  std::unique_ptr<Call> call_;
  std::optional<std::string> answer_;
  std::optional<CallEnd> end_;
  bool writable_ = false;
  bool has_answered_ = false;
  bool interrupted_ = false;
};

bool Stream::Ask(const std::string& question, TimePoint due) {
  const auto can_wait = [&] { return !end_ && !interrupted_ && std::chrono::steady_clock::now() < due; };
  while (!writable_ && can_wait()) transport_.Dispatch(due);
  if (!writable_ || !can_wait()) return false;
  writable_ = false;
  answer_.reset();
  call_->Write(question);
  while (!answer_ && can_wait()) transport_.Dispatch(due);
  return answer_.has_value();
}

class ReflectionSource final : public SchemaSource {
 public:
  ReflectionSource(Transport& transport, ReflectionOptions options)
      : transport_(transport), options_(std::move(options)) {}

  std::string Name() const override { return "the server at " + options_.server_name; }
  Result<std::vector<std::string>> ServiceNames() override;
  Result<std::vector<SchemaFile>> FilesWithSymbol(std::string_view symbol) override;
  Result<std::vector<SchemaFile>> FilesNamed(std::string_view name) override;
  Result<std::vector<SchemaFile>> FilesExtending(std::string_view type, std::optional<int> number) override;
  Result<std::vector<SchemaFile>> AllFiles() override { return std::vector<SchemaFile>{}; }
  void Close() override;

 private:
  // The answer; nullopt when what was asked for is not found.
  using Answer = Result<std::optional<ServerReflectionResponse>>;

  Answer Ask(const ServerReflectionRequest& request);
  Result<std::vector<SchemaFile>> AskForFiles(const ServerReflectionRequest& request);
  Result<std::vector<int>> ExtensionNumbers(std::string_view type);
  void OpenStream();
  // What the end of the stream means: not found, ask again (nullopt in the outer optional), or an error.
  std::optional<Answer> JudgeEnd();
  Answer Parse(const std::string& bytes) const;
  Error Failed(std::string_view what) const;
  Error FromStatus(const RpcStatus& status) const;

  Transport& transport_;
  const ReflectionOptions options_;
  bool was_closed_ = false;
  std::unique_ptr<Transport> later_;  // what connect_again made
  size_t version_ = 0;                // index into kPaths
  std::optional<TimePoint> due_;      // when the time of all questions since the last Close is over
  // Why nothing more is asked: a server that failed once would fail every question that follows, each in its
  // own time.
  std::optional<Error> failure_;
  std::unique_ptr<Stream> stream_;
  std::unique_ptr<Stream> closing_;  // half-closed; the server ends it in its own time
};

void ReflectionSource::OpenStream() {
  CallStart start;
  start.path = kPaths[version_];
  start.metadata = options_.metadata;
  start.deadline = options_.deadline;
  start.max_message_size = kMaxDescriptorBytes;
  if (!was_closed_ || !options_.connect_again) {
    stream_ = std::make_unique<Stream>(transport_, std::move(start), -1);
    return;
  }
  if (!later_) later_ = options_.connect_again();
  stream_ = std::make_unique<Stream>(*later_, std::move(start), options_.interrupt_descriptor);
}

void ReflectionSource::Close() {
  due_.reset();
  was_closed_ = true;
  if (!stream_) return;
  stream_->HalfClose();
  closing_ = std::move(stream_);
}

Error ReflectionSource::Failed(std::string_view what) const {
  return {ErrorKind::kSchema, fmt::format("reflection of {}: {}", SafeText(options_.server_name), what),
          "--proto FILE takes the schema from .proto files instead"};
}

Error ReflectionSource::FromStatus(const RpcStatus& status) const {
  std::string message = status.message;
  HideSecrets(options_.metadata, message);
  if (status.code == kUnimplemented && !status.message.starts_with(kHttpAnswer)) {
    return {ErrorKind::kSchema, fmt::format("{} does not serve reflection", SafeText(Name())),
            "give the schema with --proto FILE"};
  }
  const std::string what = fmt::format("reflection of {} failed: {} ({}): {}", SafeText(options_.server_name),
                                       StatusName(status.code), status.code, SafeExcerpt(message, 1000));
  const bool wants_credentials = status.code == kUnauthenticated || status.code == kPermissionDenied;
  return {ErrorKind::kStatus, what,
          wants_credentials
              ? "-H 'authorization: ...' is sent with reflection too; or give the schema with --proto FILE"
              : "",
          status.code};
}

std::optional<ReflectionSource::Answer> ReflectionSource::JudgeEnd() {
  const bool interrupted = stream_->interrupted();
  const bool overdue = !stream_->end();
  const bool had_answered = stream_->has_answered();
  const CallEnd end = stream_->end().value_or(CallEnd{});
  stream_.reset();
  if (interrupted) return Failed("interrupted");
  if (overdue) return Failed("no answer within " + FormatDuration(kReflectionTime));
  if (end.not_reached) return *end.not_reached;
  // Only a server that has not answered yet can be of the older kind.
  if (end.status.code == kUnimplemented && !had_answered && version_ + 1 < kVersions) {
    ++version_;
    return std::nullopt;
  }
  if (end.status.code == kNotFound) return Answer(std::optional<ServerReflectionResponse>());
  if (!end.status.ok()) return FromStatus(end.status);
  // Some servers end the stream after an answer: the question goes to a new one.
  if (had_answered) return std::nullopt;
  return Failed("the stream ended without an answer");
}

ReflectionSource::Answer ReflectionSource::Ask(const ServerReflectionRequest& request) {
  const std::string question = request.SerializeAsString();
  if (failure_) return *failure_;
  for (;;) {
    if (!stream_) OpenStream();
    // Making the connection has a limit of its own, so the time runs from when the first stream is open.
    if (!due_) due_ = After(std::chrono::steady_clock::now(), kReflectionTime);
    if (stream_->Ask(question, *due_)) return Parse(stream_->answer());
    std::optional<Answer> judged = JudgeEnd();
    if (!judged) continue;
    if (!*judged) failure_ = judged->error();
    return std::move(*judged);
  }
}

ReflectionSource::Answer ReflectionSource::Parse(const std::string& bytes) const {
  ServerReflectionResponse response;
  if (!response.ParseFromString(bytes)) return Failed("the answer does not parse");
  if (!response.has_error_response()) return std::optional(std::move(response));
  const auto& error = response.error_response();
  if (error.error_code() == kNotFound) return std::optional<ServerReflectionResponse>();
  return FromStatus({error.error_code(), error.error_message(), ""});
}

Result<std::vector<std::string>> ReflectionSource::ServiceNames() {
  ServerReflectionRequest request;
  request.set_list_services("*");
  Answer answer = Ask(request);
  if (!answer) return answer.error();
  if (!answer->has_value() || !(*answer)->has_list_services_response())
    return Failed("the services are not listed");
  std::vector<std::string> names;
  for (const auto& service : (*answer)->list_services_response().service()) names.push_back(service.name());
  return names;
}

Result<std::vector<SchemaFile>> ReflectionSource::AskForFiles(const ServerReflectionRequest& request) {
  Answer answer = Ask(request);
  if (!answer) return answer.error();
  std::vector<SchemaFile> files;
  if (!answer->has_value()) return files;
  for (const std::string& bytes : (*answer)->file_descriptor_response().file_descriptor_proto()) {
    Result<std::string> name = FileNameOf(bytes);
    if (!name) return Failed(name.error().message);
    files.push_back({std::move(*name), bytes});
  }
  return files;
}

Result<std::vector<SchemaFile>> ReflectionSource::FilesWithSymbol(std::string_view symbol) {
  ServerReflectionRequest request;
  request.set_file_containing_symbol(std::string(symbol));
  return AskForFiles(request);
}

Result<std::vector<SchemaFile>> ReflectionSource::FilesNamed(std::string_view name) {
  ServerReflectionRequest request;
  request.set_file_by_filename(std::string(name));
  return AskForFiles(request);
}

Result<std::vector<int>> ReflectionSource::ExtensionNumbers(std::string_view type) {
  ServerReflectionRequest request;
  request.set_all_extension_numbers_of_type(std::string(type));
  Answer answer = Ask(request);
  if (!answer) return answer.error();
  if (!answer->has_value()) return std::vector<int>();
  const auto& numbers = (*answer)->all_extension_numbers_response().extension_number();
  const int count = std::min<int>(numbers.size(), kMaxSchemaFiles);
  return std::vector<int>(numbers.begin(), numbers.begin() + count);
}

Result<std::vector<SchemaFile>> ReflectionSource::FilesExtending(std::string_view type,
                                                                 std::optional<int> number) {
  std::vector<int> numbers;
  if (number) {
    numbers.push_back(*number);
  } else {
    Result<std::vector<int>> all = ExtensionNumbers(type);
    if (!all) return all.error();
    numbers = std::move(*all);
  }
  std::vector<SchemaFile> files;
  uint64_t bytes = 0;
  for (size_t i = 0; i < numbers.size() && bytes <= kMaxDescriptorBytes; ++i) {
    ServerReflectionRequest request;
    request.mutable_file_containing_extension()->set_containing_type(std::string(type));
    request.mutable_file_containing_extension()->set_extension_number(numbers[i]);
    Result<std::vector<SchemaFile>> answer = AskForFiles(request);
    if (!answer) return answer.error();
    for (const SchemaFile& file : *answer) bytes += file.bytes.size();
    std::move(answer->begin(), answer->end(), std::back_inserter(files));
  }
  return files;
}

}  // namespace

bool IsReflectionService(std::string_view service) {
  return service.starts_with("grpc.reflection.");
}

std::unique_ptr<SchemaSource> MakeReflectionSource(Transport& transport, ReflectionOptions options) {
  return std::make_unique<ReflectionSource>(transport, std::move(options));
}

}  // namespace rpcctl
