// One call on the official core: a generic bidirectional stream, driven by the events of a completion queue.
#pragma once

#include <grpcpp/client_context.h>
#include <grpcpp/generic/generic_stub.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "transport/grpc/queue_thread.h"
#include "transport/transport.h"

namespace rpcctl {

// What the core holds of a call. It outlives the Call handle until the queue has given back every operation.
//
// What the handle asks for is kept until Flush, which the transport calls before it waits: so that a message
// and the half-close after it leave in one operation, together with the request headers.
class GrpcCall final {
 public:
  // Which operation an event of the queue belongs to; its address is the tag.
  struct Operation {
    GrpcCall* call;
    void (GrpcCall::*done)(bool ok);
  };

  // `receive_limit` is the channel's.
  GrpcCall(CallStart start, uint64_t receive_limit, CallEvents& events);
  GrpcCall(const GrpcCall&) = delete;
  GrpcCall& operator=(const GrpcCall&) = delete;

  // `why_not_reached` is asked when the call ends in a way in which it may never have reached the server.
  void Start(grpc::GenericStub& stub, grpc::CompletionQueue& queue,
             std::function<std::optional<Error>()> why_not_reached);
  // Ends the call with what the client concluded by itself; told by the next Step.
  void EndHere(CallEnd end);

  void Write(std::string_view message, Next next);
  void HalfClose();
  void Cancel();
  void Abandon();  // the handle is gone: no more events

  // Takes the next step that needs no event of the queue; false when there is none.
  bool Step();
  // Hands what was asked for to the core.
  void Flush();
  // Tells that an operation of this call came back.
  void Handle(const Operation& operation, bool ok);
  // Tells that `thread` read a message for it.
  void HandleMessage(const ReceivedBytes& message) { Receive(message); }
  // Whether so many messages came or went that a thread pays; it is used from the next one on.
  bool IsBusy() const { return thread_ == nullptr && received_ + sent_ >= kBusyAfter; }
  void WorkWith(QueueThread& thread);  // borrowed for life
  // Tells that `thread` takes more.
  void HandleRoom() { TellWritable(); }
  // Whether nothing refers to it any more.
  bool IsDone() const { return events_ == nullptr && pending_ == 0; }
  // Whether it failed in a way that leaves the connection unusable.
  bool LostConnection() const { return lost_connection_; }

 private:
  static constexpr int kBusyAfter = 64;

  void Begin();
  void Submit(bool with_half_close);
  void OnHeadersReceived(bool ok);
  void OnRead(bool ok);
  void OnRunWritten(bool ok);
  void TellWritable();
  void OnWritten(bool ok);
  void OnHalfClosed(bool ok);
  void OnFinished(bool ok);
  void Receive(const ReceivedBytes& received);
  void Deliver(const ReceivedBytes& received);
  void Read();
  void End(CallEnd end);
  RpcStatus FinalStatus() const;
  bool MayBeUnreached() const;
  // Gives the call up with a status that the client itself had to conclude.
  void Refuse(RpcStatus status);
  void* Tag(Operation& operation);

  CallStart start_;
  const uint64_t receive_limit_;
  CallEvents* events_;  // null once the handle is gone or the end was told
  grpc::ClientContext context_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> stream_;  // null when the call could not start
  std::function<std::optional<Error>()> why_not_reached_;
  std::optional<CallEnd> concluded_;  // an end that Step is to tell
  std::optional<RpcStatus> refusal_;
  std::optional<grpc::ByteBuffer> waiting_message_;
  Next after_message_ = Next::kUnknown;
  bool begun_ = false;          // the request headers are handed over
  bool announced_ = false;      // the first OnWritable was delivered
  bool writing_ = false;        // an operation that writes is under way
  bool wrote_message_ = false;  // the operation that writes last carried a message, not the headers alone
  bool half_close_asked_ = false;
  bool half_closed_ = false;
  bool broken_ = false;            // a write failed: the end is on its way
  int received_ = 0;               // messages, up to kBusyAfter
  int sent_ = 0;                   // the same
  int runs_ = 0;                   // of the thread's outbox that are not over
  bool owes_writable_ = false;     // a message was taken, and OnWritable was not told since
  bool writable_at_once_ = false;  // Step is to tell it
  bool lost_connection_ = false;
  int pending_ = 0;                // operations the queue has not given back
  QueueThread* thread_ = nullptr;  // where a thread reads and writes for this call
  grpc::ByteBuffer incoming_;
  std::string storage_;  // a message that came in several pieces
  std::string inflated_;
  grpc::Status status_;
  Operation headers_operation_{this, &GrpcCall::OnHeadersReceived};
  Operation read_operation_{this, &GrpcCall::OnRead};
  Operation write_operation_{this, &GrpcCall::OnWritten};
  Operation run_operation_{this, &GrpcCall::OnRunWritten};
  Operation half_close_operation_{this, &GrpcCall::OnHalfClosed};
  Operation finish_operation_{this, &GrpcCall::OnFinished};
};

}  // namespace rpcctl
