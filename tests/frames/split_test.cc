// One answer, cut in every way: the messages are the same.
#include <doctest/doctest.h>

#include "tests/frames/frames.h"

namespace rpcctl::frames {
namespace {

using namespace rpcctl::testing;

const std::string kLong(90, 'l');
const std::string kThree = WithPrefix("") + WithPrefix("a") + WithPrefix(kLong);
constexpr const char* kThreeShown = "'''a''90 bytes'";
constexpr const char* kNoPadding = "knows no padding";

// An answer of kThree whose DATA frames are made by `frames`.
Bytes WithData(std::function<std::string(uint32_t)> frames) {
  return [frames = std::move(frames)](uint32_t stream) {
    return AnswerHeaders(stream) + frames(stream) + Trailers(stream);
  };
}

template <typename T>
void CheckAll(const std::vector<Bytes>& answers, const Want& want = {kOk, kThreeShown}) {
  ScriptedPeer peer(Saying(answers));
  const std::unique_ptr<Transport> transport = T::Make(To(peer));
  for (size_t i = 0; i < answers.size(); ++i) {
    CAPTURE(i);
    Expect(want, Ask(*transport), T::kIsCore);
  }
}

TEST_CASE_TEMPLATE("frames: messages over DATA frames of 1 byte and more", T, TRANSPORTS) {
  std::vector<Bytes> answers;
  for (size_t size = 1; size <= kThree.size(); ++size) {
    answers.push_back(WithData([size](uint32_t stream) {
      std::string frames;
      for (size_t at = 0; at < kThree.size(); at += size)
        frames += DataBytes(stream, std::string_view(kThree).substr(at, size));
      return frames;
    }));
  }
  CheckAll<T>(answers);
}

TEST_CASE_TEMPLATE("frames: messages cut in two at each byte, with empty frames between", T, TRANSPORTS) {
  std::vector<Bytes> answers;
  for (size_t cut = 0; cut <= kThree.size(); ++cut) {
    answers.push_back(WithData([cut](uint32_t stream) {
      const std::string empty = DataBytes(stream, "") + DataBytes(stream, "");
      return empty + DataBytes(stream, kThree.substr(0, cut)) + empty +
             DataBytes(stream, kThree.substr(cut)) + empty;
    }));
  }
  CheckAll<T>(answers);
}

TEST_CASE_TEMPLATE("frames: messages in padded frames", T, TRANSPORTS) {
  std::vector<Bytes> answers;
  for (const int padding : {0, 1, 17, 255}) {
    for (const size_t cut : {size_t{0}, size_t{3}, size_t{7}, kThree.size()}) {
      answers.push_back(WithData([=](uint32_t stream) {
        return DataBytes(stream, kThree.substr(0, cut), 0, padding) +
               DataBytes(stream, kThree.substr(cut), 0, padding);
      }));
    }
  }
  CheckAll<T>(answers, {kOk, kThreeShown, {}, {kNoPadding, kInternalStatus, ""}});
}

TEST_CASE_TEMPLATE("frames: a whole connection in packets of 1 byte and more", T, TRANSPORTS) {
  for (const size_t piece : {1, 2, 3, 5, 8, 9, 10, 13, 64}) {
    CAPTURE(piece);
    ScriptedPeer peer([&](PeerConnection& client) {
      client.Greet();
      const PeerStream& stream = client.NextStream();
      client.SendInPieces(
          AnswerHeaders(stream.number) + DataBytes(stream.number, kThree) + Trailers(stream.number), piece);
    });
    const std::unique_ptr<Transport> transport = T::Make(To(peer));
    Expect({kOk, kThreeShown}, Ask(*transport), T::kIsCore);
  }
}

TEST_CASE_TEMPLATE("frames: headers cut into CONTINUATION frames at each byte", T, TRANSPORTS) {
  std::vector<Bytes> answers;
  for (size_t size = 10; size <= BlockOf(AnswerFields()).size(); ++size) {
    answers.push_back([size](uint32_t stream) {
      return HeadersBytes(stream, AnswerFields(), 0, size) + DataBytes(stream, kThree) + Trailers(stream);
    });
  }
  CheckAll<T>(answers);
}

TEST_CASE_TEMPLATE("frames: a thousand messages in each frame", T, TRANSPORTS) {
  std::string data, shown;
  for (int i = 0; i < 1000; ++i) {
    data += WithPrefix(std::to_string(i));
    shown += "'" + std::to_string(i) + "'";
  }
  CheckAll<T>(
      {WithData([data](uint32_t stream) { return DataBytes(stream, data) + DataBytes(stream, data); })},
      {kOk, shown + shown});
}

TEST_CASE_TEMPLATE("frames: headers with a priority", T, TRANSPORTS) {
  CheckAll<T>({[&](uint32_t stream) {
    const std::string content = NumberBytes(0) + "w" + BlockOf(AnswerFields());
    return FrameBytes(kHeaders, kEndHeaders | kWithPriority, stream, content) + DataBytes(stream, kThree) +
           Trailers(stream);
  }});
}

TEST_CASE_TEMPLATE("frames: padded headers", T, TRANSPORTS) {
  const auto answer = [](int flags, const std::string& content) {
    return [=](uint32_t stream) {
      return FrameBytes(kHeaders, static_cast<uint8_t>(flags), stream, content) + DataBytes(stream, kThree) +
             Trailers(stream);
    };
  };
  const std::string padded = BlockOf(AnswerFields()) + std::string(3, '\0');
  CheckAll<T>({answer(kEndHeaders | kPadded, "\x03" + padded),
               answer(kEndHeaders | kPadded | kWithPriority, "\x03" + NumberBytes(0) + "w" + padded)},
              {kOk, kThreeShown, {}, {kNoPadding, kUnknown, ""}});
}

TEST_CASE_TEMPLATE("frames: what may stand between the frames of a call", T, TRANSPORTS) {
  const auto between = [](const std::string& odd) {
    return [odd](uint32_t stream) {
      return odd + AnswerHeaders(stream) + odd + DataBytes(stream, kThree.substr(0, 7)) + odd +
             DataBytes(stream, kThree.substr(7)) + odd + Trailers(stream) + odd;
    };
  };
  CheckAll<T>({between(PingBytes()), between(SettingsBytes()), between(WindowBytes(0, 1)),
               between(FrameBytes(0x20, 0xFF, 0, "a frame of no known type")),
               between(FrameBytes(kPriority, 0, 1, NumberBytes(0) + "w"))});
}

}  // namespace
}  // namespace rpcctl::frames
