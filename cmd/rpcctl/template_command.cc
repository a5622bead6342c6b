#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include "base/safe_text.h"
#include "base/text.h"
#include "cmd/rpcctl/client.h"
#include "cmd/rpcctl/commands.h"
#include "cmd/rpcctl/option_choice.h"
#include "cmd/rpcctl/option_choices.h"
#include "message/request_template.h"
#include "render/json_colour.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::MethodDescriptor;

// A method's request, or a message by its name. What is a method is meant as one: that is what people have at
// hand.
Result<const Descriptor*> FindType(Schema& schema, const std::string& name) {
  Result<const MethodDescriptor*> method = schema.FindMethod(name);
  if (method) return (*method)->input_type();
  if (method.error().kind != ErrorKind::kSchema) return method.error();
  Result<Symbol> symbol = schema.FindSymbol(name);
  if (!symbol) return symbol.error();
  if (symbol->method != nullptr) return symbol->method->input_type();
  if (symbol->message != nullptr) return symbol->message;
  return Error{ErrorKind::kUsage,
               fmt::format("'{}' is a {}, and only methods and messages have templates",
                           SafeText(symbol->FullName()), symbol->Kind()),
               fmt::format("'rpcctl describe {}' shows it", SafeText(symbol->FullName()))};
}

std::string CutNote(const Descriptor& type) {
  const std::string name = SafeText(type.full_name());
  return fmt::format(
      "rpcctl: note: {} is too large for a template, which leaves fields out\n"
      "  hint: 'rpcctl template' of a message inside shows more; 'rpcctl describe {}' shows all\n",
      name, name);
}

std::string Document(const TemplateTree& tree, Colour colour) {
  const std::string json = TemplateAsJson(tree);
  if (colour == Colour::kOff) return json + "\n";
  std::string coloured;
  AppendColoured(json, coloured);
  return coloured + "\n";
}

}  // namespace

Result<Ending> RunTemplateCommand(const Flags& flags, Surroundings& around, TimePoint began) {
  const Result<TemplateForm> form =
      Choose<TemplateForm>("--as", flags.request_template.form.value_or("json"), kTemplateFormChoices);
  if (!form) return form.error();
  Result<ConnectionPlan> plan = MakeConnectionPlan(flags.connection, around, began);
  if (!plan) return plan.error();
  Result<std::shared_ptr<Client>> client = MakeClient(*plan, around, 0);
  if (!client) return client.error();
  Result<const Descriptor*> type = FindType(*(*client)->schema, flags.request_template.name);
  if (!type) return type.error();
  const TemplateTree tree = GrowTemplate(**type);
  const bool items = *form == TemplateForm::kItems;
  const auto comments = flags.request_template.comments ? TemplateComments::kOn : TemplateComments::kOff;
  if (!items && comments == TemplateComments::kOn)  // Beside the template: JSON has no comments, and the
                                                    // document has to be usable as it stands.
    Tell(around.err, TemplateJsonComments(tree));
  const std::string text = items ? TemplateAsItems(tree, comments) : Document(tree, plan->out_colour);
  if (Result<void> written = around.out.Write(text); !written) return written.error();
  if (tree.cut) Tell(around.err, CutNote(**type));
  return Ending{.leftovers = *client};
}

}  // namespace rpcctl
