#include "reference_server/features.h"

#include <doctest/doctest.h>

#include "tests/support/temporary_directory.h"

namespace rpcctl::reference {
namespace {

using Source = std::unique_ptr<FeatureSource>;

// Why `json` is not a list of features.
std::string Refusal(std::string_view json) {
  Outcome<Source> features = FeaturesFromJson(json, "here");
  return features ? "" : features.failure().text;
}

TEST_CASE("features: the built-in ones hold the seven that are written about") {
  const Source features = *BuiltInFeatures();
  CHECK(features->NameAt({407838351, -746143763}) == "Patriots Path, Mendham, NJ 07945, USA");
  CHECK(features->NameAt({408122808, -743999179}) == "101 New Jersey 10, Whippany, NJ 07981, USA");
  CHECK(features->NameAt({413628156, -749015468}) == "U.S. 6, Shohola, PA 18458, USA");
  CHECK(features->NameAt({419999544, -740371136}) == "5 Conners Road, Kingston, NY 12401, USA");
  CHECK(features->NameAt({414008389, -743951297}) ==
        "Mid Hudson Psychiatric Center, New Hampton, NY 10958, USA");
  CHECK(features->NameAt({419611318, -746524769}) == "287 Flugertown Road, Livingston Manor, NY 12758, USA");
  CHECK(features->NameAt({406109563, -742186778}) == "4001 Tremley Point Road, Linden, NJ 07036, USA");
}

TEST_CASE("features: the built-in ones lie in and out of the well-known rectangle, some without a name") {
  const Source features = *BuiltInFeatures();
  const Area area = AreaBetween({400'000'000, -750'000'000}, {420'000'000, -730'000'000});
  int64_t inside = 0;
  int64_t nameless = 0;
  for (int64_t index = 0; index < features->count(); ++index) {
    inside += Contains(area, features->At(index).place) ? 1 : 0;
    nameless += features->At(index).name.empty() ? 1 : 0;
  }
  CHECK(features->count() == 62);
  CHECK(inside == 47);
  CHECK(nameless == 11);
}

TEST_CASE("features: a list keeps its order") {
  const Source features = *FeaturesFromJson(
      R"([{"name":"b","latitude":1,"longitude":-2},{"longitude":4,"latitude":3,"name":"ä","more":[{}]}])",
      "here");
  REQUIRE(features->count() == 2);
  CHECK(features->At(0).name == "b");
  CHECK(features->At(0).place == Place{1, -2});
  CHECK(features->At(1).name == "ä");
  CHECK(features->At(1).place == Place{3, 4});
}

TEST_CASE("features: the first of several at one place gives the name") {
  const Source features = *FeaturesFromJson(
      R"([{"name":"a","latitude":1,"longitude":2},{"name":"b","latitude":1,"longitude":2}])", "here");
  CHECK(features->NameAt({1, 2}) == "a");
  CHECK(features->NameAt({2, 1}) == "");
}

TEST_CASE("features: what is not JSON is told with its line") {
  CHECK(Refusal("") == "here:1: The document is empty.");
  CHECK(Refusal("[\n{\"name\":\n}]") == "here:3: Invalid value.");
  CHECK(Refusal("[\"\xff\"]") == "here:1: Invalid encoding in string.");
}

TEST_CASE("features: what is not a list of features is told with its place") {
  CHECK(Refusal("{}") == "here: not an array of features");
  CHECK(Refusal("[1]") == "here: feature 1: not an object");
  CHECK(Refusal(R"([{"latitude":1,"longitude":2}])") == "here: feature 1: 'name' is not a string");
  CHECK(Refusal(R"([{"name":"a","latitude":1,"longitude":2},{"name":"b","latitude":1.5,"longitude":2}])") ==
        "here: feature 2: 'latitude' is not an integer between -900000000 and 900000000");
  CHECK(Refusal(R"([{"name":"a","latitude":1,"longitude":1800000001}])") ==
        "here: feature 1: 'longitude' is not an integer between -1800000000 and 1800000000");
}

TEST_CASE("features: deep nesting is refused without harm") {
  CHECK(Refusal(std::string(1'000'000, '[')) == "here:1: Invalid value.");
  CHECK(Refusal(std::string(1'000'000, '[') + std::string(1'000'000, ']')) ==
        "here: feature 1: not an object");
}

TEST_CASE("features: read from a file") {
  const TemporaryDirectory directory;
  const std::string path = directory.Write("one.json", R"([{"name":"a","latitude":1,"longitude":2}])");
  CHECK((*FeaturesFromFile(path))->NameAt({1, 2}) == "a");
}

TEST_CASE("features: a file that cannot be read is named with the reason") {
  const TemporaryDirectory directory;
  CHECK(FeaturesFromFile("/nowhere").failure().text == "/nowhere: No such file or directory");
  CHECK(FeaturesFromFile("/tmp").failure().text == "/tmp: Is a directory");
  CHECK(FeaturesFromFile("/dev/zero").failure().text == "/dev/zero: larger than 64 MiB");
}

TEST_CASE("features: made-up ones are found where they are listed") {
  const Source features = MadeUpFeatures(1'000'000);
  for (const int64_t index : {0, 1, 19'999, 20'000, 20'001, 999'999}) {
    const Feature feature = features->At(index);
    CAPTURE(feature.name);
    CHECK(feature.name == "Place " + std::to_string(index + 1));
    CHECK(features->NameAt(feature.place) == feature.name);
  }
}

TEST_CASE("features: made-up ones are nowhere else") {
  const Source features = MadeUpFeatures(20'001);
  for (const Place& place :
       {Place{399'999'000, -750'000'000}, Place{400'000'000, -750'001'000}, Place{400'000'001, -750'000'000},
        Place{400'000'000, -730'000'000}, Place{400'001'000, -749'999'000}, Place{0, 0}})
    CHECK(features->NameAt(place) == "");
  CHECK(MadeUpFeatures(0)->NameAt({400'000'000, -750'000'000}) == "");
}

TEST_CASE("features: as many as can be made up stay within the well-known rectangle") {
  const Source features = MadeUpFeatures(kMostMadeUpFeatures);
  const Area area = AreaBetween({400'000'000, -750'000'000}, {420'000'000, -730'000'000});
  CHECK(features->count() == 400'000'000);
  CHECK(Contains(area, features->At(0).place));
  CHECK(Contains(area, features->At(kMostMadeUpFeatures - 1).place));
}

}  // namespace
}  // namespace rpcctl::reference
