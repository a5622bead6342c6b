// What protobuf's conformance runner wants of glibc 2.38 and libstdc++ 13, for Debian 12, which has 2.36
// and 12. It is loaded before the runner; weaken_versions.py makes the runner take these.
#include <cstdlib>
#include <ios>

extern "C" {
long __isoc23_strtol(const char* text, char** end, int base) {
  return strtol(text, end, base);
}
unsigned long __isoc23_strtoul(const char* text, char** end, int base) {
  return strtoul(text, end, base);
}
long long __isoc23_strtoll(const char* text, char** end, int base) {
  return strtoll(text, end, base);
}
unsigned long long __isoc23_strtoull(const char* text, char** end, int base) {
  return strtoull(text, end, base);
}

// libstdc++ 13 sets the standard streams up here; in libstdc++ 12 an object does it.
void _ZSt21ios_base_library_initv() {
  static std::ios_base::Init init;
}

// The program under test is a child of the runner; sanitizers refuse to start behind somebody else's library.
__attribute__((constructor)) static void ForgetPreload() {
  unsetenv("LD_PRELOAD");
}
}
