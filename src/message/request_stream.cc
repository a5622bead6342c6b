#include "message/request_stream.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "message/byte_source.h"
#include "message/input_error.h"
#include "message/item_files.h"
#include "message/message_maker.h"
#include "message/message_reader.h"
#include "message/required_fields.h"
#include "message/splitter.h"
#include "message/wire.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;

// A group whose words have been checked.
struct Group {
  std::vector<DataSource> data;
  std::vector<Item> items;  // files loaded
  std::string wire;         // the one message, where there is no data
};

// The source that documents are being taken from.
struct OpenSource {
  ByteSource bytes;
  std::unique_ptr<Splitter> splitter;
  bool ended = false;
  bool is_empty = true;  // no document so far
};

Document EmptyDocument(DataFormat format) {
  return {.text = format == DataFormat::kJson ? "{}" : ""};
}

}  // namespace

class RequestStream::Reader final {
 public:
  Reader(const Descriptor& type, RequestOptions options)
      : standard_input_(options.standard_input),
        type_(type),
        maker_(options.build.reading.known.pool),
        build_(WithMakeable(std::move(options.build))),
        partial_(Partial(build_.reading)),
        builder_(build_),
        message_(maker_.New(type)) {}

  Result<void> Prepare(RequestPlan plan) {
    for (RequestGroup& words : plan.groups) {
      Result<std::vector<Item>> items = LoadItemFiles(std::move(words.items));
      if (!items) return items.error();
      groups_.push_back({std::move(words.data), std::move(*items), ""});
      Result<void> prepared = Prepare(groups_.back());
      if (!prepared) return prepared;
    }
    return {};
  }

  Result<Step> Next(std::string& wire) {
    if (failure_) return *failure_;
    Result<Step> step = NextMessage(wire);
    if (!step) failure_ = step.error();
    return step;
  }

  int descriptor() const { return open_ ? open_->bytes.descriptor() : -1; }

 private:
  BuildOptions WithMakeable(BuildOptions build) {
    build.reading.known = Makeable(Completed(std::move(build.reading.known), type_), maker_);
    return build;
  }

  Result<void> Prepare(Group& group) {
    if (group.data.empty()) return LayItems(group.items, group.wire);
    for (const DataSource& source : group.data) {
      Result<void> checked = ByteSource::Check(source);
      if (!checked) return checked;
    }
    return builder_.Check(group.items, type_);
  }

  Result<Step> NextMessage(std::string& wire) {
    for (; group_ < groups_.size(); ++group_, source_ = 0) {
      Group& group = groups_[group_];
      if (group.data.empty()) {
        wire = std::move(group.wire);
        ++group_;
        return Step::kMessage;
      }
      Result<Step> step = NextOfGroup(group, wire);
      if (!step || *step != Step::kEnd) return step;
    }
    return Step::kEnd;
  }

  Result<Step> NextOfGroup(const Group& group, std::string& wire) {
    for (; source_ < group.data.size(); ++source_) {
      const DataSource& source = group.data[source_];
      if (!open_) {
        Result<ByteSource> bytes = ByteSource::Open(source, standard_input_);
        if (!bytes) return bytes.error();
        open_.emplace(OpenSource{std::move(*bytes), MakeSplitter(source.format)});
      }
      Result<Step> step = NextOfSource(group, source, wire);
      if (!step || *step != Step::kEnd) return step;
      open_.reset();
    }
    return Step::kEnd;
  }

  Result<Step> NextOfSource(const Group& group, const DataSource& source, std::string& wire) {
    for (;;) {
      Result<std::optional<Document>> document = open_->splitter->Next();
      if (!document) return InDocument(documents_ + 1, source, document.error());
      if (*document) return TakeDocument(group, source, **document, wire);
      // An empty -d '' is one empty message, an empty file none.
      const bool is_empty_text = open_->is_empty && source.kind == SourceKind::kText;
      if (open_->ended && is_empty_text)
        return TakeDocument(group, source, EmptyDocument(source.format), wire);
      if (open_->ended) return Step::kEnd;
      const Result<Arrival> arrival = open_->bytes.Read(chunk_);
      if (!arrival) return arrival.error();
      if (*arrival == Arrival::kWaiting) return Step::kWaiting;
      if (*arrival == Arrival::kBytes) open_->splitter->Feed(chunk_);
      if (*arrival == Arrival::kEnd) open_->splitter->Finish();
      open_->ended = *arrival == Arrival::kEnd;
    }
  }

  Result<Step> TakeDocument(const Group& group, const DataSource& source, const Document& document,
                            std::string& wire) {
    ++documents_;
    open_->is_empty = false;
    wire.clear();
    const bool is_partial = !group.items.empty();
    Result<void> built =
        ReaderFor(source.format, is_partial).Read(document.text, wire, {document.line, document.column});
    if (built && is_partial) built = LayItems(group.items, wire);
    if (!built) return InDocument(documents_, source, built.error());
    return Step::kMessage;
  }

  MessageReader& ReaderFor(DataFormat format, bool is_partial) {
    std::unique_ptr<MessageReader>& reader = readers_[{format, is_partial}];
    if (!reader) reader = MakeMessageReader(format, type_, is_partial ? partial_ : build_.reading);
    return *reader;
  }

  // Lays `items` over the message in `wire`.
  Result<void> LayItems(const std::vector<Item>& items, std::string& wire) {
    if (message_ == nullptr) return Error{ErrorKind::kInput, TooDeep(type_)};
    message_->Clear();
    if (!MergeWire(wire, *message_)) {
      return Error{ErrorKind::kInternal, "what was read from the data does not parse as a message"};
    }
    Result<void> laid = builder_.Apply(items, *message_);
    if (laid) laid = CheckRequiredFields(*message_);
    if (!laid) return laid;
    wire.clear();
    AppendWire(*message_, wire);
    return {};
  }

  static Error InDocument(size_t number, const DataSource& source, Error error) {
    error.message = fmt::format("document {}: {}", number, error.message);
    return source.kind == SourceKind::kFile ? AtPlace(source.text, std::move(error)) : error;
  }

  const int standard_input_;
  const Descriptor& type_;
  MessageMaker maker_;
  const BuildOptions build_;
  const ReadOptions partial_;  // where items are laid over the data
  std::map<std::pair<DataFormat, bool>, std::unique_ptr<MessageReader>>
      readers_;  // by format and whether partial
  Builder builder_;
  const std::unique_ptr<Message> message_;  // reused for every message; null where it cannot be
  std::vector<Group> groups_;
  size_t group_ = 0;
  size_t source_ = 0;  // of the group
  std::optional<OpenSource> open_;
  std::string chunk_;
  size_t documents_ = 0;
  std::optional<Error> failure_;
};

Result<RequestStream> RequestStream::Open(RequestPlan plan, const Descriptor& type, RequestOptions options) {
  auto reader = std::make_unique<Reader>(type, std::move(options));
  Result<void> prepared = reader->Prepare(std::move(plan));
  if (!prepared) return prepared.error();
  return RequestStream(std::move(reader));
}

RequestStream::RequestStream(std::unique_ptr<Reader> reader) : reader_(std::move(reader)) {}
RequestStream::RequestStream(RequestStream&&) noexcept = default;
RequestStream& RequestStream::operator=(RequestStream&&) noexcept = default;
RequestStream::~RequestStream() = default;

Result<RequestStream::Step> RequestStream::Next(std::string& wire) {
  return reader_->Next(wire);
}

int RequestStream::descriptor() const {
  return reader_->descriptor();
}

}  // namespace rpcctl
