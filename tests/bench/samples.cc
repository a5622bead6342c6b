#include "tests/bench/samples.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "bench.pb.h"
#include "route_guide.pb.h"

namespace rpcctl::bench {
namespace {

using ::bench::Deep;
using ::bench::Item;
using ::bench::Mixed;
using ::bench::Numbers;
using ::bench::Stage;
using ::bench::Strings;

constexpr const char* kWords[] = {"route", "harbour", "über", "little", "green", "of",   "castle",  "bridge",
                                  "and",   "sixteen", "town", "quiet",  "north", "sand", "feature", "well"};

// Values that a number decides, the same on every machine: the standard's engine, none of its distributions.
class Values {
 public:
  explicit Values(size_t seed) : engine_(static_cast<uint32_t>(seed) * 2654435761u + 1) {}

  uint32_t Below(uint32_t bound) { return static_cast<uint32_t>(engine_()) % bound; }
  uint64_t Wide() { return (uint64_t{Below(0xFFFFFFFF)} << 32) | Below(0xFFFFFFFF); }
  // As measured values are: with a few decimals.
  double Decimal() { return (static_cast<double>(Below(20'000'000)) - 10'000'000) / 1000; }
  std::string Words(size_t count) {
    std::string text;
    for (size_t i = 0; i < count; ++i) text += fmt::format("{}{}", i == 0 ? "" : " ", kWords[Below(16)]);
    return text;
  }
  std::string Bytes(size_t count) {
    std::string bytes;
    for (size_t i = 0; i < count; ++i) bytes += static_cast<char>(Below(256));
    return bytes;
  }

 private:
  std::mt19937 engine_;
};

std::string MakeSmall(size_t number) {
  Values values(number);
  routeguide::Feature feature;
  feature.set_name(values.Words(2 + number % 3));
  feature.mutable_location()->set_latitude(static_cast<int32_t>(values.Below(1'800'000'000)) - 900'000'000);
  feature.mutable_location()->set_longitude(static_cast<int32_t>(values.Wide() % 3'600'000'000 / 2));
  return feature.SerializeAsString();
}

std::string MakePoint(size_t number) {
  Values values(number);
  routeguide::Point point;
  point.set_latitude(static_cast<int32_t>(values.Below(1'800'000'000)) - 900'000'000);
  point.set_longitude(static_cast<int32_t>(values.Wide() % 3'600'000'000 / 2));
  return point.SerializeAsString();
}

void FillItem(Values& values, Item& item) {
  item.set_title(values.Words(2));
  item.set_count(1 + values.Below(20));
  item.set_price(values.Below(100'000) / 100.0);
  item.set_fragile(values.Below(2) == 1);
}

void FillRepeated(Values& values, Mixed& mixed) {
  for (int i = 0; i < 4; ++i) FillItem(values, *mixed.add_items());
  for (int i = 0; i < 3; ++i) mixed.add_tags(values.Words(1));
  for (int i = 0; i < 8; ++i) mixed.add_codes(static_cast<int32_t>(values.Below(100'000)));
  for (const char* key : {"region", "colour", "channel"}) (*mixed.mutable_labels())[key] = values.Words(2);
}

std::string MakeMixed(size_t number) {
  Values values(number);
  Mixed mixed;
  mixed.set_id(fmt::format("order-{:08}", number));
  mixed.set_customer_name(values.Words(3));
  mixed.set_created_by(static_cast<int64_t>(values.Wide() >> 20));
  mixed.set_priority(static_cast<int32_t>(values.Below(10)));
  mixed.set_total_bytes(values.Wide() >> 30);
  mixed.set_balance(static_cast<int32_t>(values.Below(10'000)) - 5'000);
  mixed.set_checksum(values.Below(0xFFFFFFFF));
  mixed.set_weight(values.Decimal());
  mixed.set_ratio(static_cast<float>(values.Below(1000)) / 1000);
  mixed.set_is_paid(values.Below(2) == 1);
  mixed.set_stage(static_cast<Stage>(1 + values.Below(3)));
  mixed.set_signature(values.Bytes(32));
  mixed.mutable_received_at()->set_seconds(1'700'000'000 + values.Below(100'000'000));
  mixed.mutable_received_at()->set_nanos(static_cast<int32_t>(values.Below(1000)) * 1'000'000);
  FillRepeated(values, mixed);
  mixed.set_remark(values.Words(20));
  if (number % 2 == 0) mixed.set_address(values.Words(8));
  if (number % 2 == 1) mixed.set_locker(values.Below(1000));
  return mixed.SerializeAsString();
}

std::string MakeStrings(size_t number) {
  Values values(number);
  Strings strings;
  strings.set_title(values.Words(6));
  strings.set_author(values.Words(2));
  strings.set_body(values.Words(150) + ", \"quoted\"\n");
  for (int i = 0; i < 8; ++i) strings.add_paragraphs(values.Words(30 + number % 7) + ".\n");
  return strings.SerializeAsString();
}

std::string MakeNumbers(size_t number) {
  Values values(number);
  Numbers numbers;
  for (int i = 0; i < 64; ++i) numbers.add_steps(static_cast<int32_t>(values.Below(2'000'000)) - 1'000'000);
  for (int i = 0; i < 32; ++i) numbers.add_samples(values.Decimal());
  for (int i = 0; i < 32; ++i) numbers.add_stamps(static_cast<int64_t>(values.Wide() >> 12));
  for (int i = 0; i < 32; ++i) numbers.add_levels(static_cast<float>(values.Below(10'000)) / 100);
  numbers.set_width(values.Below(5000));
  numbers.set_total(values.Wide());
  numbers.set_offset(-static_cast<int64_t>(values.Wide() >> 8));
  numbers.set_mean(values.Decimal());
  return numbers.SerializeAsString();
}

// A chain that is 40 messages deep, with a leaf at each.
std::string MakeDeep(size_t number) {
  Values values(number);
  Deep deep;
  Deep* at = &deep;
  for (int i = 0; i < 40; ++i) {
    at->set_name(values.Words(1));
    at->set_value(static_cast<int32_t>(values.Below(1000)));
    at->mutable_right()->set_value(i);
    at = at->mutable_left();
  }
  return deep.SerializeAsString();
}

}  // namespace

const std::vector<Shape>& Shapes() {
  static const std::vector<Shape> shapes = {{"small", routeguide::Feature::descriptor(), MakeSmall},
                                            {"mixed", Mixed::descriptor(), MakeMixed},
                                            {"strings", Strings::descriptor(), MakeStrings},
                                            {"numbers", Numbers::descriptor(), MakeNumbers},
                                            {"deep", Deep::descriptor(), MakeDeep}};
  return shapes;
}

const Shape* FindShape(std::string_view name) {
  static const Shape points = {"points", routeguide::Point::descriptor(), MakePoint};
  if (name == points.name) return &points;
  const auto& shapes = Shapes();
  const auto found =
      std::find_if(shapes.begin(), shapes.end(), [&](const Shape& s) { return s.name == name; });
  return found == shapes.end() ? nullptr : &*found;
}

std::vector<std::string> Samples(const Shape& shape, size_t count) {
  std::vector<std::string> samples;
  for (size_t i = 0; i < count; ++i) samples.push_back(shape.make(i));
  return samples;
}

}  // namespace rpcctl::bench
