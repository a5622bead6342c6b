#include "message/key_set.h"

#include <functional>

namespace rpcctl {
namespace {

constexpr size_t kFirstSlots = 64;

uint64_t Hash(uint32_t map, std::string_view key) {
  return std::hash<std::string_view>()(key) ^ (map * 0x9e3779b97f4a7c15u);
}

std::string_view View(const KeySet::Key& key, const char* buffer) {
  return {buffer + key.begin, key.end - key.begin};
}

}  // namespace

void KeySet::Clear() {
  for (const Entry& entry : entries_) slots_[entry.slot] = 0;
  entries_.clear();
}

bool KeySet::Add(uint32_t map, Key key, const char* buffer) {
  if (slots_.size() < 2 * (entries_.size() + 1)) Rehash();
  const size_t mask = slots_.size() - 1;
  const uint64_t hash = Hash(map, View(key, buffer));
  size_t slot = hash & mask;
  for (; slots_[slot] != 0; slot = (slot + 1) & mask) {
    const Entry& other = entries_[slots_[slot] - 1];
    if (other.hash == hash && other.map == map && View(other.key, buffer) == View(key, buffer)) return false;
  }
  entries_.push_back({hash, key, map, static_cast<uint32_t>(slot)});
  slots_[slot] = static_cast<uint32_t>(entries_.size());
  return true;
}

void KeySet::RemoveLast() {
  slots_[entries_.back().slot] = 0;
  entries_.pop_back();
}

void KeySet::Rehash() {
  slots_.assign(slots_.empty() ? kFirstSlots : slots_.size() * 2, 0);
  const size_t mask = slots_.size() - 1;
  for (size_t i = 0; i < entries_.size(); ++i) {
    size_t slot = entries_[i].hash & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    entries_[i].slot = static_cast<uint32_t>(slot);
    slots_[slot] = static_cast<uint32_t>(i + 1);
  }
}

}  // namespace rpcctl
