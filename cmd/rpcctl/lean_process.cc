// Leaves out what the standard library does before main and nothing needs, about a tenth of what a short call
// computed. The linker (--wrap, see CMakeLists.txt) puts these functions in the place of those whose symbols
// stand behind "__wrap_" in their names.

// The constructor and the destructor of std::ios_base::Init, which set up std::cout and its like: every file
// that includes <iostream>, as protobuf's headers do, asks for that. Whoever would use std::cin, std::cout,
// std::cerr or std::clog is not linked, since they are wrapped too; other streams set themselves up.
extern "C" void __wrap__ZNSt8ios_base4InitC1Ev(void*) {}
extern "C" void __wrap__ZNSt8ios_base4InitD1Ev(void*) {}

// Takes down what is to be destroyed at the end. The process ends by _exit (cmd/rpcctl/process.cc), which
// destroys nothing.
extern "C" int __wrap___cxa_atexit(void (*)(void*), void*, void*) {
  return 0;
}
