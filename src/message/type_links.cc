#include "message/type_links.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <unordered_set>

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;

using Types = std::vector<const Descriptor*>;
using TypeSet = std::unordered_set<const Descriptor*>;

// Every type that may stand directly inside a message of `type`.
Types AllLinks(const Descriptor& type, const DescriptorPool& extensions) {
  std::vector<const FieldDescriptor*> fields;
  if (type.extension_range_count() > 0) extensions.FindAllExtensions(&type, &fields);
  for (int i = 0; i < type.field_count(); ++i) fields.push_back(type.field(i));
  Types links;
  for (const FieldDescriptor* field : fields) {
    if (field->message_type() != nullptr) links.push_back(field->message_type());
  }
  return links;
}

// The types whose prototypes are made inside that of `type`, in the factory's order: map entries while the
// prototype is constructed, then singular fields outside of a oneof.
Types PrototypeLinks(const Descriptor& type) {
  Types links, singular;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (field.message_type() == nullptr) continue;
    if (field.is_map()) {
      links.push_back(field.message_type());
    } else if (!field.is_repeated() && field.real_containing_oneof() == nullptr) {
      singular.push_back(field.message_type());
    }
  }
  links.insert(links.end(), singular.begin(), singular.end());
  return links;
}

struct Walk {
  size_t deepest = 0;  // types open at once
  Types finished;      // each behind those it links to, but for cycles
};

// Depth first from `start`, through what is not in `seen` and becomes so, without recursion.
template <typename Links>
Walk WalkFrom(const Descriptor& start, TypeSet& seen, Links links) {
  struct Open {
    const Descriptor* type;
    Types links;
    size_t next = 0;
  };
  Walk walk;
  if (!seen.insert(&start).second) return walk;
  std::vector<Open> open = {{&start, links(start)}};
  while (!open.empty()) {
    walk.deepest = std::max(walk.deepest, open.size());
    Open& last = open.back();
    if (last.next == last.links.size()) {
      walk.finished.push_back(last.type);
      open.pop_back();
      continue;
    }
    const Descriptor* link = last.links[last.next++];
    if (seen.insert(link).second) open.push_back({link, links(*link)});
  }
  return walk;
}

}  // namespace

std::optional<Types> PrototypeOrder(const Descriptor& type, const DescriptorPool& extensions) {
  TypeSet seen;
  Walk all = WalkFrom(type, seen, [&](const Descriptor& from) { return AllLinks(from, extensions); });
  if (all.finished.size() <= kDeepestTypeLinks) return Types();
  TypeSet made;
  for (const Descriptor* next : all.finished) {
    if (WalkFrom(*next, made, PrototypeLinks).deepest > kDeepestTypeLinks) return std::nullopt;
  }
  return std::move(all.finished);
}

}  // namespace rpcctl
