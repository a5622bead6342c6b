// h2_peer_corpus FOLDER - writes the corpus of h2_peer_fuzz.cc: a valid answer of each kind, and the
// commonest wrong ones.
#include <zlib.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "tests/support/h2_answers.h"

using namespace rpcctl::testing;

namespace {

// The choices before an answer: how many calls and what they do, bytes a write, acts.
std::string Input(const std::string& answer, char first = 0, char piece = '\xFF', char acts = 0) {
  return std::string{first, piece, acts} + answer;
}

// `text` as gzip without compression: one stored block.
std::string Gzipped(const std::string& text) {
  const auto size = static_cast<uint16_t>(text.size());
  const auto little = [](uint32_t number, int bytes) {
    std::string out;
    for (; bytes > 0; --bytes, number >>= 8) out += static_cast<char>(number);
    return out;
  };
  const uint32_t sum = static_cast<uint32_t>(
      crc32(0, reinterpret_cast<const Bytef*>(text.data()), static_cast<uInt>(text.size())));
  return std::string("\x1f\x8b\x08\0\0\0\0\0\0\xff\x01", 11) + little(size, 2) + little(0xFFFFU ^ size, 2) +
         text + little(sum, 4) + little(size, 4);
}

std::map<std::string, std::string> Corpus() {
  const std::string head = AnswerHeaders(1), one = MessageBytes(1, "one"), end = Trailers(1);
  const std::string page = HeadersBytes(1, {{":status", "502"}, {"content-type", "text/html"}});
  const std::string gzip =
      AnswerHeaders(1, {{"grpc-encoding", "gzip"}}) + MessageBytes(1, Gzipped("small"), 1) + end;
  const std::string three = WholeAnswer(1, {"one"}) + AnswerHeaders(3) + MessageBytes(3, "x") +
                            ResetBytes(5, 7) + MessageBytes(3, "y") +
                            Trailers(3, "5", {{"grpc-message", "a%20b"}});
  const std::string details =
      Trailers(1, "9", {{"grpc-message", "own"}, {"grpc-status-details-bin", "CAkSA293bg"}});
  const std::string settings =
      SettingsBytes({{kConcurrentStreams, 1}, {kInitialWindow, 10}, {kMaxFrameSize, 20000}});
  // Frames as the target makes them: type, flags, stream, length, content.
  const std::string block = BlockOf(AnswerFields());
  const std::string framed = std::string{1, 4, 1, static_cast<char>(block.size())} + block +
                             std::string{0, 0, 1, 8} + WithPrefix("one") + std::string{7, 0, 0, 8} +
                             NumberBytes(1) + NumberBytes(0) + std::string{3, 0, 1, 4} + NumberBytes(8);
  return {{"whole", Input(WholeAnswer(1, {"one", "", "three"}))},
          {"bytes", Input(WholeAnswer(1, {"one", "two"}), 0, 0)},
          {"three", Input(three, 3)},
          {"only_trailers", Input(HeadersBytes(1, AnswerFields({{"grpc-status", "5"}}), kEndStream))},
          {"early", Input(HeadersBytes(1, {{":status", "103"}}) + WholeAnswer(1, {"one"}))},
          {"details", Input(head + details)},
          {"no_status", Input(head + one + HeadersBytes(1, {{"x-a", "b"}}, kEndStream))},
          {"binary", Input(AnswerHeaders(1, {{"x-data-bin", "AAE=,Ag"}, {"x-text", "a"}}) + end)},
          {"page", Input(page + DataBytes(1, "<html>\n", kEndStream))},
          {"gzip", Input(gzip)},
          {"gzip_limit", Input(gzip, 32)},
          {"huge", Input(head + DataBytes(1, std::string(5, '\x7F')))},
          {"cut", Input(head + one + DataBytes(1, WithPrefix("three").substr(0, 7)) + end)},
          {"padded", Input(head + DataBytes(1, WithPrefix("one"), 0, 9) + end)},
          {"continued", Input(HeadersBytes(1, AnswerFields(), 0, 10) + one + end)},
          {"reset", Input(head + one + ResetBytes(1, 8))},
          {"goaway", Input(GoAwayBytes(0, 11, "calm") + head + one, 3)},
          {"goaway_covers", Input(head + GoAwayBytes(1, 0) + one + end)},
          {"settings", Input(settings + head + SettingsBytes({}, kAck) + one + end, 8)},
          {"windows", Input(WindowBytes(0, 70000) + WindowBytes(1, 70000) + head + one + end, 8)},
          {"ping", Input(PingBytes() + head + PingBytes("12345678", kAck) + one + end)},
          {"cancelled", Input(head + one + one + end, 64, 20, 2)},
          {"abrupt", Input(head + DataBytes(1, std::string(5, '\x7F')) + one + end, 1, '\xFF', '\xC0')},
          {"left", Input(head + one + one + end, 0, 20, 3)},
          {"ssh", Input("SSH-2.0-OpenSSH_9.2p1\r\n", '\x80')},
          {"framed", Input(framed, 4)}};
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) return std::fputs("h2_peer_corpus FOLDER\n", stderr), 2;
  std::filesystem::create_directories(words[1]);
  for (const auto& [name, bytes] : Corpus()) {
    std::ofstream file(std::filesystem::path(words[1]) / name, std::ios::binary);
    file << bytes;
    if (!file.flush()) return std::perror(name.c_str()), 1;
  }
  return 0;
}
