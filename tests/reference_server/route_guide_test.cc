#include <doctest/doctest.h>

#include "route_guide.grpc.pb.h"
#include "tests/support/reference_server.h"
#include "tests/support/temporary_directory.h"

namespace rpcctl::reference {
namespace {

using routeguide::Point;
using routeguide::RouteNote;

constexpr char kThree[] = R"([
  {"name": "North", "latitude": 30, "longitude": 1},
  {"name": "", "latitude": 20, "longitude": 2},
  {"name": "South", "latitude": 10, "longitude": 3}
])";

Point At(int32_t latitude, int32_t longitude) {
  Point point;
  point.set_latitude(latitude);
  point.set_longitude(longitude);
  return point;
}

RouteNote Note(const Point& place, const std::string& message) {
  RouteNote note;
  *note.mutable_location() = place;
  note.set_message(message);
  return note;
}

std::unique_ptr<routeguide::RouteGuide::Stub> Stub(const Running& running) {
  return routeguide::RouteGuide::NewStub(running.channel);
}

// A server over the three features above.
Running RunThree(const TemporaryDirectory& directory) {
  return Run({.data_file = directory.Write("three.json", kThree)});
}

routeguide::Feature FeatureAt(const Running& running, const Point& point) {
  Call call;
  routeguide::Feature feature;
  CHECK(Stub(running)->GetFeature(&call, point, &feature).ok());
  return feature;
}

// The features between two corners, as "NAME LATITUDE LONGITUDE".
std::vector<std::string> List(const Running& running, const Point& lo, const Point& hi) {
  Call call;
  routeguide::Rectangle rectangle;
  *rectangle.mutable_lo() = lo;
  *rectangle.mutable_hi() = hi;
  auto stream = Stub(running)->ListFeatures(&call, rectangle);
  std::vector<std::string> lines;
  for (const routeguide::Feature& feature : ReadAll<routeguide::Feature>(*stream))
    lines.push_back(feature.name() + " " + std::to_string(feature.location().latitude()) + " " +
                    std::to_string(feature.location().longitude()));
  CHECK(stream->Finish().ok());
  return lines;
}

routeguide::RouteSummary Record(const Running& running, const std::vector<Point>& points) {
  Call call;
  routeguide::RouteSummary summary;
  auto stream = Stub(running)->RecordRoute(&call, &summary);
  for (const Point& point : points) stream->Write(point);
  stream->WritesDone();
  CHECK(stream->Finish().ok());
  return summary;
}

TEST_CASE("route guide: names the feature at a point") {
  const Running running = Run();
  const routeguide::Feature feature = FeatureAt(running, At(407838351, -746143763));
  CHECK(feature.name() == "Patriots Path, Mendham, NJ 07945, USA");
  CHECK(feature.location().latitude() == 407838351);
  CHECK(feature.location().longitude() == -746143763);
}

TEST_CASE("route guide: a point without a feature comes back without a name") {
  const Running running = Run();
  const routeguide::Feature feature = FeatureAt(running, At(1, 2));
  CHECK(feature.name() == "");
  CHECK(feature.location().latitude() == 1);
  CHECK(feature.location().longitude() == 2);
}

TEST_CASE("route guide: lists the features within a rectangle in the order of the data") {
  const TemporaryDirectory directory;
  const Running running = RunThree(directory);
  CHECK(List(running, At(0, 0), At(50, 50)) == std::vector<std::string>{"North 30 1", " 20 2", "South 10 3"});
  CHECK(List(running, At(15, 0), At(50, 50)) == std::vector<std::string>{"North 30 1", " 20 2"});
}

TEST_CASE("route guide: the corners of a rectangle may come in any order, and its edges belong to it") {
  const TemporaryDirectory directory;
  const Running running = RunThree(directory);
  CHECK(List(running, At(20, 2), At(10, 3)) == std::vector<std::string>{" 20 2", "South 10 3"});
  CHECK(List(running, At(10, 3), At(20, 2)) == std::vector<std::string>{" 20 2", "South 10 3"});
}

TEST_CASE("route guide: a rectangle that holds nothing lists nothing") {
  const Running running = Run();
  CHECK(List(running, At(1, 1), At(2, 2)).empty());
}

TEST_CASE("route guide: sums up a route") {
  const TemporaryDirectory directory;
  const Running running = RunThree(directory);
  // A degree north from the equator, and back to a feature with a name; the one without does not count.
  const auto summary = Record(running, {At(0, 0), At(10'000'000, 0), At(20, 2), At(10, 3)});
  CHECK(summary.point_count() == 4);
  CHECK(summary.feature_count() == 1);
  CHECK(summary.distance() == 222'389);
  CHECK(summary.elapsed_time() == 0);
}

TEST_CASE("route guide: a route of no points is no way at all") {
  const Running running = Run();
  const auto summary = Record(running, {});
  CHECK(summary.point_count() == 0);
  CHECK(summary.distance() == 0);
}

TEST_CASE("route guide: a distance too long for its field is as long as the field can say") {
  const Running running = Run();
  std::vector<Point> points;
  for (int there = 0; there < 110; ++there)
    points.push_back(At(there % 2 == 0 ? 900'000'000 : -900'000'000, 0));
  CHECK(Record(running, points).distance() == 2'147'483'647);
}

TEST_CASE("route guide: a note is answered with those sent before at the same place") {
  const Running running = Run();
  Call call;
  auto stream = Stub(running)->RouteChat(&call);
  const Point here = At(1, 1);
  const Point there = At(1, 2);
  for (const RouteNote& note :
       {Note(here, "first"), Note(there, "elsewhere"), Note(here, "second"), Note(here, "third")})
    REQUIRE(stream->Write(note));
  stream->WritesDone();
  std::vector<std::string> answers;
  for (const RouteNote& note : ReadAll<RouteNote>(*stream)) answers.push_back(note.message());
  CHECK(stream->Finish().ok());
  CHECK(answers == std::vector<std::string>{"first", "first", "second"});
}

TEST_CASE("route guide: a note is answered at once, with its place") {
  const Running running = Run();
  Call call;
  auto stream = Stub(running)->RouteChat(&call);
  RouteNote answer;
  REQUIRE(stream->Write(Note(At(1, 2), "first")));
  REQUIRE(stream->Write(Note(At(1, 2), "second")));
  REQUIRE(stream->Read(&answer));
  CHECK(answer.message() == "first");
  CHECK(answer.location().latitude() == 1);
  CHECK(answer.location().longitude() == 2);
}

TEST_CASE("route guide: the notes of one chat are unknown to the next") {
  const Running running = Run();
  for (int chat = 0; chat < 2; ++chat) {
    Call call;
    auto stream = Stub(running)->RouteChat(&call);
    REQUIRE(stream->Write(Note(At(1, 1), "hello")));
    stream->WritesDone();
    CHECK(ReadAll<RouteNote>(*stream).empty());
    CHECK(stream->Finish().ok());
  }
}

TEST_CASE("route guide: the notes of one chat are bounded") {
  const Running running = Run();
  Call call;
  auto stream = Stub(running)->RouteChat(&call);
  const std::string megabyte(1 << 20, 'a');
  for (int32_t place = 0; place < 70; ++place)
    if (!stream->Write(Note(At(place, 0), megabyte))) break;
  stream->WritesDone();
  const grpc::Status status = stream->Finish();
  CHECK(status.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED);
  CHECK(status.error_message() == "more than 64 MiB of notes");
}

}  // namespace
}  // namespace rpcctl::reference
