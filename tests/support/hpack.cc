#include "tests/support/hpack.h"

#include <cstdint>
#include <iterator>
#include <map>

namespace rpcctl::testing {
namespace {

using Field = std::pair<std::string, std::string>;

constexpr std::pair<std::string_view, std::string_view> kStaticTable[] = {
    {":authority", ""},
    {":method", "GET"},
    {":method", "POST"},
    {":path", "/"},
    {":path", "/index.html"},
    {":scheme", "http"},
    {":scheme", "https"},
    {":status", "200"},
    {":status", "204"},
    {":status", "206"},
    {":status", "304"},
    {":status", "400"},
    {":status", "404"},
    {":status", "500"},
    {"accept-charset", ""},
    {"accept-encoding", "gzip, deflate"},
    {"accept-language", ""},
    {"accept-ranges", ""},
    {"accept", ""},
    {"access-control-allow-origin", ""},
    {"age", ""},
    {"allow", ""},
    {"authorization", ""},
    {"cache-control", ""},
    {"content-disposition", ""},
    {"content-encoding", ""},
    {"content-language", ""},
    {"content-length", ""},
    {"content-location", ""},
    {"content-range", ""},
    {"content-type", ""},
    {"cookie", ""},
    {"date", ""},
    {"etag", ""},
    {"expect", ""},
    {"expires", ""},
    {"from", ""},
    {"host", ""},
    {"if-match", ""},
    {"if-modified-since", ""},
    {"if-none-match", ""},
    {"if-range", ""},
    {"if-unmodified-since", ""},
    {"last-modified", ""},
    {"link", ""},
    {"location", ""},
    {"max-forwards", ""},
    {"proxy-authenticate", ""},
    {"proxy-authorization", ""},
    {"range", ""},
    {"referer", ""},
    {"refresh", ""},
    {"retry-after", ""},
    {"server", ""},
    {"set-cookie", ""},
    {"strict-transport-security", ""},
    {"transfer-encoding", ""},
    {"user-agent", ""},
    {"vary", ""},
    {"via", ""},
    {"www-authenticate", ""}};

// The code is canonical: the symbols of each length, in order, are all there is to know.
constexpr std::pair<int, std::string_view> kHuffman[] = {{5, "012aceiost"},
                                                         {6, " %-./3456789=A_bdfghlmnpru"},
                                                         {7, ":BCDEFGHIJKLMNOPQRSTUVWYjkqvwxyz"},
                                                         {8, "&*,;XZ"},
                                                         {10, "!\"()?"},
                                                         {11, "'+|"},
                                                         {12, "#>"},
                                                         {13, std::string_view("\0$@[]~", 6)},
                                                         {14, "^}"},
                                                         {15, "<`{"}};

using Codes = std::map<std::pair<int, uint32_t>, char>;  // by length and code

Codes HuffmanCodes() {
  Codes codes;
  uint32_t code = 0;
  int length = 5;
  for (const auto& [size, symbols] : kHuffman) {
    code <<= size - length;
    length = size;
    for (const char symbol : symbols) codes[{size, code++}] = symbol;
  }
  return codes;
}

std::string HuffmanText(std::string_view data) {
  static const Codes codes = HuffmanCodes();
  std::string text;
  uint32_t code = 0;
  int size = 0;
  for (size_t bit = 0; bit < data.size() * 8; ++bit) {
    code = code << 1 | (static_cast<uint8_t>(data[bit / 8]) >> (7 - bit % 8) & 1U);
    const auto found = codes.find({++size, code});
    if (found == codes.end()) continue;
    text += found->second;
    code = 0;
    size = 0;
  }
  return text;  // what is left is padding
}

// What is left of a block. Its end reads as zeros.
class Rest {
 public:
  explicit Rest(std::string_view bytes) : bytes_(bytes) {}
  bool empty() const { return bytes_.empty(); }
  uint8_t First() const { return bytes_.empty() ? uint8_t{0} : static_cast<uint8_t>(bytes_[0]); }

  size_t Number(int bits) {
    const size_t limit = (size_t{1} << bits) - 1;
    size_t value = Byte() & limit;
    if (value < limit) return value;
    for (int shift = 0; shift < 56; shift += 7) {
      const uint8_t byte = Byte();
      value += (byte & size_t{127}) << shift;
      if ((byte & 128) == 0) break;
    }
    return value;
  }

  std::string Text() {
    const bool is_huffman = (First() & 128) != 0;
    const size_t announced = Number(7), length = std::min(announced, bytes_.size());
    const std::string_view data = bytes_.substr(0, length);
    bytes_.remove_prefix(length);
    return is_huffman ? HuffmanText(data) : std::string(data);
  }

 private:
  uint8_t Byte() {
    const uint8_t byte = First();
    if (!bytes_.empty()) bytes_.remove_prefix(1);
    return byte;
  }

  std::string_view bytes_;
};

}  // namespace

Fields HpackDecoder::Decode(std::string_view block) {
  Fields fields;
  for (Rest rest(block); !rest.empty();) {
    const uint8_t first = rest.First();
    if ((first & 0xE0) == 0x20) {  // another size of the table
      table_size_ = rest.Number(5);
      Evict();
      continue;
    }
    const bool is_indexed = (first & 0x80) != 0, is_kept = !is_indexed && (first & 0x40) != 0;
    const size_t index = rest.Number(is_indexed ? 7 : is_kept ? 6 : 4);
    Field field = index > 0 ? Entry(index) : Field(rest.Text(), "");
    if (!is_indexed) field.second = rest.Text();
    if (is_kept) Keep(field);
    fields.push_back(std::move(field));
  }
  return fields;
}

Field HpackDecoder::Entry(size_t index) const {
  constexpr size_t kStatic = std::size(kStaticTable);
  if (index == 0) return {};
  if (index <= kStatic) return Field(kStaticTable[index - 1].first, kStaticTable[index - 1].second);
  return index - kStatic <= table_.size() ? table_[index - kStatic - 1] : Field();
}

void HpackDecoder::Keep(Field field) {
  table_.push_front(std::move(field));
  Evict();
}

void HpackDecoder::Evict() {
  size_t size = 0;
  for (const Field& field : table_) size += field.first.size() + field.second.size() + 32;
  for (; size > table_size_; table_.pop_back())
    size -= table_.back().first.size() + table_.back().second.size() + 32;
}

}  // namespace rpcctl::testing
