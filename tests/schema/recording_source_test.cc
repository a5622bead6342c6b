#include "schema/recording_source.h"

#include <doctest/doctest.h>

#include "schema/limits.h"
#include "tests/support/cached_schema.h"

namespace rpcctl {
namespace {

struct Recording {
  FakeServer server = TwoServices();
  std::shared_ptr<SchemaRecord> record = std::make_shared<SchemaRecord>();
  std::unique_ptr<SchemaSource> source = RecordAnswers(std::make_unique<FakeSource>(server), record);
};

TEST_CASE("recording source: answers pass through, and are taken down once") {
  Recording recording;
  CHECK(recording.source->Name() == "the server at h:1");
  CHECK(recording.source->ServiceNames()->size() == 2);
  CHECK(recording.source->FilesWithSymbol("a.Greeter")->front().name == "greeter.proto");
  CHECK(recording.source->FilesNamed("greeter.proto")->size() == 1);
  recording.source->Close();
  CHECK(recording.record->services == recording.server.services);
  REQUIRE(recording.record->files.size() == 1);
  CHECK(recording.record->files[0].name == "greeter.proto");
  CHECK(recording.server.closed == 1);
}

TEST_CASE("recording source: what the server does not have is taken down too") {
  Recording recording;
  CHECK(recording.source->FilesWithSymbol("c.None")->empty());
  CHECK(recording.source->FilesNamed("none.proto")->empty());
  CHECK(recording.record->absent_symbols.contains("c.None"));
  CHECK(recording.record->absent_files.contains("none.proto"));
}

TEST_CASE("recording source: an error says nothing of the schema") {
  Recording recording;
  recording.server.failure = Error{ErrorKind::kConnect, "gone"};
  CHECK(recording.source->ServiceNames().error().message == "gone");
  CHECK(recording.source->FilesWithSymbol("a.Greeter").error().message == "gone");
  CHECK_FALSE(recording.record->services);
  CHECK(recording.record->absent_symbols.empty());
}

TEST_CASE("recording source: a server that says one file and then another is not to be kept") {
  Recording recording;
  REQUIRE(recording.source->FilesNamed("name.proto"));
  recording.server.files["name.proto"].set_package("changed");
  REQUIRE(recording.source->FilesNamed("name.proto"));
  CHECK(recording.record->is_unusable);
}

TEST_CASE("recording source: more than the schema limit is not to be kept") {
  Recording recording;
  recording.server.on_file = [](const std::string& name) {
    return std::vector<SchemaFile>{{name, std::string(kMaxDescriptorBytes / 2, 'x')}};
  };
  REQUIRE(recording.source->FilesNamed("one.proto"));
  REQUIRE(recording.source->FilesNamed("two.proto"));
  CHECK_FALSE(recording.record->is_unusable);
  REQUIRE(recording.source->FilesNamed("three.proto"));
  CHECK(recording.record->is_unusable);
}

TEST_CASE("recording source: whoever asks for names without end does not fill the record with them") {
  Recording recording;
  for (int i = 0; i < 2000; ++i) REQUIRE(recording.source->FilesWithSymbol("x.N" + std::to_string(i)));
  CHECK(recording.record->absent_symbols.size() == 1000);
}

}  // namespace
}  // namespace rpcctl
