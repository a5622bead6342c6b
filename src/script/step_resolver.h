// Makes a step ready to be run: takes its words apart, and looks its names up in the schema.
#pragma once

#include "message/known_types.h"
#include "schema/schema.h"
#include "script/caller.h"
#include "script/checked_step.h"
#include "script/script_error.h"
#include "script/secret_mask.h"
#include "script/variables.h"

namespace rpcctl {

// What steps are looked at with. Everything is borrowed and must outlive the steps.
struct StepTools {
  Schema& schema;
  Caller& caller;
  KnownTypes known;            // every type of the schema
  const Variables& variables;  // environment and clock with them
  SecretMask* mask = nullptr;  // takes the secrets of headers before anything is told; null for none
};

// Takes `step` over. What is wrong with its names and with what is expected is told in `errors`; a step of a
// script that was checked by the same tools has no mistake.
CheckedStep ResolveStep(Step step, const StepTools& tools, ScriptErrors& errors);

}  // namespace rpcctl
