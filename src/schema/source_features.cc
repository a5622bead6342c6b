#include "schema/source_features.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <string>
#include <vector>

#include "base/safe_text.h"
#include "base/text.h"
#include "schema/edition_features.h"
#include "schema/feature_table.h"
#include "schema/ignored_mistakes.h"
#include "schema/source_place.h"

namespace rpcctl {
namespace {

using google::protobuf::DescriptorProto;
using google::protobuf::FieldDescriptor;
using google::protobuf::FieldDescriptorProto;
using google::protobuf::FileDescriptorProto;
using google::protobuf::Message;
using google::protobuf::UninterpretedOption;
using google::protobuf::io::Tokenizer;

constexpr size_t kShownNameBytes = 80;

bool NamesFeatures(const UninterpretedOption& option) {
  return option.name_size() > 0 && option.name(0).name_part() == "features" && !option.name(0).is_extension();
}

template <typename Named>
std::vector<std::string> Names(const Named& all) {
  std::vector<std::string> names;
  for (const auto& each : all) names.emplace_back(each.name);
  return names;
}

std::string Shown(std::string_view name) {
  return SafeExcerpt(name, kShownNameBytes);
}

// Walks over every declaration of one file.
class Walk final {
 public:
  Walk(std::string_view shown_path, FileDescriptorProto& file) : path_(SafeText(shown_path)), file_(file) {}

  // Recursive, as deep as the parser takes messages (100).
  Result<void> Declaration(Message& declaration) {
    const auto& reflection = *declaration.GetReflection();
    std::vector<const FieldDescriptor*> fields;
    reflection.ListFields(declaration, &fields);
    for (const FieldDescriptor* field : fields) {
      if (field->name() == "options") {
        if (Result<void> taken = Options(declaration, *field); !taken) return taken;
      }
      const bool inner = field->is_repeated() && field->message_type() != nullptr;
      const int count = inner ? reflection.FieldSize(declaration, field) : 0;
      for (int i = 0; i < count; ++i) {
        Result<void> taken = Declaration(*reflection.MutableRepeatedMessage(&declaration, field, i));
        if (!taken) return taken;
      }
    }
    return {};
  }

 private:
  Result<void> Options(Message& declaration, const FieldDescriptor& field) {
    Message& options = *declaration.GetReflection()->MutableMessage(&declaration, &field);
    const auto& reflection = *options.GetReflection();
    const FieldDescriptor* open = options.GetDescriptor()->FindFieldByName("uninterpreted_option");
    const int count = reflection.FieldSize(options, open);
    int kept = 0;
    for (int i = 0; i < count; ++i) {
      const UninterpretedOption option =
          static_cast<const UninterpretedOption&>(reflection.GetRepeatedMessage(options, open, i));
      if (!NamesFeatures(option)) {
        reflection.SwapElements(&options, open, kept++, i);
      } else if (Result<void> taken = Take(declaration, i, option, options); !taken) {
        return taken;
      }
    }
    for (int i = kept; i < count; ++i) reflection.RemoveLast(&options, open);
    return {};
  }

  Result<void> Take(const Message& declaration, int index, const UninterpretedOption& option,
                    Message& options) {
    here_ = {&declaration, index};
    if (option.name_size() == 1) return TakeAll(option, options);
    if (option.name(1).is_extension()) return {};
    const Feature* feature = option.name_size() == 2 ? FindFeature(option.name(1).name_part()) : nullptr;
    if (feature == nullptr) {
      std::string name = option.name(1).name_part();
      for (int i = 2; i < option.name_size(); ++i) name += "." + option.name(i).name_part();
      return NoFeature(name);
    }
    if (!option.has_identifier_value()) return NoValue(*feature, "something else than a name");
    return Add(*feature, option.identifier_value(), options);
  }

  // features = { field_presence: IMPLICIT, [pb.go] { ... } }
  Result<void> TakeAll(const UninterpretedOption& option, Message& options) {
    const std::string& text = option.aggregate_value();
    google::protobuf::io::ArrayInputStream input(text.data(), static_cast<int>(text.size()));
    IgnoredMistakes ignored;
    Tokenizer tokens(&input, &ignored);
    tokens.set_comment_style(Tokenizer::SH_COMMENT_STYLE);
    std::string name;
    size_t depth = 0;
    while (tokens.Next()) {
      const Tokenizer::Token& token = tokens.current();
      const std::string& word = token.text;
      if (word == "{" || word == "[" || word == "<") {
        ++depth;
      } else if (word == "}" || word == "]" || word == ">") {
        depth -= depth > 0 ? 1 : 0;
        name.clear();
      } else if (depth == 0 && token.type == Tokenizer::TYPE_IDENTIFIER) {
        const bool is_value = !name.empty();
        const Feature* feature = FindFeature(is_value ? name : word);
        if (feature == nullptr) return NoFeature(is_value ? name : word);
        if (is_value) {
          if (Result<void> added = Add(*feature, word, options); !added) return added;
        }
        name = is_value ? "" : word;
      }
    }
    if (!name.empty()) return NoValue(*FindFeature(name), "nothing that is a name");
    return {};
  }

  Result<void> Add(const Feature& feature, std::string_view value, Message& options) {
    for (const FeatureValue& known : feature.values) {
      if (known.name != value) continue;
      AddFeature(feature.number, known.number, options);
      return {};
    }
    return NoValue(feature, fmt::format("'{}'", Shown(value)));
  }

  Error At(int detail, std::string_view what, std::string hint) const {
    std::string place = path_;
    if (const auto found = FindOptionPlace(file_, *here_.declaration, here_.option, detail))
      place += fmt::format(":{}:{}", found->line, found->column);
    return {ErrorKind::kSchema, fmt::format("{}: {}", place, what), std::move(hint)};
  }

  Error NoFeature(std::string_view name) const {
    const std::vector<std::string> names = Names(AllFeatures());
    std::string hint = DidYouMean(name, names);
    if (hint.empty()) hint = "the features are " + JoinForSentence(names, "and");
    return At(UninterpretedOption::kNameFieldNumber, fmt::format("there is no feature '{}'", Shown(name)),
              std::move(hint));
  }

  Error NoValue(const Feature& feature, std::string_view found) const {
    return At(UninterpretedOption::kIdentifierValueFieldNumber,
              fmt::format("expected a value of features.{}, found {}", feature.name, found),
              "its values are " + JoinForSentence(Names(feature.values), "and"));
  }

  struct Here {
    const Message* declaration;
    int option;
  };

  const std::string path_;
  FileDescriptorProto& file_;
  Here here_ = {};
};

// What a map field says counts for the key and the value of its entries.
void PassToEntries(DescriptorProto& message) {
  for (DescriptorProto& nested : *message.mutable_nested_type()) {
    if (!nested.options().map_entry()) {
      PassToEntries(nested);
      continue;
    }
    for (const FieldDescriptorProto& field : message.field()) {
      const std::string bytes = field.type_name() == nested.name() ? FeatureBytes(field.options()) : "";
      if (bytes.empty()) continue;
      for (FieldDescriptorProto& part : *nested.mutable_field())
        part.mutable_options()->mutable_unknown_fields()->AddLengthDelimited(kFieldFeatures, bytes);
    }
  }
}

}  // namespace

Result<void> TakeSourceFeatures(std::string_view shown_path, FileDescriptorProto& file) {
  if (Result<void> taken = Walk(shown_path, file).Declaration(file); !taken) return taken;
  for (DescriptorProto& message : *file.mutable_message_type()) PassToEntries(message);
  return {};
}

}  // namespace rpcctl
