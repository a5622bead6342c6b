// Takes down what another source answers.
#pragma once

#include <memory>

#include "schema/schema_record.h"
#include "schema/schema_source.h"

namespace rpcctl {

// Answers as `source` does, and adds the answers to `record`, which both share; errors are not taken down.
std::unique_ptr<SchemaSource> RecordAnswers(std::unique_ptr<SchemaSource> source,
                                            std::shared_ptr<SchemaRecord> record);

}  // namespace rpcctl
