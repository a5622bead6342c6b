# What every target of our own is compiled and linked with. Generated code takes none of it but the sanitizers.
add_library(rpcctl_compile INTERFACE)
target_compile_options(rpcctl_compile INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
  # GCC 12 sees overlaps in std::string operator+ that are not there (GCC bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  -fstack-protector-strong -fno-strict-aliasing
  $<$<CONFIG:Release>:-ffunction-sections>)
target_link_options(rpcctl_compile INTERFACE
  $<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:$<IF:$<BOOL:$<TARGET_PROPERTY:RPCCTL_STATIC>>,-static-pie,-pie>> -Wl,-z,now -Wl,-z,relro)

# Relocations take much of a start: with them packed a cold call took 5 % less. What nothing refers to is not there to
# be relocated, and a library that nothing needs is not there to be loaded.
include(CheckLinkerFlag)
check_linker_flag(CXX -Wl,-z,pack-relative-relocs RPCCTL_PACKS_RELOCATIONS)
target_link_options(rpcctl_compile INTERFACE -Wl,--gc-sections -Wl,--as-needed
  $<$<BOOL:${RPCCTL_PACKS_RELOCATIONS}>:-Wl,-z,pack-relative-relocs>)

if(RPCCTL_FUZZ)
  # Counts which branches an input takes; what LibFuzzer feeds inputs to links it (tests/fuzz/CMakeLists.txt).
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
if(RPCCTL_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
else()
  target_compile_definitions(rpcctl_compile INTERFACE $<$<NOT:$<CONFIG:Debug>>:_FORTIFY_SOURCE=2>)
endif()
