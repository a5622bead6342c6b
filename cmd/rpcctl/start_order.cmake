# rpcctl_start_order(TARGET LIST): lays what a short call runs side by side in the executable, in the order of LIST.
#
# A process reads its program by pieces of 64 KiB as it comes to them; spread over the whole, what a call runs lay in
# nearly all of them. LIST has one line for each section of the linker's input: ".text.SYMBOL" of our own code, which
# is compiled with -ffunction-sections, and "ARCHIVE:MEMBER" for the C library, whose functions are a member each. What
# is not there (any more) is passed over. ./dev order writes it.
#
# This linker takes an order by its script only, so its own one is completed; where it has another form, or the linker
# is another one, nothing is done.
function(rpcctl_start_order TARGET LIST)
  separate_arguments(flags NATIVE_COMMAND "${CMAKE_CXX_FLAGS} ${CMAKE_EXE_LINKER_FLAGS}")
  execute_process(COMMAND ${CMAKE_CXX_COMPILER} ${flags} -static-pie -Wl,--verbose OUTPUT_VARIABLE told ERROR_QUIET)
  string(REGEX MATCH "\n=====+\n(.*)\n=====+\n" found "${told}")
  set(script "${CMAKE_MATCH_1}")
  string(REGEX MATCH "\n  \\.text +:\n  {\n" text "${script}")
  if(NOT text)
    message(STATUS "The linker has no script that is understood: ${TARGET} is laid out as it comes")
    return()
  endif()
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${LIST})
  file(STRINGS ${LIST} lines REGEX "^[^#]")
  list(TRANSFORM lines REPLACE "^(\\.text.*)$" "    *(\\1)")
  list(TRANSFORM lines REPLACE "^([^ ]+:[^ ]+)$" "    *\\1(.text)")
  list(JOIN lines "\n" order)
  string(REPLACE "${text}" "${text}${order}\n" script "${script}")
  set(file ${CMAKE_CURRENT_BINARY_DIR}/${TARGET}.ld)
  file(CONFIGURE OUTPUT ${file} CONTENT "${script}" @ONLY)
  target_link_options(${TARGET} PRIVATE -Wl,-T,${file})
  set_property(TARGET ${TARGET} APPEND PROPERTY LINK_DEPENDS ${file})
endfunction()
