#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include <span>

#include "base/safe_text.h"
#include "cmd/rpcctl/client.h"
#include "cmd/rpcctl/commands.h"
#include "cmd/rpcctl/option_choice.h"
#include "cmd/rpcctl/option_choices.h"
#include "render/proto_colour.h"
#include "render/response_printer.h"
#include "schema/outline.h"
#include "schema/reflection_source.h"
#include "schema/symbol_descriptor.h"

namespace rpcctl {
namespace {

std::string Heading(const Symbol& symbol) {
  const bool is_extension = symbol.field != nullptr && symbol.field->is_extension();
  const std::string edition = EditionNote(*symbol.File());
  return fmt::format("// {} {}, in {}{}\n", is_extension ? "extension" : symbol.Kind(), symbol.FullName(),
                     SafeText(symbol.File()->name()), edition.empty() ? "" : ": " + edition);
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
    if (!symbol && !described.broken && !IsReflectionService(name))
      described.broken = AboutToldName(symbol.error());
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

Result<void> PrintProto(std::span<const Symbol> symbols, Colour colour, Output& out) {
  std::string text;
  for (const Symbol& symbol : symbols) {
    if (!text.empty()) text += '\n';
    text += Heading(symbol) + Outline(symbol);
  }
  return out.Write(Shown(text, colour));
}

// One document a symbol, in the order in which they were named.
Result<void> PrintJson(std::span<const Symbol> symbols, Schema& schema, Colour colour, Output& out) {
  for (const Symbol& symbol : symbols) {
    const SymbolDescriptor descriptor = DescriptorOf(symbol);
    const google::protobuf::Descriptor* type = schema.FindMessage(descriptor.type);
    const auto printer =
        MakeJsonPrinter(*type, TypesOf(schema), JsonStyle{JsonLayout::kIndented}, colour, out);
    if (Result<void> printed = printer->Print(descriptor.wire); !printed) return printed;
  }
  return {};
}

}  // namespace

Result<Ending> RunDescribeCommand(const Flags& flags, Surroundings& around, TimePoint began) {
  Result<ConnectionPlan> plan = MakeConnectionPlan(flags.connection, around, began);
  if (!plan) return plan.error();
  const Result<DescribeAs> form =
      Choose<DescribeAs>("--output", flags.describe.output.value_or("proto"), kDescribeChoices);
  if (!form) return form.error();
  Result<std::shared_ptr<Client>> client = MakeClient(*plan, around, 0);
  if (!client) return client.error();
  const std::vector<std::string>& names = flags.describe.symbols;
  Schema& schema = *(*client)->schema;
  Result<Described> described = names.empty() ? DescribeServices(schema) : DescribeNamed(schema, names);
  if (!described) return described.error();
  const std::vector<Symbol>& symbols = described->symbols;
  const Result<void> printed = *form == DescribeAs::kJson
                                   ? PrintJson(symbols, schema, plan->out_colour, around.out)
                                   : PrintProto(symbols, plan->out_colour, around.out);
  if (!printed) return printed.error();
  if (described->broken) return *described->broken;
  Ending ending;
  ending.leftovers = *client;
  return ending;
}

}  // namespace rpcctl
