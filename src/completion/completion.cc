#include "completion/completion.h"

#include "completion/cursor.h"
#include "completion/item_completion.h"
#include "completion/name_completion.h"
#include "completion/option_completion.h"
#include "completion/template_completion.h"
#include "completion/value_form.h"

namespace rpcctl {
namespace {

// One answer in the making.
class Completion final {
 public:
  Completion(const OptionTable& table, const CompletionQuestions& questions, const Cursor& cursor)
      : table_(table), questions_(questions), cursor_(cursor) {}

  Answer Find() {
    switch (cursor_.stands) {
      case Stands::kNowhere:
        break;
      case Stands::kAtFile:
        answer_.files = true;
        break;
      case Stands::kAtCommand:
        OfferCommands(table_, cursor_, answer_);
        break;
      case Stands::kAtOption:
        OfferOptions(table_, cursor_, answer_);
        break;
      case Stands::kAtValue:
        AtValue();
        break;
      case Stands::kAtWord:
        AtWord();
        break;
    }
    return std::move(answer_);
  }

 private:
  void AtValue() {
    const KnownOption& option = *cursor_.option;
    ValueForm form = ReadValueName(option.value_name);
    if (!option.choices.empty()) form = {Takes::kText, option.choices, true};
    if (form.takes == Takes::kData) return AtData();
    if (form.takes == Takes::kTemplate) return AtTemplate();
    OfferPlainValues(form, option.names.back(), option.value_name, cursor_.value_at, questions_, cursor_,
                     answer_);
  }

  void AtData() {
    const std::string before = cursor_.typed.substr(0, cursor_.value_at);
    const std::string_view value = std::string_view(cursor_.typed).substr(cursor_.value_at);
    Offer(answer_, cursor_.typed, before + "@-", "standard input");
    if (value.starts_with('@')) {
      answer_.files = true;
      answer_.file_at = cursor_.value_at + 1;
    }
    if (!answer_.files) answer_.hints.emplace_back("JSON documents, @FILE or @- for standard input");
  }

  void AtTemplate() {
    if (cursor_.words.empty()) return answer_.hints.push_back("a template: '{name} at {location.latitude}'");
    const KnownSchema known = Known();
    if (known.schema != nullptr) OfferTemplate(*known.schema, cursor_, answer_);
  }

  // With a hint in the answer where there is no schema.
  KnownSchema Known() {
    KnownSchema known = questions_.schema(cursor_.given);
    if (known.schema == nullptr) answer_.hints.push_back(known.hint);
    return known;
  }

  void AtWord() {
    const std::vector<KnownWord>& words = cursor_.command->words;
    if (words.empty()) return;
    const bool beyond = cursor_.words.size() >= words.size();
    if (beyond && !words.back().repeated) return;
    const KnownWord& word = beyond ? words.back() : words[cursor_.words.size()];
    const ValueForm form = ReadValueName(word.name);
    const bool plain = form.takes < Takes::kMethod;
    if (plain) return OfferPlainValues(form, word.name, word.name, 0, questions_, cursor_, answer_);
    const KnownSchema known = Known();
    if (known.schema != nullptr) AtName(form.takes, known);
  }

  void AtName(Takes takes, const KnownSchema& known) {
    const std::string_view typed = cursor_.typed;
    const bool sent_as_typed = cursor_.given.command == "health";
    switch (takes) {
      case Takes::kMethod:
        return OfferMethods(known, typed, answer_);
      case Takes::kService:
        return OfferServices(known, typed, sent_as_typed ? ServiceNames::kFull : ServiceNames::kShort,
                             answer_);
      case Takes::kSymbol:
        return OfferSymbols(known, typed, Symbols::kAll, answer_);
      case Takes::kMethodOrMessage:
        return OfferSymbols(known, typed, Symbols::kRequests, answer_);
      case Takes::kItem:
        return OfferItems(known, cursor_, answer_);
      default:
        return;
    }
  }

  const OptionTable& table_;
  const CompletionQuestions& questions_;
  const Cursor& cursor_;
  Answer answer_;
};

}  // namespace

std::string Complete(Shell shell, std::string_view line, const OptionTable& table,
                     const CompletionQuestions& questions) {
  const Cursor cursor = FindCursor(ReadShellLine(shell, line), table, questions.home);
  return AnswerText(Completion(table, questions, cursor).Find(), cursor.typed);
}

}  // namespace rpcctl
