#include "render/response_printer.h"

#include <string>

#include "message/text_writer.h"
#include "render/json_colour.h"

namespace rpcctl {
namespace {

class JsonPrinter final : public ResponsePrinter {
 public:
  JsonPrinter(const google::protobuf::Descriptor& type, KnownTypes known, JsonStyle style, Colour colour,
              Output& out)
      : writer_(type, style, std::move(known)), colour_(colour), out_(out) {}

  Result<void> Print(std::string_view wire) override {
    document_.clear();
    if (Result<void> written = writer_.Write(wire, document_); !written) return written;
    if (colour_ == Colour::kOff) {
      document_ += '\n';
      return out_.Write(document_);
    }
    coloured_.clear();
    AppendColoured(document_, coloured_);
    coloured_ += '\n';
    return out_.Write(coloured_);
  }

 private:
  JsonWriter writer_;
  const Colour colour_;
  Output& out_;
  std::string document_;
  std::string coloured_;
};

class TemplatePrinter final : public ResponsePrinter {
 public:
  TemplatePrinter(FormatTemplate format, Output& out) : format_(std::move(format)), out_(out) {}

  Result<void> Print(std::string_view wire) override {
    line_.clear();
    if (Result<void> written = format_.Write(wire, line_); !written) return written;
    line_ += '\n';
    return out_.Write(line_);
  }

 private:
  FormatTemplate format_;
  Output& out_;
  std::string line_;
};

class TextPrinter final : public ResponsePrinter {
 public:
  TextPrinter(const google::protobuf::Descriptor& type, KnownTypes known, Output& out)
      : writer_(type, std::move(known)), out_(out) {}

  Result<void> Print(std::string_view wire) override {
    text_ = is_first_ ? "" : "---\n";
    if (Result<void> written = writer_.Write(wire, text_); !written) return written;
    is_first_ = false;
    return out_.Write(text_);
  }

 private:
  TextWriter writer_;
  Output& out_;
  std::string text_;
  bool is_first_ = true;
};

class BinaryPrinter final : public ResponsePrinter {
 public:
  explicit BinaryPrinter(Output& out) : out_(out) {}

  Result<void> Print(std::string_view wire) override {
    bytes_.clear();
    size_t rest = wire.size();
    for (; rest > 0x7F; rest >>= 7) bytes_ += static_cast<char>((rest & 0x7F) | 0x80);
    bytes_ += static_cast<char>(rest);
    bytes_ += wire;
    return out_.Write(bytes_);
  }

 private:
  Output& out_;
  std::string bytes_;
};

class SilentPrinter final : public ResponsePrinter {
 public:
  Result<void> Print(std::string_view) override { return {}; }
};

}  // namespace

std::unique_ptr<ResponsePrinter> MakeJsonPrinter(const google::protobuf::Descriptor& type, KnownTypes known,
                                                 JsonStyle style, Colour colour, Output& out) {
  return std::make_unique<JsonPrinter>(type, std::move(known), style, colour, out);
}

std::unique_ptr<ResponsePrinter> MakeTemplatePrinter(FormatTemplate format, Output& out) {
  return std::make_unique<TemplatePrinter>(std::move(format), out);
}

std::unique_ptr<ResponsePrinter> MakeTextPrinter(const google::protobuf::Descriptor& type, KnownTypes known,
                                                 Output& out) {
  return std::make_unique<TextPrinter>(type, std::move(known), out);
}

std::unique_ptr<ResponsePrinter> MakeBinaryPrinter(Output& out) {
  return std::make_unique<BinaryPrinter>(out);
}

std::unique_ptr<ResponsePrinter> MakeSilentPrinter() {
  return std::make_unique<SilentPrinter>();
}

}  // namespace rpcctl
