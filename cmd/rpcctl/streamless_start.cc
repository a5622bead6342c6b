// Leaves out the set-up of std::cout and its like, a tenth of what a short call computes: every file that
// includes <iostream>, as protobuf's headers do, asks for it before main, and nothing uses them. The linker
// (--wrap, see CMakeLists.txt) puts these in the place of the constructor and the destructor of
// std::ios_base::Init, and finds no std::cout, std::cerr, std::clog or std::cin for whoever would use one.
// Other streams set up what they need by themselves.
//
// The names are those of the linker's option: "__wrap_" and the symbol.
extern "C" void __wrap__ZNSt8ios_base4InitC1Ev(void*) {}
extern "C" void __wrap__ZNSt8ios_base4InitD1Ev(void*) {}
