# rpcctl_python_test(FILE [OVER_BOTH] [TIMEOUT seconds]): a Python test module that drives the real binaries, as one
# test. OVER_BOTH: once more as core/..., with rpcctl-core as what is tested; for what depends on how a server is spoken
# to.
#
# A module that ends with 77 was skipped, for a reason that it printed.
#
# Debian's own Python is the one that has Debian's grpcio. Under sanitizers every cap inside the tests grows.
function(rpcctl_python_test FILE)
  cmake_parse_arguments(ARG "OVER_BOTH" "TIMEOUT" "" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  set(slowness 1)
  if(RPCCTL_SANITIZE)
    set(slowness 3)
    math(EXPR ARG_TIMEOUT "${ARG_TIMEOUT} * 3")
  endif()
  cmake_path(GET FILE STEM stem)
  cmake_path(GET CMAKE_CURRENT_SOURCE_DIR FILENAME folder)
  set(programs rpcctl)
  if(ARG_OVER_BOTH)
    list(APPEND programs rpcctl-core)
  endif()
  foreach(program IN LISTS programs)
    set(name ${folder}/${stem})
    if(program STREQUAL rpcctl-core)
      set(name core/${name})
    endif()
    add_test(NAME ${name} COMMAND /usr/bin/python3 ${CMAKE_CURRENT_SOURCE_DIR}/${FILE})
    set(environment
      RPCCTL=$<TARGET_FILE:${program}>
      RPCCTL_CORE=$<TARGET_FILE:rpcctl-core>
      RPCCTL_REFERENCE_SERVER=$<TARGET_FILE:rpcctl-reference-server>
      PYTHONDONTWRITEBYTECODE=1
      RPCCTL_TEST_SLOWNESS=${slowness})
    set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} ENVIRONMENT "${environment}" SKIP_RETURN_CODE 77)
  endforeach()
endfunction()
