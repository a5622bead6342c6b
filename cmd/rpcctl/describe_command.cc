#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include <span>

#include "base/safe_text.h"
#include "cmd/rpcctl/client.h"
#include "cmd/rpcctl/commands.h"
#include "render/proto_colour.h"
#include "schema/outline.h"

namespace rpcctl {
namespace {

// What a heading calls the symbol, and the file that declares it.
std::pair<std::string_view, const google::protobuf::FileDescriptor*> KindAndFile(const Symbol& symbol) {
  if (symbol.service != nullptr) return {"service", symbol.service->file()};
  if (symbol.method != nullptr) return {"method", symbol.method->service()->file()};
  if (symbol.message != nullptr) return {"message", symbol.message->file()};
  if (symbol.field != nullptr)
    return {symbol.field->is_extension() ? "extension" : "field", symbol.field->file()};
  if (symbol.oneof != nullptr) return {"oneof", symbol.oneof->containing_type()->file()};
  if (symbol.enumeration != nullptr) return {"enum", symbol.enumeration->file()};
  return {"enum value", symbol.enum_value->type()->file()};
}

std::string Heading(const Symbol& symbol) {
  const auto [kind, file] = KindAndFile(symbol);
  return fmt::format("// {} {}, in {}\n", kind, symbol.FullName(), SafeText(file->name()));
}

// What can be described, and why the rest cannot.
struct Described {
  std::vector<Symbol> symbols;
  std::optional<Error> broken;  // the first that could not be
};

// All services: one whose file is broken does not hide the others.
Result<Described> DescribeServices(Schema& schema) {
  Result<std::vector<std::string>> names = schema.ServiceNames();
  if (!names) return names.error();
  Described described;
  for (const std::string& name : *names) {
    Result<Symbol> symbol = schema.FindSymbol(name);
    if (symbol) described.symbols.push_back(*symbol);
    if (!symbol && !described.broken) described.broken = symbol.error();
  }
  return described;
}

Result<Described> DescribeNamed(Schema& schema, std::span<const std::string> names) {
  Described described;
  for (const std::string& name : names) {
    Result<Symbol> symbol = schema.FindSymbol(name);
    if (!symbol) return symbol.error();
    described.symbols.push_back(*symbol);
  }
  return described;
}

std::string Shown(const std::string& text, Colour colour) {
  if (colour == Colour::kOff) return text;
  std::string coloured;
  AppendColouredProto(text, coloured);
  return coloured;
}

}  // namespace

Result<Ending> RunDescribeCommand(const Flags& flags, Surroundings& around, TimePoint began) {
  Result<ConnectionPlan> plan = MakeConnectionPlan(flags.connection, around, began);
  if (!plan) return plan.error();
  Result<std::shared_ptr<Client>> client = MakeClient(*plan, around, 0);

  if (!client) return client.error();
  const std::vector<std::string>& names = flags.describe.symbols;
  Schema& schema = *(*client)->schema;
  Result<Described> described = names.empty() ? DescribeServices(schema) : DescribeNamed(schema, names);
  if (!described) return described.error();
  std::string text;
  for (const Symbol& symbol : described->symbols) {
    if (!text.empty()) text += '\n';
    text += Heading(symbol) + Outline(symbol);
  }
  if (Result<void> written = around.out.Write(Shown(text, plan->out_colour)); !written)
    return written.error();
  if (described->broken) return *described->broken;
  Ending ending;
  ending.leftovers = *client;
  return ending;
}

}  // namespace rpcctl
