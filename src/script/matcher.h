// A predicate whose values were read by the type of what they are compared with.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "message/builder.h"
#include "message/known_types.h"
#include "script/actual_value.h"
#include "script/script.h"
#include "script/value_shape.h"

namespace rpcctl {

// An operand as it stands, with everything filled in.
struct Operand {
  std::string text;
  std::string json;        // the same for a place where JSON is expected
  bool quoted = false;     // "null" in quotes is a text
  bool filled_in = false;  // some of it did not stand in the script
};

// What reading an operand needs: the types an Any may hold, and the time of day.
struct OperandReading {
  KnownTypes known = {};
  WallClock now = {};
};

class Matcher final {
 public:
  // Errors: kUsage for a predicate that has no meaning for `shape`; kInput for an operand that is no value of
  // it, without saying where.
  static Result<Matcher> Make(const Predicate& predicate, const ValueShape& shape,
                              const std::vector<Operand>& operands, const OperandReading& reading);
  Matcher(Matcher&&) noexcept;
  Matcher& operator=(Matcher&&) noexcept;
  ~Matcher();

  // Of what is not there nothing holds but "absent" and "not exists", and of what has a fault nothing at all.
  bool Holds(const ActualValue& actual) const;

  // "== \"you\"": what is expected, its values as ActualValue has those that they are compared with. Not safe
  // to show.
  std::string Text() const;

  // Whether Holds looks at the JSON of `actual`.
  bool WantsJson() const;

 private:
  struct Parts;
  explicit Matcher(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

// Whether `predicate` has a meaning for values of `shape`. Errors are kUsage.
Result<void> CheckRelation(const Predicate& predicate, const ValueShape& shape);

}  // namespace rpcctl
