// Times JsonWriter and JsonReader beside protobuf's JSON utilities, message by message and in one process:
// `message_bench [ROUNDS]`. Prints a line for each shape: its name, the bytes of a message and of its
// document, then nanoseconds a message, as medians of interleaved rounds: to JSON by us, by
// MessageToJsonString, by BinaryToJsonString; from JSON by us, by JsonStringToMessage, by JsonToBinaryString.
#include <fmt/format.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/type_resolver_util.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <memory>

#include "message/json_reader.h"
#include "message/json_writer.h"
#include "tests/bench/samples.h"

namespace rpcctl::bench {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::DynamicMessageFactory;
using google::protobuf::FileDescriptor;
using google::protobuf::FileDescriptorProto;
using google::protobuf::Message;
namespace util = google::protobuf::util;

constexpr size_t kSamples = 200;
constexpr auto kRound = std::chrono::milliseconds(20);

// Handles the sample of a number and returns how many bytes came of it, so that nothing is left out as
// unused.
using Task = std::function<size_t(size_t number)>;

[[noreturn]] void Fail(std::string_view what) {
  fmt::print(stderr, "message_bench: {}\n", what);
  std::exit(1);
}

void CopyFile(const FileDescriptor& file, DescriptorPool& pool) {
  if (pool.FindFileByName(file.name()) != nullptr) return;
  for (int i = 0; i < file.dependency_count(); ++i) CopyFile(*file.dependency(i), pool);
  FileDescriptorProto proto;
  file.CopyTo(&proto);
  if (pool.BuildFile(proto) == nullptr) Fail("a file does not build");
}

// What is done with the messages of one shape, and with what.
class Contest {
 public:
  explicit Contest(const Shape& shape)
      : wires_(Samples(shape, kSamples)),
        type_(TypeIn(pool_, shape)),
        writer_(*type_, {}, Known()),
        reader_(*type_, {.known = Known()}) {
    url_ = "type.googleapis.com/" + type_->full_name();
    resolver_.reset(util::NewTypeResolverForDescriptorPool("type.googleapis.com", &pool_));
    message_.reset(factory_.GetPrototype(type_)->New());
    for (const std::string& wire : wires_) documents_.push_back(Document(wire));
  }

  // To JSON and from it: ours, with a dynamic message, and without.
  std::vector<Task> Tasks() {
    return {[this](size_t i) { return WriteOurs(i); },     [this](size_t i) { return WriteByMessage(i); },
            [this](size_t i) { return WriteBinary(i); },   [this](size_t i) { return ReadOurs(i); },
            [this](size_t i) { return ReadByMessage(i); }, [this](size_t i) { return ReadBinary(i); }};
  }

  static size_t AverageSize(const std::vector<std::string>& texts) {
    size_t sum = 0;
    for (const std::string& text : texts) sum += text.size();
    return sum / texts.size();
  }
  size_t wire_size() const { return AverageSize(wires_); }
  size_t document_size() const { return AverageSize(documents_); }

 private:
  static const Descriptor* TypeIn(DescriptorPool& pool, const Shape& shape) {
    CopyFile(*shape.type->file(), pool);
    return pool.FindMessageTypeByName(shape.type->full_name());
  }

  KnownTypes Known() const { return KnownTypes{&pool_}; }

  std::string Document(const std::string& wire) {
    std::string json;
    if (!message_->ParseFromString(wire) || !util::MessageToJsonString(*message_, &json).ok())
      Fail("a sample does not print");
    return json;
  }

  size_t WriteOurs(size_t i) {
    out_.clear();
    if (!writer_.Write(wires_[i], out_)) Fail("a sample is not written");
    return out_.size();
  }
  size_t WriteByMessage(size_t i) {
    out_.clear();
    if (!message_->ParseFromString(wires_[i]) || !util::MessageToJsonString(*message_, &out_).ok())
      std::abort();
    return out_.size();
  }
  size_t WriteBinary(size_t i) {
    out_.clear();
    if (!util::BinaryToJsonString(resolver_.get(), url_, wires_[i], &out_).ok()) std::abort();
    return out_.size();
  }
  size_t ReadOurs(size_t i) {
    out_.clear();
    if (!reader_.Read(documents_[i], out_)) Fail("a document is not read");
    return out_.size();
  }
  size_t ReadByMessage(size_t i) {
    out_.clear();
    message_->Clear();
    if (!util::JsonStringToMessage(documents_[i], message_.get()).ok() || !message_->SerializeToString(&out_))
      std::abort();
    return out_.size();
  }
  size_t ReadBinary(size_t i) {
    out_.clear();
    if (!util::JsonToBinaryString(resolver_.get(), url_, documents_[i], &out_).ok()) std::abort();
    return out_.size();
  }

  DescriptorPool pool_;
  DynamicMessageFactory factory_;
  const std::vector<std::string> wires_;
  const Descriptor* const type_;
  JsonWriter writer_;
  JsonReader reader_;
  std::unique_ptr<util::TypeResolver> resolver_;
  std::string url_;
  std::unique_ptr<Message> message_;
  std::vector<std::string> documents_;
  std::string out_;
};

// Nanoseconds a message, of one round over all samples, as often as fit.
double TimeRound(const Task& task) {
  using Clock = std::chrono::steady_clock;
  const auto began = Clock::now();
  size_t messages = 0;
  size_t bytes = 0;
  while (Clock::now() - began < kRound) {
    for (size_t i = 0; i < kSamples; ++i) bytes += task(i);
    messages += kSamples;
  }
  if (bytes == 0) Fail("nothing came of a round");
  return std::chrono::duration<double, std::nano>(Clock::now() - began).count() /
         static_cast<double>(messages);
}

double Median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<ptrdiff_t>(values.size() / 2), values.end());
  return values[values.size() / 2];
}

void Measure(const Shape& shape, size_t rounds) {
  Contest contest(shape);
  const std::vector<Task> tasks = contest.Tasks();
  std::vector<std::vector<double>> times(tasks.size());
  for (const Task& task : tasks) TimeRound(task);  // warms up; not counted
  for (size_t round = 0; round < rounds; ++round) {
    for (size_t i = 0; i < tasks.size(); ++i) times[i].push_back(TimeRound(tasks[i]));
  }
  fmt::print("{} {} {}", shape.name, contest.wire_size(), contest.document_size());
  for (const auto& samples : times) fmt::print(" {:.0f}", Median(samples));
  fmt::print("\n");
}

}  // namespace
}  // namespace rpcctl::bench

int main(int argc, char** argv) {
  const size_t rounds = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 15;
  if (rounds == 0) return 2;
  for (const rpcctl::bench::Shape& shape : rpcctl::bench::Shapes()) rpcctl::bench::Measure(shape, rounds);
  return 0;
}
