#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <vector>

#include "reference_server/features.h"
#include "reference_server/services.h"
#include "reference_server/write_pace.h"
#include "route_guide.grpc.pb.h"

namespace rpcctl::reference {
namespace {

using routeguide::Point;
using routeguide::RouteNote;
using routeguide::RouteSummary;
using Clock = std::chrono::steady_clock;

// A rectangle that holds nothing gives no write to fail, so cancellation is asked for now and then.
constexpr int64_t kFeaturesBetweenLooks = 65'536;
// What one RouteChat may make the server remember, notes and their bookkeeping.
constexpr size_t kMostNoteBytes = 64 << 20;

Place PlaceOf(const Point& point) {
  return {point.latitude(), point.longitude()};
}

void SetPoint(Place place, Point* point) {
  point->set_latitude(place.latitude);
  point->set_longitude(place.longitude);
}

int32_t Clamped(double value) {
  return static_cast<int32_t>(std::min<double>(value, std::numeric_limits<int32_t>::max()));
}

// A route as it is told, point by point.
class Route {
 public:
  explicit Route(const FeatureSource& features) : features_(features) {}

  void Add(Place place) {
    if (points_++ > 0) metres_ += MetresBetween(last_, place);
    if (!features_.NameAt(place).empty()) ++known_;
    last_ = place;
  }

  void Summarise(RouteSummary* summary) const {
    const auto open = std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - begin_);
    summary->set_point_count(Clamped(static_cast<double>(points_)));
    summary->set_feature_count(Clamped(static_cast<double>(known_)));
    summary->set_distance(Clamped(metres_));
    summary->set_elapsed_time(Clamped(static_cast<double>(open.count())));
  }

 private:
  const FeatureSource& features_;
  const Clock::time_point begin_ = Clock::now();
  Place last_;
  int64_t points_ = 0;
  int64_t known_ = 0;
  double metres_ = 0;
};

// The notes of one chat, by place.
class Notes {
 public:
  const std::vector<RouteNote>& At(Place place) { return notes_[place]; }

  // Whether there was room for it.
  bool Add(const RouteNote& note) {
    bytes_ += sizeof(RouteNote) + note.message().size();
    if (bytes_ > kMostNoteBytes) return false;
    notes_[PlaceOf(note.location())].push_back(note);
    return true;
  }

 private:
  std::map<Place, std::vector<RouteNote>> notes_;
  size_t bytes_ = 0;
};

class RouteGuide final : public routeguide::RouteGuide::Service {
 public:
  RouteGuide(const FeatureSource& features, const Faults& faults) : features_(features), faults_(faults) {}

  grpc::Status GetFeature(grpc::ServerContext*, const Point* point, routeguide::Feature* feature) override {
    feature->set_name(features_.NameAt(PlaceOf(*point)));
    *feature->mutable_location() = *point;
    return grpc::Status::OK;
  }

  grpc::Status ListFeatures(grpc::ServerContext* context, const routeguide::Rectangle* rectangle,
                            grpc::ServerWriter<routeguide::Feature>* found) override {
    const Area area = AreaBetween(PlaceOf(rectangle->lo()), PlaceOf(rectangle->hi()));
    WritePace pace(faults_);
    routeguide::Feature message;
    for (int64_t index = 0; index < features_.count(); ++index) {
      if (index % kFeaturesBetweenLooks == 0 && context->IsCancelled()) return grpc::Status::CANCELLED;
      Feature feature = features_.At(index);
      if (!Contains(area, feature.place)) continue;
      message.set_name(std::move(feature.name));
      SetPoint(feature.place, message.mutable_location());
      if (!found->Write(message, pace.Next())) return grpc::Status::CANCELLED;
    }
    return grpc::Status::OK;
  }

  grpc::Status RecordRoute(grpc::ServerContext*, grpc::ServerReader<Point>* points,
                           RouteSummary* summary) override {
    Route route(features_);
    Point point;
    while (points->Read(&point)) route.Add(PlaceOf(point));
    route.Summarise(summary);
    return grpc::Status::OK;
  }

  grpc::Status RouteChat(grpc::ServerContext*,
                         grpc::ServerReaderWriter<RouteNote, RouteNote>* stream) override {
    Notes notes;
    RouteNote note;
    while (stream->Read(&note)) {
      for (const RouteNote& earlier : notes.At(PlaceOf(note.location())))
        if (!stream->Write(earlier, AtOnce(faults_))) return grpc::Status::CANCELLED;
      if (!notes.Add(note)) return {grpc::StatusCode::RESOURCE_EXHAUSTED, "more than 64 MiB of notes"};
    }
    return grpc::Status::OK;
  }

 private:
  const FeatureSource& features_;
  const Faults faults_;
};

}  // namespace

std::unique_ptr<grpc::Service> RouteGuideService(const FeatureSource& features, const Faults& faults) {
  return std::make_unique<RouteGuide>(features, faults);
}

}  // namespace rpcctl::reference
