#include "transport/grpc/grpc_call.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/size.h"
#include "transport/grpc/byte_buffer.h"
#include "transport/grpc/timespec.h"

namespace rpcctl {
namespace {

Metadata ToMetadata(const std::multimap<grpc::string_ref, grpc::string_ref>& received) {
  Metadata metadata;
  for (const auto& [name, value] : received) {
    if (name == "grpc-status-details-bin") continue;  // told as the status's details
    metadata.push_back({std::string(name.data(), name.size()), std::string(value.data(), value.size())});
  }
  return metadata;
}

RpcStatus TooLarge(uint64_t limit) {
  return {kResourceExhausted, fmt::format("response is larger than the limit of {}", FormatSize(limit)), ""};
}

// Whether the core refused a message because of the channel's limit. A server that refuses a request may use
// the same words, but about a limit of its own.
bool IsCoreLimit(const grpc::Status& status, uint64_t limit) {
  return status.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED &&
         status.error_message().starts_with("Received message larger than max") &&
         status.error_message().ends_with(fmt::format(" vs. {})", limit));
}

}  // namespace

GrpcCall::GrpcCall(CallStart start, uint64_t receive_limit, CallEvents& events)
    : start_(std::move(start)), receive_limit_(receive_limit), events_(&events) {
  for (const MetadataEntry& entry : start_.metadata) context_.AddMetadata(entry.name, entry.value);
  context_.set_deadline(ToTimespec(start_.deadline));
  if (start_.compression == Compression::kGzip) context_.set_compression_algorithm(GRPC_COMPRESS_GZIP);
}

void GrpcCall::Start(grpc::GenericStub& stub, grpc::CompletionQueue& queue,
                     std::function<std::optional<Error>()> why_not_reached) {
  why_not_reached_ = std::move(why_not_reached);
  stream_ = stub.PrepareCall(&context_, start_.path, &queue);
}

void GrpcCall::EndHere(CallEnd end) {
  if (events_ != nullptr) concluded_ = std::move(end);
  if (begun_) context_.TryCancel();
}

void GrpcCall::Write(std::string_view message, Next next) {
  owes_writable_ = true;
  if (thread_ == nullptr || broken_) {
    waiting_message_ = ToByteBuffer(message);
    after_message_ = next;
    return;
  }
  const Outbox::Added added = thread_->outbox().Add(message, next);
  if (added.begins_run) {
    Tag(run_operation_);
    ++runs_;
  }
  // When nothing follows for now, the whole run is waited for.
  writable_at_once_ = added.has_room && next == Next::kMessage;
}

void GrpcCall::HalfClose() {
  half_close_asked_ = true;
}

void GrpcCall::Cancel() {
  if (begun_) {
    context_.TryCancel();
  } else if (!concluded_) {
    EndHere({std::nullopt, {kCancelled, "cancelled before it began", ""}, {}});
  }
}

void GrpcCall::Abandon() {
  events_ = nullptr;
  if (pending_ > 0) context_.TryCancel();
}

bool GrpcCall::Step() {
  if (events_ == nullptr) return false;
  if (concluded_) {
    End(std::move(*concluded_));
    return true;
  }
  if (std::exchange(writable_at_once_, false) && !broken_) {
    TellWritable();
    return true;
  }
  if (announced_) return false;
  announced_ = true;
  events_->OnWritable();
  return true;
}

void GrpcCall::Flush() {
  if (!stream_ || events_ == nullptr || concluded_ || broken_) return;
  if (!begun_) {
    Begin();
  } else if (!writing_ && runs_ == 0 && (waiting_message_ || half_close_asked_) && !half_closed_) {
    Submit(half_close_asked_);
  }
}

void GrpcCall::Begin() {
  begun_ = true;
  // With a message at hand the headers wait for it: one packet instead of two.
  const bool together = waiting_message_.has_value();
  context_.set_initial_metadata_corked(together);
  stream_->StartCall(together ? nullptr : Tag(write_operation_));
  writing_ = true;
  if (together) Submit(half_close_asked_);
  stream_->ReadInitialMetadata(Tag(headers_operation_));
}

void GrpcCall::Submit(bool with_half_close) {
  if (waiting_message_) {
    writing_ = true;
    grpc::WriteOptions options;
    if (after_message_ == Next::kMessage) options.set_buffer_hint();
    void* tag = Tag(write_operation_);
    with_half_close ? stream_->WriteLast(*waiting_message_, options, tag)
                    : stream_->Write(*waiting_message_, options, tag);
    waiting_message_.reset();
    wrote_message_ = true;
  } else if (with_half_close) {
    stream_->WritesDone(Tag(half_close_operation_));
  }
  half_closed_ = with_half_close;
}

void* GrpcCall::Tag(Operation& operation) {
  ++pending_;
  return &operation;
}

void GrpcCall::Handle(const Operation& operation, bool ok) {
  --pending_;
  (this->*operation.done)(ok);
}

void GrpcCall::OnHeadersReceived(bool ok) {
  if (ok && events_ != nullptr) events_->OnHeaders(ToMetadata(context_.GetServerInitialMetadata()));
  Read();
}

void GrpcCall::Read() {
  void* tag = Tag(read_operation_);
  thread_ != nullptr ? thread_->Read(*stream_, tag) : stream_->Read(&incoming_, tag);
}

void GrpcCall::OnRead(bool ok) {
  if (!ok) {
    stream_->Finish(&status_, Tag(finish_operation_));
    return;
  }
  Receive(BytesOf(incoming_, storage_));
  Read();
}

void GrpcCall::Receive(const ReceivedBytes& received) {
  received_ = std::min(received_ + 1, kBusyAfter);
  if (events_ != nullptr && !refusal_) Deliver(received);
}

void GrpcCall::Deliver(const ReceivedBytes& received) {
  std::string_view message = received.bytes;
  if (received.compression != Compression::kNone) {
    RpcStatus status = Inflate(received.compression, message, start_.max_message_size, inflated_);
    if (!status.ok()) return Refuse(std::move(status));
    message = inflated_;
  }
  if (message.size() > start_.max_message_size)
    return Refuse(TooLarge(message.size(), start_.max_message_size));
  events_->OnMessage(message);
}

void GrpcCall::Refuse(RpcStatus status) {
  refusal_ = std::move(status);
  context_.TryCancel();
}

void GrpcCall::OnWritten(bool ok) {
  writing_ = false;
  broken_ = broken_ || !ok;
  // Headers that left alone are no message: the OnWritable for the first one was told before anything was
  // sent.
  if (!ok || !wrote_message_) return;
  sent_ = std::min(sent_ + 1, kBusyAfter);
  TellWritable();
}

void GrpcCall::TellWritable() {
  if (!std::exchange(owes_writable_, false)) return;
  if (events_ != nullptr && !half_close_asked_) events_->OnWritable();
}

void GrpcCall::WorkWith(QueueThread& thread) {
  thread_ = &thread;
  thread.outbox().Attach(*stream_, &run_operation_);
}

void GrpcCall::OnRunWritten(bool ok) {
  --runs_;
  broken_ = broken_ || !ok;
  if (ok && runs_ == 0) TellWritable();
}

void GrpcCall::OnHalfClosed(bool ok) {
  broken_ = broken_ || !ok;
}

void GrpcCall::OnFinished(bool) {
  lost_connection_ = status_.error_code() == grpc::StatusCode::UNAVAILABLE;
  if (events_ == nullptr) return;
  std::optional<Error> not_reached = MayBeUnreached() ? why_not_reached_() : std::nullopt;
  End({std::move(not_reached), FinalStatus(), ToMetadata(context_.GetServerTrailingMetadata())});
}

// Whether it ended as a call does whose peer is no gRPC server. The core makes up statuses of its own then,
// and tells them apart from those of a server by nothing.
bool GrpcCall::MayBeUnreached() const {
  const grpc::StatusCode code = status_.error_code();
  const bool may_be_made_up = code == grpc::StatusCode::UNAVAILABLE || code == grpc::StatusCode::UNKNOWN ||
                              code == grpc::StatusCode::INTERNAL;
  return may_be_made_up && received_ == 0 && !refusal_ && context_.GetServerTrailingMetadata().empty();
}

RpcStatus GrpcCall::FinalStatus() const {
  if (refusal_) return *refusal_;
  if (IsCoreLimit(status_, receive_limit_)) return TooLarge(receive_limit_);
  return {static_cast<int>(status_.error_code()), status_.error_message(), status_.error_details()};
}

void GrpcCall::End(CallEnd end) {
  CallEvents& events = *events_;
  events_ = nullptr;
  events.OnEnd(std::move(end));
}

}  // namespace rpcctl
