// Prints messages by a template: -f 'Feature called {name} at {location.latitude}'.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "message/known_types.h"

namespace google::protobuf {
class Descriptor;
}

namespace rpcctl {

// In a template, {path} is a field (see ParseFormatPath), {{ and }} are braces, and \n \t \\ are newline, tab
// and backslash; everything else stands for itself.
class FormatTemplate {
 public:
  // Borrows `type` and the pool of `known` for life. Errors are kUsage, without saying
  // which option it was: a path that `type` does not have, braces that do not balance, an unknown escape.
  static Result<FormatTemplate> Parse(std::string_view text, const google::protobuf::Descriptor& type,
                                      KnownTypes known = {});
  ~FormatTemplate();
  FormatTemplate(FormatTemplate&&) noexcept;

  // Appends the template filled from the message in `wire`, without a newline at its end. Errors are
  // JsonWriter's, and leave `out` as it was.
  Result<void> Write(std::string_view wire, std::string& out);

 private:
  struct Parts;
  explicit FormatTemplate(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace rpcctl
